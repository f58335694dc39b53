# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything the rooms hold of a few children, for a return: seven queries a batch, nothing streamed, nothing kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from fingerpost.records.cases.reading import BY_PEOPLE
from fingerpost.records.foundation import copying
from fingerpost.records.returns import said
from fingerpost.records.returns.models import FileState, ReturnFile
from fingerpost.rules.returns.known import KnownFact
from fingerpost.rules.returns.records import NeedRecord, PersonRecord, RequestRecord, SettingRecord

PEOPLE = (
    "SELECT id, team_id, surname, forename, born_on, sex, ethnicity, postcode, upn, uln, upn_unknown"
    " FROM people_person WHERE area_id = %s AND id > %s ORDER BY id LIMIT %s"
)
FROM = " FROM unnest(%s::uuid[], %s::uuid[]) AS w(team, person) JOIN "
WHOSE = " ON {0}.team_id = w.team AND {0}.person_id = w.person "
SOURCES = (
    "SELECT r.person_id, r.file_id, r.line, r.record, r.cases"
    f"{FROM}returns_sourcerecord r{WHOSE.format('r')}WHERE r.file_id = ANY(%s) ORDER BY r.line"
)
ASIDE = (
    "SELECT team_id, file_id, line, record, cases FROM returns_sourcerecord"
    " WHERE area_id = %s AND file_id = %s AND person_id IS NULL ORDER BY line"
)
CASES = (
    "SELECT c.person_id, c.id, c.request_received_on, p.id, p.census_on, p.started_on, p.ended_on, p.cease_reason,"
    " p.transferred_from, p.urn, p.ukprn, p.setting, p.setting_other, p.sen_unit, p.resourced, p.residential,"
    " p.work_based, p.personal_budget, p.organised_arrangement, p.direct_payment"
    f"{FROM}cases_case c{WHOSE.format('c')}"
    "LEFT JOIN plans_plan p ON p.case_id = c.id AND p.team_id = c.team_id AND p.person_id = c.person_id ORDER BY c.id"
)
FACTS = (
    "SELECT f.case_id, f.name, f.on, f.value, f.of, f.census_on, coalesce(f.on, f.census_on, f.at::date)"  # noqa: S608
    f"{FROM}cases_fact f{WHOSE.format('f')}WHERE f.case_id = ANY(%s) AND NOT f.retracts"
    " AND NOT EXISTS (SELECT 1 FROM cases_fact n WHERE n.supersedes_id = f.id) ORDER BY f.id"
)
TOUCHED = f"SELECT DISTINCT f.case_id{FROM}cases_fact f{WHOSE.format('f')}WHERE f.origin = ANY(%s)"
PLACEMENTS = (
    "SELECT k.plan_id, k.urn, k.ukprn, k.setting, k.setting_other, k.rank, k.sen_unit, k.resourced, k.entered_on,"
    f" k.left_on, k.attendance, k.residential, k.work_based{FROM}placements_placement k{WHOSE.format('k')}"
    "JOIN plans_plan p ON p.id = k.plan_id WHERE k.census_on = LEAST(p.census_on, %s) ORDER BY k.place"
)
NEEDS = (
    f"SELECT k.plan_id, k.kind, k.rank{FROM}plans_need k{WHOSE.format('k')}"
    "JOIN plans_plan p ON p.id = k.plan_id WHERE k.census_on = LEAST(p.census_on, %s) ORDER BY k.rank"
)
FIRST = UUID(int=0)


class Child(NamedTuple):
    """A child as the people room holds them."""

    id: UUID
    team_id: UUID
    surname: str
    forename: str
    birth_on: date
    sex: str
    ethnicity: str
    postcode: str
    upn: str | None
    uln: str | None
    upn_unknown: str


@dataclass(frozen=True, slots=True)
class Source:
    """What one return said of a child, and the case of each of its requests, by line."""

    file_id: UUID
    record: PersonRecord
    cases: dict[int, UUID]

    def linked(self) -> Iterator[tuple[UUID | None, RequestRecord]]:
        return ((self.cases.get(request.line), request) for request in self.record.requests)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plans room's row, in the words of a return."""

    id: UUID
    census_on: date | None
    started_on: date | None
    ended_on: date | None
    cease_reason: str | None
    transferred_from: str | None
    named: SettingRecord
    res: str | None
    wbp: str | None
    pb: bool | None
    oa: bool | None
    dp: str | None


@dataclass(slots=True)
class CaseRow:
    """One case with all that belongs to it."""

    id: UUID
    received_on: date | None
    plan: PlanRow | None
    touched: bool = False  # somebody has entered or corrected a fact of it
    facts: list[KnownFact] = field(default_factory=list)
    placements: list[SettingRecord] = field(default_factory=list)
    needs: list[NeedRecord] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """One child with all the rooms hold. `said`: by the newest file of the year; `before`: of the year before."""

    child: Child
    cases: dict[UUID, CaseRow] = field(default_factory=dict)
    said: list[Source] = field(default_factory=list)
    before: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Files:
    """The files that were loaded of this year, newest first, and of the newest year before it."""

    this: tuple[UUID, ...]
    before: tuple[UUID, ...]
    is_newest: bool  # no later year was loaded


