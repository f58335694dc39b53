# SPDX-License-Identifier: Apache-2.0
"""A case told from its facts: each group of the sheet's section 5, and the way back of what facts_of says."""

from dataclasses import replace
from datetime import date

import pytest

from fingerpost.rules.returns import from_facts, layout
from fingerpost.rules.returns.facts import facts_of
from fingerpost.rules.returns.known import KnownCase, KnownFact
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

LAYOUT = layout.of(2026)
CENSUS = LAYOUT.census_on
RECEIVED = date(2025, 3, 17)
PLAN = NamedPlanRecord(started_on=date(2025, 7, 28), pb=False)


def fact(name: str, on: date | None = None, value: object = None, *, census: date | None = None) -> KnownFact:
    return KnownFact(name, on, value, None, census, on or census or date(2026, 1, 20))


def told(*facts: KnownFact, received: date | None = RECEIVED, **held: object) -> RequestRecord | None:
    asked = (
        (fact("request_received", received),) if received else (fact("date_of_birth", value="2015-03-04"),)
    )
    case = KnownCase(received, (*asked, *facts), **held)  # type: ignore[arg-type]
    return from_facts.request_of(case, LAYOUT, CENSUS)


def decided(decision: str, on: date) -> tuple[KnownFact, ...]:
    return (fact("decision_notified", on), fact("assessment_decision", value=decision))


ASSESS = decided("assess", date(2025, 4, 22))
LONG_AGO = decided("assess", date(2024, 11, 5))


# -- which cases go in (sheet SEN2, section 5) ----------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "request_", "assessment"), [
    ((), "A", None),
    (ASSESS, "Y", "A"),
    (LONG_AGO, "H", "A"),
    (decided("refuse", date(2025, 4, 22)), "N", None),
    ((fact("request_withdrawn", date(2025, 4, 1)),), "W", None),
    ((*ASSESS, fact("request_withdrawn", date(2025, 6, 1))), "Y", "W"),
    ((*ASSESS, fact("plan_agreed", date(2025, 6, 20))), "Y", "Y"),
    ((*ASSESS, fact("draft_served", date(2025, 6, 20))), "Y", "Y"),
    ((*ASSESS, fact("plan_refusal_notified", date(2025, 6, 30))), "Y", "N"),
    ((*ASSESS, fact("final_sent", date(2025, 7, 28))), "Y", "Y"),
    ((*LONG_AGO, fact("final_sent", date(2025, 7, 28))), "H", "Y"),
    ((*LONG_AGO, fact("final_sent", date(2024, 12, 28))), "H", "H"),
    ((*ASSESS, fact("plan_refusal_notified", date(2025, 6, 30)), fact("final_sent", date(2025, 12, 1))), "Y", "N"),
])  # fmt: skip
def test_where_a_case_stands(facts: tuple[KnownFact, ...], request_: str, assessment: str | None) -> None:
    request = told(*facts)
    assert request is not None
    assert request.outcome == request_
    assert (request.assessment.outcome if request.assessment else None) == assessment
    assert request.received_on == RECEIVED
    assert (request.rya is None) == (request_ == "H")


@pytest.mark.parametrize("facts", [
    decided("refuse", date(2024, 12, 31)),
    (fact("request_withdrawn", date(2024, 12, 31)),),
    (fact("request_withdrawn", value=True, census=date(2025, 1, 16)),),
    (*LONG_AGO, fact("plan_refusal_notified", date(2024, 12, 31))),
    (*LONG_AGO, fact("final_sent", date(2020, 1, 1)), fact("plan_ended", date(2024, 12, 31))),
    (*LONG_AGO, fact("moved_to_la", value="889", census=date(2025, 1, 16))),
])  # fmt: skip
def test_what_was_over_before_the_year_stays_out(facts: tuple[KnownFact, ...]) -> None:
    assert told(*facts, received=date(2024, 9, 2)) is None


def test_a_request_after_census_day_waits_for_the_next_return() -> None:
    assert told(received=date(2026, 1, 16)) is None


def test_what_happened_after_the_day_is_not_known_yet() -> None:
    request = told(*decided("assess", date(2026, 1, 16)))
    assert request is not None
    assert (request.outcome, request.outcome_on) == ("A", None)


def test_a_child_who_moved_away_before_the_end() -> None:
    request = told(*ASSESS, fact("moved_to_la", value="889"))
    assert request is not None
    assert (request.outcome, request.exported, request.assessment) == ("Y", "889", None)


def test_a_plan_that_moved_in_this_year_is_history() -> None:
    moved = fact("moved_from_la", value="889", census=CENSUS)
    request = told(fact("current_plan_started", date(2025, 5, 1)), moved, received=None, plan=PLAN)
    assert request is not None
    assert request.outcome == "H"
    assert request.assessment is not None
    assert request.assessment.outcome == "H"
    assert request.active is not None
    assert request.active.transfer_la == "889"


def test_a_plan_that_moved_in_last_year_is_nobody_elses_now() -> None:
    moved = fact("moved_from_la", value="889", census=date(2025, 1, 16))
    request = told(fact("current_plan_started", date(2024, 5, 1)), moved, received=None, plan=PLAN)
    assert request is not None
    assert request.active is not None
    assert request.active.transfer_la is None


