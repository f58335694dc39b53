# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers that are not one date, beyond the worked examples: every branch of the questions, with literal days."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from fingerpost.rules.duties import reading, register, reply


def _answer(duty: str, events: Any, facts: Any, today: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    asked = reading.read_case({"events": events, "facts": facts, "today": today})
    answer: Any = reply.of(asked, named=(register.DUTIES[duty],))
    return answer["duties"][0], answer["results"]


_ROWS = tomllib.loads(Path(__file__).with_name("duties_questions.toml").read_text("utf-8"))["cases"]
_CASES = [
    (duty, json.loads(ev), json.loads(facts), today or None, json.loads(want))
    for duty, ev, facts, today, want in _ROWS
]


@pytest.mark.parametrize(("duty", "events", "facts", "today", "wanted"), _CASES, ids=lambda v: str(v)[:60])
def test_the_answer_is_as_the_law_has_it(
    duty: str, events: Any, facts: dict[str, Any], today: str | None, wanted: dict[str, Any]
) -> None:
    entry, results = _answer(duty, events, facts, today)
    for name, value in wanted.items():
        held = entry[name] if name in entry else results.get(name, entry.get(name))
        assert held == value, (name, entry, results)


def test_a_person_whose_rights_are_in_doubt_gets_no_holder() -> None:
    entry, _ = _answer("final-plan", {"request_received": "2026-09-09"}, {"age": 16}, "2026-10-01")
    assert "right_holder" not in entry


@pytest.mark.parametrize(("born", "holder"), [("2016-01-01", "parent"), ("2008-01-01", "young_person")])
def test_the_holder_is_named_on_what_is_owed_to_the_family(born: str, holder: str) -> None:
    entry, _ = _answer(
        "final-plan", {"request_received": "2026-09-09"}, {"date_of_birth": born}, "2026-10-01"
    )
    assert entry["right_holder"] == holder
