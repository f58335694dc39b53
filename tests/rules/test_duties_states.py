# SPDX-License-Identifier: AGPL-3.0-or-later
"""The states of a case: where it stands, what is lawful next, why another step is not, and what the drawing says."""

from datetime import date
from typing import Any

import pytest

from fingerpost.rules.duties import reading, register, state_guards, state_steps, states, timeline, vocabulary
from fingerpost.rules.duties.facts import CaseFacts

_TODAY = date(2027, 1, 20)


def _case(events: dict[str, str], **facts: Any) -> CaseFacts:
    return reading.read_case({"events": events, "facts": facts}).case


@pytest.mark.parametrize(
    ("events", "facts", "stands"),
    [
        ({}, {}, "NONE"),
        ({"request_received": "2026-09-09"}, {}, "REQUESTED"),
        ({"became_responsible": "2026-09-09"}, {}, "REQUESTED"),
        (
            {"request_received": "2026-09-09", "decision_notified": "2026-10-10"},
            {"assessment_decision": "assess"},
            "ASSESSING",
        ),
        (
            {"request_received": "2026-09-09", "decision_notified": "2026-10-10"},
            {"assessment_decision": "refuse"},
            "ASSESSMENT_REFUSED",
        ),
        ({"request_received": "2026-09-09", "final_sent": "2026-10-10"}, {}, "MAINTAINED"),
        ({"request_received": "2026-09-09", "draft_served": "2026-10-10"}, {}, "DRAFT_WITH_FAMILY"),
        ({"request_received": "2026-09-09", "review_meeting": "2026-10-10"}, {}, "REQUESTED"),
        ({"plan_first_made": "2026-09-09"}, {}, "MAINTAINED"),
        ({"transfer_date": "2026-09-09"}, {"moved_from_la": "301"}, "MAINTAINED"),
        (
            {"draft_served": "2026-09-09", "setting_consulted": "2026-09-12", "final_sent": "2026-10-10"},
            {},
            "MAINTAINED",
        ),
        ({"draft_served": "2026-09-09", "setting_consulted": "2026-09-12"}, {}, "FINALISING"),
        ({"plan_refusal_notified": "2026-09-09", "concession_notified": "2026-11-12"}, {}, "DRAFTING"),
    ],
)
def test_a_case_stands_where_its_events_lead(
    events: dict[str, str], facts: dict[str, Any], stands: str
) -> None:
    assert states.state(_case(events, **facts)) == stands


def _draft() -> CaseFacts:
    return _case(
        {"request_received": "2026-09-09", "decision_notified": "2026-10-10", "draft_served": "2027-01-11"},
        assessment_decision="assess",
    )


def _choice(case: CaseFacts, event: str, today: date, line: str = "main") -> state_steps.Choice:
    return next(c for c in states.next_steps(case, today=today, line=line) if c.step.event == event)


def test_no_final_plan_before_the_familys_window_ends() -> None:
    final = _choice(_draft(), "final_sent", _TODAY)
    assert (final.step.event, final.lawful, final.from_on) == ("final_sent", False, date(2027, 1, 26))
    assert "15 days are not over" in final.why
    assert _choice(_draft(), "final_sent", date(2027, 1, 26)).lawful


def test_a_step_from_elsewhere_says_where_it_leads_on_from() -> None:
    assert states.why_not(_draft(), "plan_ended", today=_TODAY) == (
        "The case stands at DRAFT_WITH_FAMILY; 'plan_ended' leads on from CEASE_NOTIFIED, MAINTAINED only."
    )
    assert "no state" in states.why_not(_draft(), "notice_dated", today=_TODAY)
    assert states.why_not(_draft(), "request_withdrawn", today=_TODAY) == ""
    assert "15 days" in states.why_not(_draft(), "final_sent", today=_TODAY)


def test_a_draft_that_names_a_setting_is_no_lawful_step() -> None:
    events = {"request_received": "2026-09-09", "decision_notified": "2026-10-10"}
    blank = _case(events, assessment_decision="assess")
    named = _case(events, assessment_decision="assess", draft_section_i="Hill School")
    assert states.why_not(blank, "draft_served", today=_TODAY) == ""
    assert "may not name" in states.why_not(named, "draft_served", today=_TODAY)


def _maintained(**more: str) -> dict[str, str]:
    return {
        "request_received": "2024-09-09",
        "decision_notified": "2024-10-10",
        "draft_served": "2025-01-06",
        "final_sent": "2025-01-22",
        **more,
    }


def test_amendments_wait_for_the_familys_window_and_an_unserved_notice_cannot_be_counted() -> None:
    events = _maintained(amendment_notice_sent="2027-01-08", amendment_notice_served="2027-01-11")
    assert "26 Jan" in states.why_not(
        _case(events, assessment_decision="assess"), "amended_final_sent", today=_TODAY
    )
    del events["amendment_notice_served"]
    assert "cannot be counted" in states.why_not(
        _case(events, assessment_decision="assess"), "amended_final_sent", today=_TODAY
    )