def test_flags_are_given_where_something_was_decided() -> None:
    matters = fact("appeal_registered_about", value=["decision_to_issue"])
    request = told(*ASSESS, fact("final_sent", date(2025, 7, 28)), fact("relief_claims", value=[{}]), matters)
    assert request is not None
    assert request.assessment is not None
    assert (request.mediation, request.tribunal) == (False, False)
    held = request.assessment
    assert (held.mediation, held.tribunal, held.other_tribunal, held.week20) == (False, True, False, True)


# -- the picture on census day --------------------------------------------------------------------------------------


def picture(*facts: KnownFact, placements: tuple[SettingRecord, ...] = ()) -> ActivePlanRecord:
    request = told(*LONG_AGO, fact("final_sent", date(2024, 12, 1)), *facts, placements=placements)
    assert request is not None
    assert request.active is not None
    return request.active


def test_placements_of_the_year_as_on_the_day() -> None:
    gone = SettingRecord(urn="999417", entered_on=date(2020, 9, 1), left_on=date(2024, 7, 20))
    left = SettingRecord(urn="999418", entered_on=date(2024, 9, 2), left_on=date(2025, 7, 20))
    leaves = SettingRecord(urn="999419", entered_on=date(2025, 9, 2), left_on=date(2026, 2, 13))
    later = SettingRecord(urn="999420", entered_on=date(2026, 2, 23))
    active = picture(placements=(gone, left, leaves, later))
    assert active.placements == (left, replace(leaves, left_on=None))


def test_the_latest_review_and_its_own_outcome() -> None:
    old, new = date(2024, 11, 2), date(2025, 11, 5)
    facts = [KnownFact("review_meeting", on, None, f"review {on}", None, on) for on in (old, new)]
    facts += [KnownFact("review_decision_notified", on, None, f"review {on}", None, on) for on in (old, new)]
    facts += [KnownFact("review_outcome", None, "amend", f"review {new}", None, new)]
    facts += [KnownFact("review_outcome", None, "continue", f"review {old}", None, date(2025, 12, 1))]
    active = picture(*facts, fact("amendment_notice_sent", date(2025, 11, 20)))
    assert (active.review_meeting_on, active.last_review_on, active.review_outcome) == (new, new, "A")
    assert active.review_draft_on == date(2025, 11, 20)


def test_a_decision_still_awaited_leaves_the_older_one() -> None:
    decision = fact("review_decision_notified", date(2025, 1, 10))
    meeting = fact("review_meeting", date(2025, 12, 3))
    active = picture(meeting, decision, fact("review_outcome", value="continue"))
    assert (active.last_review_on, active.review_outcome) == (date(2025, 1, 10), "M")
    assert picture(meeting, decision).last_review_on is None  # nobody knows what was decided


def test_a_phase_transfer_of_this_year_and_its_final_plan() -> None:
    due = fact("phase_transfer_due_returned", value="2025-02-15")
    final = KnownFact(
        "amended_final_sent", date(2025, 2, 10), None, "phase transfer", None, date(2025, 2, 10)
    )
    assert (picture(due, final).phase_due_on, picture(due, final).phase_final_on) == (
        date(2025, 2, 15),
        date(2025, 2, 10),
    )
    over = picture(fact("phase_transfer_due_returned", value="2024-02-15"), final)
    assert (over.phase_due_on, over.phase_final_on) == (None, None)


# -- there and back -------------------------------------------------------------------------------------------------

NAMED = (SettingRecord(urn="999417", rank=1, sen_unit=False, resourced=False),)
ISSUED = AssessmentRecord(
    outcome="Y", outcome_on=date(2025, 7, 28), mediation=False, tribunal=True, other_mediation=False,
    other_tribunal=False, week20=True, plan=replace(PLAN, settings=NAMED),
)  # fmt: skip
REQUEST = RequestRecord(
    received_on=RECEIVED,
    source="2",
    rya=False,
    outcome="Y",
    outcome_on=date(2025, 4, 22),
    mediation=True,
    tribunal=False,
)
REVIEWED = ActivePlanRecord(
    review_meeting_on=date(2025, 12, 3), last_review_on=date(2025, 12, 20), review_outcome="A",
    review_draft_on=date(2025, 12, 22), phase_due_on=date(2026, 2, 15),
)  # fmt: skip
THERE = [
    REQUEST,
    replace(REQUEST, outcome="N"),
    replace(REQUEST, outcome="A", outcome_on=None, mediation=None, tribunal=None),
    replace(REQUEST, assessment=ISSUED, active=REVIEWED),
    replace(REQUEST, assessment=replace(ISSUED, outcome="N", week20=None, plan=None)),
    RequestRecord(outcome="H", assessment=AssessmentRecord(outcome="H", plan=ISSUED.plan), active=REVIEWED),
    RequestRecord(received_on=RECEIVED, rya=True, source="5", outcome="W"),
]


@pytest.mark.parametrize("request_", THERE)
def test_facts_of_a_request_tell_it_again(request_: RequestRecord) -> None:
    header = Header("SEN2", 2026, CENSUS, "888", "001")
    person = PersonRecord(1, 1, "Sample", "Wren", date(2015, 3, 4), requests=(request_,))
    facts = tuple(
        KnownFact(f.name, f.on, f.value, f.of, CENSUS, f.on or CENSUS)
        for f in facts_of(request_, person, header)
    )
    plan = request_.assessment.plan if request_.assessment else None
    case = KnownCase(request_.received_on, facts, plan)
    again = from_facts.request_of(case, LAYOUT, CENSUS)
    under_way = AssessmentRecord(outcome="A") if request_ is REQUEST else request_.assessment
    assert again == replace(request_, assessment=under_way)
