# SPDX-License-Identifier: Apache-2.0
"""From the facts of a case to the Requests record that a return sends of it: the way back of facts.py.

First decisions count as they were first made. What was decided before the activity year is history (H); what ended
before it is out of scope. Items that no fact holds are taken from what an earlier return `said` of the case.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from fingerpost.rules.returns.facts import REQUESTERS, REVIEW_OUTCOMES
from fingerpost.rules.returns.known import KnownCase, KnownFact, Sayings
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    RequestRecord,
    SettingRecord,
)

SOURCES = {requester: code for code, requester in REQUESTERS.items()} | {"parent": "1", "young_person": "1"}
OUTCOMES = {outcome: code for code, outcome in REVIEW_OUTCOMES.items()}
ISSUED = ("plan_first_made", "final_sent")
AGREED = ("plan_agreed", "draft_served")
NOTHING_SAID = RequestRecord()


def request_of(
    case: KnownCase, layout: Layout, until: date, said: RequestRecord | None = None
) -> RequestRecord | None:
    """The record of one case as known on the day `until`; None when the return has no place for it."""
    known = Sayings(case.facts, layout, until)
    if not known.facts or (case.received_on is not None and case.received_on > until):
        return None
    return _Making(case, known, layout, until, said or NOTHING_SAID).request()


class _Making:
    """One case on its way into one return."""

    def __init__(
        self, case: KnownCase, known: Sayings, layout: Layout, until: date, said: RequestRecord
    ) -> None:
        self.case, self.known, self.layout, self.until, self.said = case, known, layout, until, said
        self.said_assessment = said.assessment or AssessmentRecord()
        self.decided_on = known.day("decision_notified")
        self.decision = known.value("assessment_decision") if self.decided_on else None
        self.plan = self._plan()
        self.active = self._active() if self.plan is not None else None

    # -- the request ------------------------------------------------------------------------------------------------

    def request(self) -> RequestRecord | None:
        if self._over_before():
            return None
        assessment = self._assessment()
        outcome = self._outcome(assessment)
        if outcome is None:
            return None
        decided, history = outcome in ("Y", "N"), outcome == "H"
        return RequestRecord(
            received_on=self.case.received_on,
            source=None if history else self._source(),
            rya=None if history else self._rya(),
            outcome=outcome,
            outcome_on=self.decided_on if decided else None,
            mediation=self._flag("mediation_held_about", "decision_to_assess", self.said.mediation, decided),
            tribunal=self._flag("appeal_registered_about", "decision_to_assess", self.said.tribunal, decided),
            exported=cast(str | None, self.known.value("moved_to_la")),
            assessment=assessment,
            active=self.active if assessment is not None and assessment.plan is not None else None,
        )

    def _outcome(self, assessment: AssessmentRecord | None) -> str | None:
        """Y, N, A, W or H; None when it was all over before the activity year."""
        gone = "moved_to_la" in self.known or "request_withdrawn" in self.known
        if gone and assessment is None and not self._left_in_time():
            return None
        if self.decided_on is not None:
            in_year = self.decided_on >= self.layout.activity_from
            if not in_year:
                return "H" if assessment is not None or "moved_to_la" in self.known else None
            return "N" if self.decision == "refuse" else "Y"
        if assessment is not None or "history_before_return" in self.known:
            return "H"
        return "W" if "request_withdrawn" in self.known else "A"

    def _left_in_time(self) -> bool:
        return self.known.recent("moved_to_la") or self.known.recent("request_withdrawn")

    def _source(self) -> str | None:
        return SOURCES.get(str(self.known.value("requester"))) or self.said.source

    def _rya(self) -> bool:
        return bool(self.known.value("request_made_in_youth_accommodation"))

    def _flag(self, fact: str, matter: str, said: bool | None, needed: bool) -> bool | None:
        held = self.known.value(fact)
        if isinstance(held, Iterable) and matter in held:
            return True
        return said if said is not None else (False if needed else None)

    # -- the assessment ---------------------------------------------------------------------------------------------

    def _assessment(self) -> AssessmentRecord | None:
        outcome, on = self._assessment_outcome()
        if outcome is None:
            return None
        decided, said = outcome in ("Y", "N"), self.said_assessment
        held, registered = "mediation_held_about", "appeal_registered_about"
        return AssessmentRecord(
            outcome=outcome,
            outcome_on=on,
            mediation=self._flag(held, "decision_to_issue", said.mediation, decided),
            tribunal=self._flag(registered, "decision_to_issue", said.tribunal, decided),
            other_mediation=self._flag(held, "other", said.other_mediation, decided),
            other_tribunal=self._flag(registered, "other", said.other_tribunal, decided),
            week20=self._week20(outcome),
            plan=self.plan,
        )

    def _assessment_outcome(self) -> tuple[str | None, date | None]:
        issued, refused = self.known.day(*ISSUED), self.known.day("plan_refusal_notified")
        start = self.layout.activity_from
        if self.plan is not None:
            first, outcome = (refused, "N") if refused is not None else (issued, "Y")
            in_year = first is not None and first >= start and not self._moved_in_now()
            return (outcome, first) if in_year else ("H", None)
        if refused is not None:
            return ("N", refused) if refused >= start else (None, None)
        return self._before_plan(), None

    def _before_plan(self) -> str | None:
        """Where an assessment without a plan stands: withdrawn, agreed, under way, or none."""
        known = self.known
        assessing = self.decision == "assess" or (
            self.decided_on is None and "history_before_return" in known
        )
        if not assessing or "moved_to_la" in known:
            return None
        if "request_withdrawn" in known:
            return "W" if known.recent("request_withdrawn") else None
        agreed = any(name in known for name in AGREED)
        return "Y" if agreed or self._said_agreed() else "A"

    def _said_agreed(self) -> bool:
        """Agreed and not yet issued is no fact of a case; only a return says it."""
        return self.said_assessment.outcome == "Y" and self.said_assessment.outcome_on is None

    def _week20(self, outcome: str) -> bool | None:
        if self.known.value("relief_claims"):
            return True
        return False if outcome == "Y" else self.said_assessment.week20

    # -- the plan ---------------------------------------------------------------------------------------------------

    def _plan(self) -> NamedPlanRecord | None:
        known, held = self.known, self.case.plan
        started = known.day("current_plan_started", *ISSUED)
        if started is None and (held is None or held.started_on is None or held.started_on > self.until):
            return None
        plan = held or NamedPlanRecord()
        ended = known.day("plan_ended")
        reason = cast(str | None, known.value("cease_reason")) if ended else None
        return replace(plan, started_on=started or plan.started_on, ceased_on=ended, cease_reason=reason)

    def _over_before(self) -> bool:
        """The plan ended, or was refused, before the activity year began."""
        plan, refused = self.plan, self.known.day("plan_refusal_notified")
        over = plan.ceased_on if plan is not None else refused
        return over is not None and over < self.layout.activity_from

    def _moved_in_now(self) -> bool:
        return self.known.recent("moved_from_la")

    def _active(self) -> ActivePlanRecord:
        moved = cast(str | None, self.known.value("moved_from_la")) if self._moved_in_now() else None
        placements = (self._placement(one) for one in self.case.placements)
        active = ActivePlanRecord(
            transfer_la=moved,
            placements=tuple(one for one in placements if one is not None),
            needs=self.case.needs,
        )
        return self._phase(self._reviewed(active))

    def _placement(self, one: SettingRecord) -> SettingRecord | None:
        """As on the day; None when it ended before the activity year or began after the day."""
        if one.left_on is not None and one.left_on < self.layout.activity_from:
            return None
        if one.entered_on is not None and one.entered_on > self.until:
            return None
        return replace(one, left_on=None) if one.left_on and one.left_on > self.until else one

    # -- reviews ----------------------------------------------------------------------------------------------------

    def _reviewed(self, active: ActivePlanRecord) -> ActivePlanRecord:
        meeting = self.known.day("review_meeting")
        decision = self.known.latest("review_decision_notified", "last_review_completed")
        outcome = self.known.value_of("review_outcome", decision.of) if decision is not None else None
        if decision is not None and self._says_nothing(decision, outcome, meeting):
            decision = None
        decided = decision.on if decision is not None else None
        return replace(
            active,
            review_meeting_on=meeting,
            last_review_on=decided,
            review_outcome=OUTCOMES.get(str(outcome)) if decided is not None else None,
            review_draft_on=self._draft(meeting, decided),
        )

    def _says_nothing(self, decision: KnownFact, outcome: object, meeting: date | None) -> bool:
        """An older review's decision of which nobody knows the outcome: returns up to 2023 did not give one."""
        older = meeting is not None and decision.on is not None and decision.on < meeting
        return older and outcome is None and "ReviewOutcome" in self.layout.records["ActivePlans"]

    def _draft(self, meeting: date | None, decided: date | None) -> date | None:
        """Of the latest decided review: an older review's draft is over."""
        draft = self.known.day("amendment_notice_sent")
        awaited = meeting is not None and decided is not None and decided < meeting
        return draft if draft is None or meeting is None or awaited or draft >= meeting else None

    def _phase(self, active: ActivePlanRecord) -> ActivePlanRecord:
        due = self.known.value("phase_transfer_due_returned")
        due_on = date.fromisoformat(due) if isinstance(due, str) else None
        if due_on is None or due_on < self.layout.activity_from:
            return active
        final = self.known.latest("amended_final_sent")
        of_phase = final is not None and final.of == "phase transfer"
        return replace(active, phase_due_on=due_on, phase_final_on=final.on if final and of_phase else None)
