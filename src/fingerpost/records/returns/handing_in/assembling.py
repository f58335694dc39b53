# SPDX-License-Identifier: AGPL-3.0-or-later
"""One child's record of a return, from what the year's return said and what the rooms hold since.

What the year's own return said of a case goes out as it came, for as long as nobody has changed the case: that keeps
every item which no room owns. A case that somebody has worked on, or that no return of this year holds, is told from
its facts; then only the items that no fact holds come from an earlier return.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from fingerpost.records.returns import rows
from fingerpost.records.returns.handing_in import gathering
from fingerpost.records.returns.handing_in.gathering import CaseRow, Child, Gathered, PlanRow, Source
from fingerpost.rules.returns import from_facts
from fingerpost.rules.returns.fitting import fitted
from fingerpost.rules.returns.known import KnownCase
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

WHO = ("surname", "forename", "birth_on", "sex", "ethnicity", "postcode", "upn", "uln")
Linked = tuple[UUID | None, RequestRecord]


@dataclass(frozen=True, slots=True)
class Assembled:
    """One person of the return, and where the record keeps them; `ordinal` of the record counts in file order."""

    record: PersonRecord
    person_id: UUID | None  # None: a record that the import set aside
    team_id: UUID
    cases: tuple[UUID | None, ...]  # of each request of the record; None: it was held back from loading


@dataclass(frozen=True, slots=True)
class Scope:
    """The return that is being made. `newest`: no later year was loaded; `doubted`: people whose identity is asked."""

    layout: Layout
    until: date
    newest: bool
    doubted: frozenset[UUID]


def of_child(one: Gathered, scope: Scope) -> Iterator[Assembled]:
    """As many Persons as the year's return had of this child; what it does not hold goes with the first."""
    more = list(_untold(one, scope))
    for place, source in enumerate(one.said or [None]):
        linked = [*_said_again(source, one, scope), *(more if place == 0 else [])]
        if linked:
            who = _who(one, source, scope, first=place == 0)
            yield _assembled(who, linked, one.child.id, one.child.team_id)


def _untold(one: Gathered, scope: Scope) -> Iterator[Linked]:
    """The cases of which the year's return does not speak."""
    told = gathering.told(one.said)
    for case in one.cases.values():
        made = _from_facts(case, one.before, scope) if case.id not in told else None
        if made is not None:
            yield case.id, made


def of_nobody(team_id: UUID, source: Source) -> Assembled:
    """A record that was set aside: whole and as it came."""
    return Assembled(source.record, None, team_id, (None,) * len(source.record.requests))


def _assembled(who: PersonRecord, linked: list[Linked], person_id: UUID, team_id: UUID) -> Assembled:
    requests = tuple(request for _, request in linked)
    return Assembled(replace(who, requests=requests), person_id, team_id, tuple(case for case, _ in linked))


# -- who it is ------------------------------------------------------------------------------------------------------


def _who(one: Gathered, source: Source | None, scope: Scope, *, first: bool) -> PersonRecord:
    """The people room's word counts in the newest year, unless it is in question whose number it is."""
    child = one.child
    if source is None:
        return _of_row(child)
    if not (first and scope.newest) or child.id in scope.doubted:
        return source.record
    held: dict[str, Any] = {name: getattr(child, name) or getattr(source.record, name) for name in WHO}
    numbered = source.record.upn or source.record.uln
    learnt = not numbered and (child.upn or child.uln)
    return replace(source.record, **held, upn_unknown=None if learnt else source.record.upn_unknown)


def _of_row(child: Child) -> PersonRecord:
    values: dict[str, Any] = {name: getattr(child, name) or None for name in (*WHO, "upn_unknown")}
    return PersonRecord(ordinal=0, line=0, **values)


# -- what was said, unless it has changed since ---------------------------------------------------------------------


def _said_again(source: Source | None, one: Gathered, scope: Scope) -> Iterator[Linked]:
    for case_id, request in source.linked() if source is not None else ():
        case = one.cases.get(case_id) if case_id is not None else None
        if case is None:
            yield None, request
        elif case.touched:
            made = _from_facts(case, [source] if source else [], scope)
            if made is not None:
                yield case.id, made
        else:
            yield case.id, _as_held(request, case, scope)


def _as_held(request: RequestRecord, case: CaseRow, scope: Scope) -> RequestRecord:
    """The same request; plan, placements and needs give way to their rooms where those say something else."""
    plan, census_on = case.plan, scope.layout.census_on
    assessment, active = request.assessment, request.active
    if plan is None or assessment is None or assessment.plan is None or plan.census_on != census_on:
        return request
    if not _same_plan(request, plan):
        held = _plan(plan, assessment.plan.settings)
        request = replace(request, assessment=replace(assessment, plan=held))
    if active is not None:
        request = replace(request, active=_same_pictures(active, request, case))
    return fitted(request, scope.layout)


def _same_plan(request: RequestRecord, plan: PlanRow) -> bool:
    said = rows.plan_values(request, {})
    named = plan.named
    held = (
        *(plan.started_on, plan.ended_on, plan.cease_reason, plan.transferred_from),
        *(named.urn, named.ukprn, named.setting, named.setting_other, named.sen_unit, named.resourced),
        *(plan.res, plan.wbp, plan.pb, plan.oa, plan.dp),
    )
    return tuple(None if value == "" else value for value in (said[0], *said[2:5], *said[6:])) == held


def _same_pictures(active: ActivePlanRecord, request: RequestRecord, case: CaseRow) -> ActivePlanRecord:
    said = tuple(replace(p, res=p.res or active.res, wbp=p.wbp or active.wbp) for p in active.placements)
    if said != tuple(case.placements):
        active = replace(active, placements=tuple(case.placements), res=None, wbp=None)
    if sorted(rows.needs(request)) != sorted((need.kind or "", need.rank or 0) for need in case.needs):
        active = replace(active, needs=tuple(case.needs))
    return active


# -- told from the facts --------------------------------------------------------------------------------------------


def _from_facts(case: CaseRow, earlier: list[Source], scope: Scope) -> RequestRecord | None:
    said = next((r for source in earlier for at, r in source.linked() if at == case.id), None)
    known = KnownCase(
        received_on=case.received_on,
        facts=tuple(case.facts),
        plan=_plan(case.plan, _named(said)) if case.plan is not None else None,
        placements=tuple(case.placements),
        needs=tuple(case.needs),
    )
    made = from_facts.request_of(known, scope.layout, scope.until, said)
    return fitted(made, scope.layout) if made is not None else None


def _named(said: RequestRecord | None) -> tuple[SettingRecord, ...]:
    plan = said.assessment.plan if said is not None and said.assessment is not None else None
    return plan.settings if plan is not None else ()


def _plan(row: PlanRow, said: tuple[SettingRecord, ...]) -> NamedPlanRecord:
    """The room owns the first setting named; a second one is known from a return only."""
    first = row.named
    named = (first,) if first.urn or first.ukprn or first.setting else ()
    return NamedPlanRecord(
        started_on=row.started_on,
        settings=(*named, *said[1:]),
        res=row.res,
        wbp=row.wbp,
        pb=row.pb,
        oa=row.oa,
        dp=row.dp,
        ceased_on=row.ended_on,
        cease_reason=row.cease_reason,
    )
