# SPDX-License-Identifier: Apache-2.0
"""From return to statutory facts: only what the item says, row by row of the mapping; and the doubtful patterns."""

import csv
import io
from datetime import date
from importlib.resources import files

import pytest

from fingerpost.rules.returns import doubts, facts, reader
from fingerpost.rules.returns.doubts import Doubt
from fingerpost.rules.returns.facts import StatutoryFact
from fingerpost.rules.returns.records import Header, PersonRecord
from tests.rules.small_return import SmallReturn

A, P, R = "Requests/Assessment", "Requests/Assessment/NamedPlan", "Requests/ActivePlans"


def _read(small: SmallReturn) -> tuple[Header, list[PersonRecord]]:
    header, persons = reader.read(io.BytesIO(small.bytes()))
    return header, list(persons)


def _facts(small: SmallReturn, person: int = 1) -> dict[str, StatutoryFact]:
    header, persons = _read(small)
    found = facts.facts_of(persons[person - 1].requests[0], persons[person - 1], header)
    return {fact.name: fact for fact in found}


def _said(small: SmallReturn, person: int = 1) -> dict[str, object]:
    return {name: fact.on or fact.value for name, fact in _facts(small, person).items()}


def test_a_plan_issued_in_the_year() -> None:
    assert _said(SmallReturn(2025)) == {
        "date_of_birth": "2018-12-11",
        "request_received": date(2024, 3, 17),
        "requester": "setting",
        "decision_notified": date(2024, 4, 22),
        "assessment_decision": "assess",
        "final_sent": date(2024, 8, 20),
        "plan_first_made": date(2024, 8, 20),
        "current_plan_started": date(2024, 8, 20),
        "section_i": "name_and_type",
    }


def test_an_old_plan_says_no_start() -> None:
    said = _said(SmallReturn(2025), person=2)
    assert said["history_before_return"] is True
    assert said["review_meeting"] == date(2024, 6, 2)
    assert said["review_decision_notified"] == said["last_review_completed"] == date(2024, 6, 25)
    assert said["review_outcome"] == "continue"
    assert not {"request_received", "decision_notified", "final_sent", "plan_first_made"} & said.keys()


def test_a_refusal_an_open_request_and_an_ended_plan() -> None:
    small = SmallReturn(2025)
    assert _said(small, 4)["assessment_decision"] == "refuse"
    assert "assessment_refusal_sent" not in _said(small, 4), "told is not sent"
    assert _said(small, 3).keys() == {"date_of_birth", "request_received", "requester"}
    ended = _said(small, 5)
    assert (ended["plan_ended"], ended["cease_reason"]) == (date(2024, 7, 20), "2")
    assert not {"cease_decided", "cease_notice_sent", "transfer_date"} & ended.keys()


CASES = [
    ("Requests/RequestSource", "1", {"requester": "parent"}, set()),
    ("Requests/RequestSource", "4", {"requester": "social_care"}, set()),
    ("Requests/RYA", "1", {"request_made_in_youth_accommodation": True}, set()),
    ("Requests/Exported", "201", {"moved_to_la": "201"}, set()),
    ("Requests/RequestOutcome", "W", {"request_withdrawn": True}, {"decision_notified", "assessment_decision"}),
    ("Requests/RequestOutcome", "A", {}, {"decision_notified", "assessment_decision"}),
    (f"{A}/AssessmentOutcome", "H", {"history_before_return": True}, {"final_sent", "plan_first_made"}),
    (f"{A}/AssessmentOutcome", "W", {"request_withdrawn": True}, {"final_sent"}),
    (f"{A}/AssessmentOutcome", "N", {"plan_refusal_notified": date(2024, 8, 20)}, {"final_sent", "plan_first_made"}),
    (f"{A}/AssessmentOutcomeDate", None, {"section_i": "name_and_type"}, {"final_sent", "plan_first_made"}),
    (f"{A}/Week20", "1", {"relief_claims": [{"ground": "not-stated"}]}, set()),
    (f"{A}/OtherTribunal", "1", {"appeal_registered_about": ["other"]}, {"order_made", "mediation_held_about"}),
    ("Requests/RequestMediation", "1", {"mediation_held_about": ["decision_to_assess"]}, set()),
    (f"{P}/StartDate", "2024-11-01", {"plan_first_made": date(2024, 8, 20)}, set()),
    (f"{P}/CeaseReason", "5", {"cease_reason": "5"}, {"transfer_date"}),
    (f"{R}/TransferLA", "201", {"moved_from_la": "201"}, {"final_sent", "plan_first_made", "transfer_date"}),
    (f"{R}/ReviewDraft", "2024-11-02", {"amendment_notice_sent": date(2024, 11, 2)}, {"amendment_notice_served"}),
    (f"{R}/PhaseTransferDueDate", "2025-02-15", {"phase_transfer_due_returned": "2025-02-15"}, set()),
    (f"{R}/PhaseTransferFinalDate", "2025-01-10", {"amended_final_sent": date(2025, 1, 10)}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "said", "silent"), CASES)