@pytest.mark.parametrize(
    ("facts", "more", "today", "why"),
    [
        ({}, {}, date(2027, 8, 20), "time to appeal is not over"),
        ({}, {}, date(2027, 9, 2), ""),
        ({"appeal_made": True}, {}, date(2028, 9, 2), "appeal is open"),
        ({"appeal_made": True}, {"appeal_determined_on": "2027-12-01"}, date(2027, 12, 1), ""),
    ],
)
def test_no_end_of_a_plan_inside_the_time_to_appeal(
    facts: dict[str, Any], more: dict[str, str], today: date, why: str
) -> None:
    events = _maintained(cease_consultation_started="2027-05-01", cease_notice_sent="2027-06-12", **more)
    found = states.why_not(_case(events, assessment_decision="assess", **facts), "plan_ended", today=today)
    assert (why in found) if why else found == ""


def test_a_plan_ends_by_age_only_from_25() -> None:
    events = {**_maintained(), "transfer_date": "2024-01-01"}
    young = _case(events, assessment_decision="assess", date_of_birth="2002-01-15")
    assert "under 25" in states.why_not(young, "plan_ended", today=date(2027, 1, 14))
    assert states.why_not(young, "plan_ended", today=date(2027, 1, 15)) == ""
    assert "date_of_birth" in states.why_not(
        _case(events, assessment_decision="assess"), "plan_ended", today=_TODAY
    )


def test_an_appeal_needs_a_certificate_unless_it_is_about_the_placement_alone() -> None:
    events = {"notice_sent": "2027-01-12"}
    assert "certificate" in states.why_not(_case(events), "appeal_received", today=_TODAY, line="appeal")
    placement = _case(events, section_I_only=True)
    assert states.why_not(placement, "appeal_received", today=_TODAY, line="appeal") == ""
    assert (
        states.state(
            _case({**events, "adviser_contacted": "2027-01-13", "certificate_issued": "2027-01-15"}), "appeal"
        )
        == "CERTIFIED"
    )


@pytest.mark.parametrize("line", ["main", "appeal"])
def test_every_step_uses_listed_events_and_duties_and_can_be_reached(line: str) -> None:
    events = vocabulary.spellings("event")
    reached = {"NONE"} | {step.to for step in state_steps.steps(line)}
    for step in state_steps.steps(line):
        assert events.get(step.event) == step.event
        assert set(step.starts) <= set(register.DUTIES)
        assert set(step.before) <= reached
        assert not step.guard or step.guard in state_guards.GUARDS


def test_the_drawing_shows_every_arrow() -> None:
    drawn = state_steps.mermaid()
    assert drawn.startswith("stateDiagram-v2\n    NONE --> REQUESTED: request received")
    assert drawn.count("-->") == sum(len(step.before) for step in state_steps.steps())
    assert "decision notified (refuse)" in drawn


def test_a_draft_of_the_first_assessment_opens_no_window_for_a_second() -> None:
    events = {
        "plan_first_made": "2025-01-10",
        "draft_served": "2024-12-01",
        "reassess_request_received": "2026-09-01",
    }
    told = {**events, "reassess_decision_notified": "2026-09-12"}
    old = _choice(_case(told, assessment_decision="assess"), "reassessed_final_sent", _TODAY)
    assert (old.lawful, "cannot be counted" in old.why) == (False, True)
    served = _case({**told, "draft_served": "2026-12-01"}, assessment_decision="assess")
    assert _choice(served, "reassessed_final_sent", _TODAY).lawful


def test_an_appeal_out_of_time_needs_the_tribunals_leave() -> None:
    case = _case({"notice_sent": "2026-09-01", "certificate_issued": "2026-09-20"})
    assert _choice(case, "appeal_received", date(2026, 11, 2), "appeal").lawful
    late = _choice(case, "appeal_received", date(2026, 11, 3), "appeal")
    assert (late.lawful, late.why) == (
        False,
        "Out of time since Mon 2 Nov 2026; ask the tribunal to admit the appeal late.",
    )


def test_an_appeal_whose_notice_has_no_day_is_not_called_late() -> None:
    facts = timeline.Timeline((), {"appeal_is_section_i_only": True}, _TODAY)
    step = next(step for step in state_steps.steps("appeal") if step.event == "appeal_received")
    assert state_guards.GUARDS[step.guard](step, facts).lawful


def test_past_the_table_of_bank_holidays_a_step_is_not_called_lawful() -> None:
    case = _case(
        {
            "plan_first_made": "2025-01-10",
            "cease_consultation_started": "2029-01-01",
            "cease_notice_sent": "2029-03-01",
        }
    )
    end = _choice(case, "plan_ended", date(2030, 1, 1))
    assert (end.lawful, end.why) == (
        False,
        "It cannot be said: bank holidays are held for 2017 to 2028, not for 2029: add the year to bank_holidays.csv.",
    )


@pytest.mark.parametrize("line", state_steps.LINES)
def test_every_state_from_which_an_event_may_jump_is_a_state(line: str) -> None:
    places = {place for step in state_steps.steps(line) for place in (*step.before, step.to)}
    assert all(set(step.passed) <= places for step in state_steps.steps(line))
