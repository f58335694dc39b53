# SPDX-License-Identifier: AGPL-3.0-or-later
"""Time grows with the length of a plan and no faster, also where a text repeats one thing without end."""

import time

import pytest

from fingerpost.rules.plan_quality import briefs, check
from fingerpost.rules.plan_quality.reading import door

BRIEF = briefs.of({"today": "2026-11-23"})
ENDLESS = {
    "bullets": "- x\n",
    "days that do not exist": "30/02/2025 ",
    "brackets": "( ",
    "dates": "3 May 2025, ",
    "needs cited": "for 1 and 2 , ",
    "commas": "B1 , , , , ",
}
LETTERS = 8_000


def _spent(words: str, letters: int) -> float:
    text = "# Section A\n\nErin reads.\n\n# Section F\n\n" + words * (letters // len(words))
    start = time.process_time()
    check.check(door.read(text.encode(), name="plan.md"), BRIEF)
    return time.process_time() - start


@pytest.mark.parametrize("what", sorted(ENDLESS))
def test_four_times_the_length_takes_about_four_times_as_long(what: str) -> None:
    _spent(ENDLESS[what], LETTERS)  # patterns are compiled once
    once = min(_spent(ENDLESS[what], LETTERS) for _ in range(2))
    assert _spent(ENDLESS[what], 4 * LETTERS) < 9 * once + 0.3
