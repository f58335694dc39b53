# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that every page shares."""

from datetime import date

import pytest

from fingerpost.kit import tags, words

VERDICTS = [
    "in_time",
    "breach",
    "breach_unavoidable",
    "relieved",
    "not_relieved",
    "guidance_only",
    "not_yet_due",
    "not_started",
    "unknown",
    "not_applicable",
    "lawful",
    "unlawful",
    "defective",
    "complete",
    "wrong_section",
    "late_extension_needed",
    "must_act",
]


def test_the_banner_says_made_up_and_by_whom_it_is_not_run() -> None:
    assert words.banner("Lancashire County Council") == (
        "Made-up children. Shaped on published figures. "
        "Not run or endorsed by Lancashire County Council or the NHS."
    )


def test_dates_and_numbers_are_said_as_people_say_them() -> None:
    assert words.day(date(2025, 2, 3)) == "3 February 2025"
    assert words.day(None) == "not known"
    assert words.count(12317) == "12,317"
    assert [words.plural(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_words_for_officers_and_for_families(verdict: str) -> None:
    officer, family = tags.status("clock", verdict), tags.status("clock", verdict, family=True)

    assert officer.text
    assert family.text
    assert officer.colour in tags.COLOURS


def test_a_missing_fact_never_looks_overdue() -> None:
    unknown, late = tags.status("clock", "unknown"), tags.status("clock", "breach")

    assert "late" not in unknown.text.lower()
    assert unknown.colour != late.colour


def test_an_unnamed_status_says_where_to_add_it() -> None:
    with pytest.raises(tags.UnknownStatus, match=r"kit/tags.toml has no \[clock.tired\]"):
        tags.status("clock", "tired")
