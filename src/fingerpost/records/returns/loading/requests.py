# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which case does a request of the return belong to? By child and day received; an undated one by the plan held."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fingerpost.records.cases.differing import Question
from fingerpost.records.cases.models import Stage
from fingerpost.records.foundation import copying
from fingerpost.records.foundation.copying import plain
from fingerpost.rules.returns.records import NamedPlanRecord, RequestRecord

HELD = (
    "SELECT c.person_id::text, c.id::text, c.request_received_on, c.census_on, p.id IS NOT NULL, p.started_on,"
    " p.ended_on, c.stage FROM cases_case c LEFT JOIN plans_plan p ON p.case_id = c.id"
    " WHERE c.area_id = %s AND c.person_id = ANY(%s::uuid[])"
)
# A day that somebody has corrected since still finds its case.
DAYS = (
    "SELECT f.case_id::text, f.on FROM unnest(%s::uuid[], %s::uuid[]) AS w(team, person)"
    " JOIN cases_fact f ON f.team_id = w.team AND f.person_id = w.person"
    " WHERE f.name = 'request_received' AND f.on IS NOT NULL"
)
OPEN = (Stage.REQUESTED, Stage.ASSESSING, Stage.AGREED)
WHICH = ("belongs to this plan", "a plan of its own")


@dataclass(slots=True)
class HeldCase:
    """A case that stands."""

    id: str
    received_on: date | None
    census_on: date | None
    has_plan: bool
    started_on: date | None
    ended_on: date | None
    stage: str = Stage.REQUESTED
    days: set[date] = field(default_factory=set)


@dataclass(slots=True)
class Belongs:
    """The case of one request; without one, a question."""

    case: HeldCase | None
    is_new: bool = False
    question: Question | None = None


def held(area_id: UUID, children: Sequence[tuple[str, str]]) -> dict[str, list[HeldCase]]:
    """The cases of children given as (team, person). Two queries."""
    if not children:
        return {}
    teams, persons = [team for team, _ in children], [person for _, person in children]
    found: dict[str, list[HeldCase]] = {}
    by_id: dict[str, HeldCase] = {}
    for person_id, case_id, *rest in copying.ask(HELD, [area_id, persons]):
        case = HeldCase(plain(case_id), *rest)
        by_id[case.id] = case
        found.setdefault(plain(person_id), []).append(case)
    for case_id, on in copying.ask(DAYS, [teams, persons]):
        by_id[plain(case_id)].days.add(on)
    return found


def belongs(request: RequestRecord, cases: list[HeldCase], used: set[str]) -> Belongs:
    """`used`: cases that other requests of the same record have taken."""
    plan = request.assessment.plan if request.assessment else None
    if request.received_on is not None:
        on = request.received_on
        same = next((case for case in cases if case.received_on == on or on in case.days), None)
        if same is not None:
            return _twice(request) if same.id in used else Belongs(same)
        undated = [c for c in cases if c.received_on is None and c.id not in used and c.has_plan and plan]
        return Belongs(undated[0]) if len(undated) == 1 and _same_start(undated[0], plan) else _new(request)
    return _undated(request, plan, [case for case in cases if case.id not in used])


def _undated(request: RequestRecord, plan: NamedPlanRecord | None, free: list[HeldCase]) -> Belongs:
    with_plan = [case for case in free if case.has_plan]
    if plan is None:  # decided before the year, no plan yet: the request that is still open
        waiting = [case for case in free if not case.has_plan and case.stage in OPEN]
        return Belongs(waiting[0]) if len(waiting) == 1 else _new(request)
    if not with_plan:
        waiting = [case for case in free if case.stage in OPEN]
        return Belongs(waiting[0]) if len(waiting) == 1 else _new(request)
    if len(with_plan) == 1:
        return Belongs(with_plan[0])
    same = [case for case in with_plan if _same_start(case, plan)]
    running = [case for case in with_plan if case.ended_on is None]
    for choice in (same, running):
        if len(choice) == 1:
            return Belongs(choice[0])
    message = "an undated request, and more than one plan of this child is held; it was not loaded"
    return Belongs(None, question=Question("which-plan", request.line, message, WHICH))


def _same_start(case: HeldCase, plan: NamedPlanRecord | None) -> bool:
    return plan is not None and case.started_on == plan.started_on


def _twice(request: RequestRecord) -> Belongs:
    message = f"a second request received on {request.received_on}; it was not loaded"
    return Belongs(None, question=Question("request-twice", request.line, message, ("join", "keep both")))


def _new(request: RequestRecord) -> Belongs:
    return Belongs(HeldCase(copying.new_id(), request.received_on, None, False, None, None), is_new=True)