def test_each_item(path: str, value: str | None, said: dict[str, object], silent: set[str]) -> None:
    found = _said(SmallReturn(2025).put(f"p1/{path}", value))
    assert said.items() <= found.items()
    assert not silent & found.keys()


def test_a_transfer_out_dates_the_transfer_by_presumption() -> None:
    small = SmallReturn(2025).put(f"p5/{P}/CeaseReason", "5")
    fact = _facts(small, 5)["transfer_date"]
    assert (fact.on, fact.certainty) == (date(2024, 7, 20), "presumption")


def test_a_code_alone_leaves_section_i_unset() -> None:
    small = SmallReturn(2025).put(f"p1/{P}/PlanDetail/URN", None).put(f"p1/{P}/PlanDetail/SENSetting", "OLA")
    assert "section_i" not in _said(small)


def test_a_decision_older_than_the_meeting_belongs_to_an_earlier_review() -> None:
    small = SmallReturn(2025).put(f"p2/{R}/ReviewMeeting", "2024-12-01")
    found = _facts(small, 2)
    assert found["review_meeting"].of == "review 2024-12-01"
    assert found["review_decision_notified"].of == "earlier review"
    assert _facts(SmallReturn(2025), 2)["review_decision_notified"].of == "review 2024-06-02"


@pytest.mark.parametrize(("left", "out"), [(None, True), ("2025-01-16", True), ("2025-01-15", False)])
def test_not_in_education_only_while_the_placement_is_open(left: str | None, out: bool) -> None:
    placement = f"p2/{R}/PlacementDetail"
    small = SmallReturn(2025).put(f"{placement}/URN", None).put(f"{placement}/SENSetting", "NIEO")
    assert ("in_education" in _said(small.put(f"{placement}/LeavingDate", left), 2)) is out


