# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a request has got, read from its facts. The last step that is true counts."""

from fingerpost.records.cases.models import Stage
from fingerpost.rules.duties.facts import CaseFacts

PLAN = ("final_sent", "plan_first_made", "current_plan_started", "amended_final_sent")
AGREED = ("draft_served", "plan_agreed")


def stage_of(case: CaseFacts) -> str:
    """One word of the closed set."""
    held = {event.name for event in case.events}
    held |= {name for name, value in case.facts.items() if value is True}
    known = case.facts
    if "plan_ended" in held:
        return Stage.ENDED
    if not held.isdisjoint(PLAN):
        return Stage.MAINTAINED
    if "moved_to_la" in known:
        return Stage.EXPORTED
    if "request_withdrawn" in held:
        return Stage.WITHDRAWN
    if "plan_refusal_notified" in held:
        return Stage.PLAN_REFUSED
    return _before_plan(held, known.get("assessment_decision"))


def _before_plan(held: set[str], decision: object) -> str:
    if not held.isdisjoint(AGREED):
        return Stage.AGREED
    if decision == "refuse":
        return Stage.REFUSED
    if decision == "assess" or not held.isdisjoint(("decision_notified", "history_before_return")):
        return Stage.ASSESSING
    return Stage.REQUESTED
