# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case as a page shows it: the child, its facts, old and new, and the clocks with reasons."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from uuid import UUID

from fingerpost.records.cases import reading
from fingerpost.records.cases.clocks import rests_on_return
from fingerpost.records.cases.models import Case, Fact, Stage
from fingerpost.records.people.sight import Sight
from fingerpost.rules.duties import clocks, register


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact, with where it comes from. `superseded`: a newer one stands in its place."""

    id: UUID
    name: str
    on: date | None
    value: object
    of: str | None
    origin: str
    certainty: str
    source: str | None
    line: int | None
    census_on: date | None
    reason: str | None
    supersedes: UUID | None
    retracts: bool
    superseded: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about one case that this room knows. Plan, placements and held items have their own rooms' queries."""

    id: UUID
    person_id: UUID
    area_id: UUID
    team_id: UUID
    team: str
    forename: str
    surname: str
    born_on: date
    upn: str | None
    stage: str
    stage_label: str
    officer_id: UUID | None
    officer: str | None
    request_received_on: date | None
    as_at_on: date | None  # open clocks speak as at this census day, while one rests on the return alone
    facts: tuple[FactRow, ...]  # those that stand, by day
    superseded: tuple[FactRow, ...]  # those that were replaced, and retractions
    clocks: tuple[clocks.Clock, ...]  # engaged ones in register order, worked out for `today`
    others: tuple[tuple[UUID, date | None, str], ...]  # the child's other cases: id, request day, stage


def case_page(case_id: UUID, sight: Sight, *, today: date) -> CaseView:
    """Three queries. Raises Case.DoesNotExist for a case this user may not see."""
    case = visible(case_id, sight)
    held = list(
        Fact.objects.filter(team_id=case.team_id, person_id=case.person_id, case=case)
        .select_related("by")
        .order_by("at", "name")
    )
    facts = cast(list[Fact], held)
    replaced = {fact.supersedes_id for fact in facts if fact.supersedes_id}
    standing = [fact for fact in facts if fact.pk not in replaced and not fact.retracts]
    return _view(case, facts, standing, today)


def cases_of_family(sight: Sight) -> tuple[tuple[UUID, str, date | None, str], ...]:
    """The cases that a parent, carer or young person reaches: id, child's forename, request day, stage. One query."""
    rows = Case.objects.filter(person_id__in=sight.family).order_by(
        "person__forename", "-request_received_on"
    )
    return tuple(rows.values_list("id", "person__forename", "request_received_on", "stage"))


def fact(fact_id: UUID, sight: Sight) -> Fact:
    """One fact with its case and child, for the form that corrects it."""
    rows = Fact.objects.visible_to(sight).select_related("case", "case__person")
    return cast(Fact, rows.get(pk=fact_id))


def visible(case_id: UUID, sight: Sight) -> Case:
    """The case with its child, team and officer, if this user may see it."""
    rows = Case.objects.visible_to(sight).select_related("person", "team", "officer")
    return cast(Case, rows.get(pk=case_id))


def _view(case: Case, facts: list[Fact], standing: list[Fact], today: date) -> CaseView:
    person, stood = case.person, {fact.pk for fact in standing}
    rows = [_row(fact, fact.pk not in stood) for fact in facts]
    found = _clocks(case, standing, today)
    return CaseView(
        id=case.pk,
        person_id=person.pk,
        area_id=case.area_id,
        team_id=case.team_id,
        team=case.team.name,
        forename=person.forename,
        surname=person.surname,
        born_on=person.born_on,
        upn=person.upn,
        stage=case.stage,
        stage_label=Stage(case.stage).label,
        officer_id=case.officer_id,
        officer=case.officer.name if case.officer else None,
        request_received_on=case.request_received_on,
        as_at_on=_as_at(case, standing, found),
        facts=tuple(sorted((row for row in rows if not row.superseded), key=_by_day)),
        superseded=tuple(row for row in rows if row.superseded),
        clocks=found,
        others=_others(case),
    )


def _by_day(row: FactRow) -> tuple[date, str]:
    return row.on or date.min, row.name


def _clocks(case: Case, standing: list[Fact], today: date) -> tuple[clocks.Clock, ...]:
    read = reading.case_of(standing, census_on=case.census_on)
    found = clocks.answer(read, today=today, duties=register.FIRST_COLUMN)
    return tuple(_as_known(clock, today) for clock in found if clock.verdict != "not_started")


def _as_known(clock: clocks.Clock, today: date) -> clocks.Clock:
    """A day gone by that nobody knows to have bound anybody is no day to be late against; the reasons still name it."""
    lapsed = clock.verdict == "unknown" and clock.due is not None and clock.due < today
    return replace(clock, due=None) if lapsed else clock


def _as_at(case: Case, standing: list[Fact], found: tuple[clocks.Clock, ...]) -> date | None:
    """The census day, while nobody has entered anything or an open clock still rests on the return alone."""
    by_people = reading.by_people(standing)
    rests = not by_people or any(rests_on_return(clock, by_people) for clock in found)
    return case.census_on if rests else None


def _others(case: Case) -> tuple[tuple[UUID, date | None, str], ...]:
    rows = Case.objects.filter(area_id=case.area_id, person_id=case.person_id).exclude(pk=case.pk)
    return tuple(rows.values_list("id", "request_received_on", "stage"))


def _row(fact: Fact, superseded: bool) -> FactRow:
    return FactRow(
        id=fact.pk,
        name=fact.name,
        on=fact.on,
        value=fact.value,
        of=fact.of,
        origin=fact.origin,
        certainty=fact.certainty,
        source=fact.source,
        line=fact.line,
        census_on=fact.census_on,
        reason=fact.reason,
        supersedes=fact.supersedes_id,
        retracts=fact.retracts,
        superseded=superseded,
        by=fact.by.name,
        at=fact.at,
    )