def test_every_name_is_in_the_vocabulary_and_every_line_in_the_file() -> None:
    text = files("fingerpost.rules.duties").joinpath("vocabulary.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    known = {row[0] for row in rows}
    for path, value, _, _ in CASES:
        for fact in _facts(SmallReturn(2025).put(f"p1/{path}", value)).values():
            assert fact.name in known
            assert 20 < fact.line < 60 + 70


# -- doubts ---------------------------------------------------------------------------------------------------------


def _doubts(small: SmallReturn) -> list[Doubt]:
    header, persons = _read(small)
    together = doubts.Together(header.census_on)
    return [d for person in persons for d in (*doubts.in_record(person, header), *together.add(person))]


def test_a_right_return_raises_none() -> None:
    for year in (2023, 2024, 2025, 2026):
        assert not _doubts(SmallReturn(year))


DOUBTFUL = [
    ("needless-exception", {"p1/Requests/ReceivedDate": "2024-04-02", f"p1/{A}/Week20": "1"}),
    ("negative-time", {"p1/Requests/RequestOutcomeDate": "2024-03-16"}),
    ("negative-time", {f"p1/{A}/AssessmentOutcomeDate": "2024-04-21"}),
    ("negative-time", {f"p5/{P}/CeaseDate": "2022-06-09"}),
    ("born-after-request", {"p1/PersonBirthDate": "2024-03-18"}),
    ("refused-with-plan", {f"p1/{A}/AssessmentOutcome": "N"}),
    ("refused-with-plan", {"p1/Requests/RequestOutcome": "N"}),
    ("history-started-this-year", {f"p1/{A}/AssessmentOutcome": "H"}),
    ("decision-before-meeting", {f"p2/{R}/ReviewMeeting": "2024-06-26"}),
    ("late-decision", {f"p2/{R}/ReviewMeeting": "2023-06-01", f"p2/{R}/LastReview": "2024-06-25"}),
    ("review-before-plan", {f"p1/{R}/ReviewMeeting": "2024-08-19"}),
    ("phase-due-odd", {f"p2/{R}/PhaseTransferDueDate": "2025-02-14"}),
    ("phase-due-differs", {f"p2/{R}/PhaseTransferDueDate": "2025-03-31"}),
    ("phase-due-differs", {"p2/PersonBirthDate": "2009-08-31", f"p2/{R}/PhaseTransferDueDate": "2025-02-15"}),
    ("phase-due-missing", {f"p1/{R}/PhaseTransferDueDate": "2025-02-15", "p2/PersonBirthDate": "2014-02-03"}),
    ("too-old", {"p2/PersonBirthDate": "1999-08-31"}),
    ("number-twice", {"p2/UPN": "W888299922417"}),
    ("two-numbers", {"p2/Forename": "Wren", "p2/PersonBirthDate": "2018-12-11"}),
    ("namesake-without-number", {"p3/Forename": "Wren", "p3/PersonBirthDate": "2018-12-11"}),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "edits"), DOUBTFUL)
def test_each_pattern_is_held(pattern: str, edits: dict[str, str]) -> None:
    small = SmallReturn(2025)
    for path, value in edits.items():
        small.put(path, value)
    held = [doubt for doubt in _doubts(small) if doubt.pattern == pattern]
    assert held
    assert all(doubt.choices and doubt.items and doubt.line for doubt in held)


@pytest.mark.parametrize(
    "edits",
    [
        {"p1/Requests/ReceivedDate": "2024-04-01", f"p1/{A}/Week20": "1"},
        {"p1/Requests/RequestOutcomeDate": "2024-03-17"},
        {f"p5/{P}/CeaseDate": "2024-01-01"},
        {f"p1/{A}/AssessmentOutcome": "N", f"p1/{A}/AssessmentTribunal": "1"},
        {f"p1/{A}/AssessmentOutcome": "H", f"p1/{R}/TransferLA": "201"},
        {f"p2/{R}/ReviewMeeting": "2024-06-25"},
        {f"p2/{R}/PhaseTransferDueDate": "2025-02-15"},
        {"p2/PersonBirthDate": "2009-08-31", f"p2/{R}/PhaseTransferDueDate": "2025-03-31"},
        {"p2/PersonBirthDate": "2014-02-03"},
        {"p2/PersonBirthDate": "1999-09-01"},
        {"p3/Forename": "Wren", "p3/PersonBirthDate": "2018-12-12"},
    ],
)
def test_what_just_misses_a_pattern_is_not_held(edits: dict[str, str]) -> None:
    small = SmallReturn(2025)
    for path, value in edits.items():
        small.put(path, value)
    assert not _doubts(small)


def test_two_requests_of_one_day_and_two_active_plans() -> None:
    assert [d.pattern for d in _doubts(SmallReturn(2025).again("p3/Requests"))] == ["request-twice"]
    assert "two-active-plans" in [d.pattern for d in _doubts(SmallReturn(2025).again("p2/Requests"))]


def test_no_message_repeats_a_pupil_number() -> None:
    for _, edits in DOUBTFUL:
        small = SmallReturn(2025)
        for path, value in edits.items():
            small.put(path, value)
        assert not any("W888299922417" in doubt.message for doubt in _doubts(small))
