# SPDX-License-Identifier: Apache-2.0
"""From one request of a return to the statutory facts it proves, and to no others.

A start the return does not hold is left out, so the clock that needs it answers `unknown`. An event has its day
in `on`; an event whose day the return does not give has the value True; a fact has a value that JSON can carry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fingerpost.rules.returns import ages
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

SETTLED, PRESUMPTION = "settled", "presumption"
REQUESTERS = {
    "2": "setting",
    "3": "health",
    "4": "social_care",
    "5": "other",
}
REVIEW_OUTCOMES = {"M": "continue", "A": "amend", "C": "cease"}
NOT_IN_EDUCATION = frozenset({"NEET", "NIEC", "NIEO"})
MOVED_TO_ENGLISH_LA = "5"


@dataclass(frozen=True, slots=True)
class StatutoryFact:
    """One fact of a case, with the line of the return it was read from."""

    name: str
    on: date | None
    value: object | None
    of: str | None
    line: int
    certainty: str


Facts = Iterator[StatutoryFact]


def facts_of(request: RequestRecord, person: PersonRecord, header: Header) -> tuple[StatutoryFact, ...]:
    """Every statutory fact that one Requests record proves, in the order of the record."""
    facts = [_fact("date_of_birth", person.birth_on.isoformat(), person.line)]
    facts += _request(request, person.birth_on)
    facts += _matters(request)
    if request.assessment is not None:
        facts += _assessment(request.assessment, request)
    if request.active is not None:
        facts += _active(request.active, header)
    return tuple(facts)


def _event(name: str, on: date, line: int, certainty: str = SETTLED, of: str | None = None) -> StatutoryFact:
    return StatutoryFact(name, on, None, of, line, certainty)


def _fact(name: str, value: object, line: int, of: str | None = None) -> StatutoryFact:
    return StatutoryFact(name, None, value, of, line, SETTLED)


# -- request --------------------------------------------------------------------------------------------------------


def _request(request: RequestRecord, birth_on: date) -> Facts:
    line = request.line
    if request.received_on is not None:
        yield _event("request_received", request.received_on, line)
    requester = _requester(request, birth_on)
    if requester is not None:
        yield _fact("requester", requester, line)
    if request.rya:
        yield _fact("request_made_in_youth_accommodation", True, line)
    yield from _request_outcome(request)
    if request.exported is not None:
        yield _fact("moved_to_la", request.exported, line)


def _requester(request: RequestRecord, birth_on: date) -> str | None:
    """Code 1 is a parent or the young person, without saying which; under 16 it can only be the parent."""
    if request.source != "1" or request.received_on is None:
        return REQUESTERS.get(request.source or "")
    return "parent" if ages.age_on(birth_on, request.received_on) < 16 else None


def _request_outcome(request: RequestRecord) -> Facts:
    line = request.line
    if request.outcome in ("Y", "N") and request.outcome_on is not None:
        yield _event("decision_notified", request.outcome_on, line)
        yield _fact("assessment_decision", "assess" if request.outcome == "Y" else "refuse", line)
    elif request.outcome == "W":
        yield _fact("request_withdrawn", True, line)
    elif request.outcome == "H":
        yield _fact("history_before_return", True, line, of="request")


def _matters(request: RequestRecord) -> Facts:
    """Mediation meetings and appeals: on what, never when or with what end."""
    assessment = request.assessment
    held = [("decision_to_assess", request.mediation, request.tribunal, request.line)]
    if assessment is not None:
        line = assessment.line
        held.append(("decision_to_issue", assessment.mediation, assessment.tribunal, line))
        held.append(("other", assessment.other_mediation, assessment.other_tribunal, line))
    for name, column in (("mediation_held_about", 1), ("appeal_registered_about", 2)):
        matters = [row for row in held if row[column]]
        if matters:
            yield _fact(name, [row[0] for row in matters], matters[0][3])


# -- assessment and plan --------------------------------------------------------------------------------------------


def _assessment(assessment: AssessmentRecord, request: RequestRecord) -> Facts:
    yield from _assessment_outcome(assessment, _moved_in(request))
    if assessment.week20:
        yield _fact("relief_claims", [{"ground": "not-stated"}], assessment.line)
    if assessment.plan is not None:
        yield from _plan(assessment.plan)


def _moved_in(request: RequestRecord) -> bool:
    return request.active is not None and request.active.transfer_la is not None


def _assessment_outcome(assessment: AssessmentRecord, moved_in: bool) -> Facts:
    line, on = assessment.line, assessment.outcome_on
    if assessment.outcome == "Y" and on is not None and not moved_in:
        yield _event("final_sent", on, line, PRESUMPTION)
        yield _event("plan_first_made", on, line, PRESUMPTION)
    elif assessment.outcome == "N" and on is not None:
        yield _event("plan_refusal_notified", on, line)
    elif assessment.outcome == "W":
        yield _fact("request_withdrawn", True, line)
    elif assessment.outcome == "H":
        yield _fact("history_before_return", True, line, of="assessment")


def _plan(plan: NamedPlanRecord) -> Facts:
    line = plan.line
    if plan.started_on is not None:
        yield _event("current_plan_started", plan.started_on, line)
    named = next((setting for setting in plan.settings if setting.urn or setting.ukprn), None)
    if named is not None:
        yield _fact("section_i", "name_and_type", named.line)
    if plan.ceased_on is not None:
        yield _event("plan_ended", plan.ceased_on, line)
        if plan.cease_reason == MOVED_TO_ENGLISH_LA:
            yield _event("transfer_date", plan.ceased_on, line, PRESUMPTION)
    if plan.cease_reason is not None:
        yield _fact("cease_reason", plan.cease_reason, line)


# -- active plan ----------------------------------------------------------------------------------------------------


def _active(active: ActivePlanRecord, header: Header) -> Facts:
    line = active.line
    if active.transfer_la is not None:
        yield _fact("moved_from_la", active.transfer_la, line)
    yield from _review(active)
    if active.phase_due_on is not None:
        yield _fact("phase_transfer_due_returned", active.phase_due_on.isoformat(), line)
    if active.phase_final_on is not None:
        yield _event("amended_final_sent", active.phase_final_on, line, of="phase transfer")
    for placement in active.placements:
        if placement.setting in NOT_IN_EDUCATION and is_open(placement, header.census_on):
            yield _fact("in_education", False, placement.line)
            break


def _review(active: ActivePlanRecord) -> Facts:
    """A decision on or after the meeting belongs to it; one before it ended an older review."""
    line, meeting, decision = active.line, active.review_meeting_on, active.last_review_on
    latest = f"review {meeting}" if meeting is not None else None
    if meeting is not None:
        yield _event("review_meeting", meeting, line, of=latest)
    same = latest if decision is None or meeting is None or decision >= meeting else "earlier review"
    if decision is not None:
        yield _event("review_decision_notified", decision, line, of=same)
        yield _event("last_review_completed", decision, line, of=same)
    if active.review_outcome is not None:
        yield _fact("review_outcome", REVIEW_OUTCOMES[active.review_outcome], line, of=same)
    if active.review_draft_on is not None:
        newer = meeting is not None and active.review_draft_on >= meeting
        of = latest if newer else same
        yield _event("amendment_notice_sent", active.review_draft_on, line, PRESUMPTION, of)


def is_open(placement: SettingRecord, on: date) -> bool:
    """Open on that day: entered by then and not left by then (the leaving day itself still counts)."""
    entered = placement.entered_on is None or placement.entered_on <= on
    return entered and (placement.left_on is None or placement.left_on >= on)