def files(area_id: UUID, year: int) -> Files:
    rows = ReturnFile.objects.filter(area_id=area_id, state=FileState.DONE).order_by("-year", "-serial")
    held = list(rows.values_list("pk", "year"))
    earlier = max((of for _, of in held if of < year), default=None)
    return Files(
        tuple(pk for pk, of in held if of == year),
        tuple(pk for pk, of in held if of == earlier),
        not any(of > year for _, of in held),
    )


def people(area_id: UUID, *, size: int) -> Iterator[list[Child]]:
    """Every child of the area, a batch at a time, by key: no cursor stays open under the policies."""
    last = FIRST
    while rows := copying.ask(PEOPLE, [area_id, last, size]):
        yield [Child._make(row) for row in rows]
        last = rows[-1][0]


def gather(children: Sequence[Child], held: Files, census_on: date) -> list[Gathered]:
    """All of one batch."""
    found = {child.id: Gathered(child) for child in children}
    keys = [[child.team_id for child in children], [child.id for child in children]]
    cases = _cases(found, keys)
    _sources(found, keys, held)
    _facts(found, cases, keys)
    _pictures(cases, keys, census_on)
    return list(found.values())


def set_aside(area_id: UUID, held: Files) -> Iterator[tuple[UUID, Source]]:
    """Records of the year's newest file that the import loaded for no child, with the team that keeps them."""
    if held.this:
        for team_id, *rest in copying.ask(ASIDE, [area_id, held.this[0]]):
            yield team_id, _source(rest)


# -- what returns said ----------------------------------------------------------------------------------------------


def _sources(found: dict[UUID, Gathered], keys: list[list[UUID]], held: Files) -> None:
    wanted = [*held.this, *held.before]
    by_file: dict[tuple[UUID, UUID], list[Sequence[Any]]] = {}
    for person_id, *rest in copying.ask(SOURCES, [*keys, wanted]) if wanted else ():
        by_file.setdefault((person_id, rest[0]), []).append(rest)
    for person_id, gathered in found.items():
        gathered.said = _newest(by_file, person_id, held.this)
        if gathered.cases.keys() - told(gathered.said):
            gathered.before = _newest(by_file, person_id, held.before)


def told(said: Sequence[Source]) -> set[UUID]:
    """The cases that these records speak of."""
    return {case for source in said for case in source.cases.values()}


def _newest(
    by_file: dict[tuple[UUID, UUID], list[Sequence[Any]]], person_id: UUID, files: tuple[UUID, ...]
) -> list[Source]:
    rows = next((by_file[person_id, file] for file in files if (person_id, file) in by_file), [])
    return [_source(row) for row in rows]


def _source(row: Sequence[Any]) -> Source:
    file_id, line, record, cases = row
    links = {int(at): UUID(case) for at, case in orjson.loads(cases).items()}
    return Source(file_id, said.record_of({**orjson.loads(record), "line": line}), links)


# -- what the rooms hold --------------------------------------------------------------------------------------------


def _cases(found: dict[UUID, Gathered], keys: list[list[UUID]]) -> dict[UUID, CaseRow]:
    cases: dict[UUID, CaseRow] = {}
    for person_id, case_id, received_on, *plan in copying.ask(CASES, keys):
        row = CaseRow(case_id, received_on, _plan(plan) if plan[0] is not None else None)
        found[person_id].cases[case_id] = cases[case_id] = row
    return cases


def _plan(row: Sequence[Any]) -> PlanRow:
    head, setting, rest = row[:6], row[6:12], row[12:]
    urn, ukprn, code, other, sen_unit, resourced = setting
    named = SettingRecord(
        urn=urn or None,
        ukprn=ukprn or None,
        setting=code or None,
        setting_other=other or None,
        rank=1,
        sen_unit=sen_unit,
        resourced=resourced,
    )
    res, wbp, pb, oa, dp = rest
    plan_id, census_on, started_on, ended_on, reason, transferred = head
    dates = (plan_id, census_on, started_on, ended_on)
    return PlanRow(
        *dates, reason or None, transferred or None, named, res or None, wbp or None, pb, oa, dp or None
    )


def _facts(found: dict[UUID, Gathered], cases: dict[UUID, CaseRow], keys: list[list[UUID]]) -> None:
    """Only of cases that the year's own return does not already tell whole: the rest is never read."""
    known = {case for one in found.values() for case in told(one.said)}
    for (case_id,) in copying.ask(TOUCHED, [*keys, list(BY_PEOPLE)]):
        cases[case_id].touched = True
    wanted = [case.id for case in cases.values() if case.touched or case.id not in known]
    for case_id, name, on, value, *rest in copying.ask(FACTS, [*keys, wanted]) if wanted else ():
        cases[case_id].facts.append(
            KnownFact(name, on, None if value is None else orjson.loads(value), *rest)
        )


def _pictures(cases: dict[UUID, CaseRow], keys: list[list[UUID]], census_on: date) -> None:
    by_plan = {case.plan.id: case for case in cases.values() if case.plan is not None}
    for plan_id, urn, ukprn, code, other, *rest in copying.ask(PLACEMENTS, [*keys, census_on]):
        attended = SettingRecord(0, urn or None, ukprn or None, code or None, other or None, *_blank(rest))
        by_plan[plan_id].placements.append(attended)
    for plan_id, kind, rank in copying.ask(NEEDS, [*keys, census_on]):
        by_plan[plan_id].needs.append(NeedRecord(kind=kind, rank=rank))


def _blank(values: Sequence[Any]) -> list[Any]:
    return [None if value == "" else value for value in values]
