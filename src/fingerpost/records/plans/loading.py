# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bulk verb of this room: many plans with the needs of one census day, by COPY."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fingerpost.records.cases.incoming import Source
from fingerpost.records.foundation import copying, journal
from fingerpost.records.foundation.copying import plain
from fingerpost.records.foundation.models import Origin

# What a return may change in a plan, with the type each column has in SQL.
VALUES = {
    "started_on": "date",
    "first_made_on": "date",
    "ended_on": "date",
    "cease_reason": "text",
    "transferred_from": "text",
    "organisation_id": "uuid",
    "urn": "text",
    "ukprn": "text",
    "setting": "text",
    "setting_other": "text",
    "sen_unit": "bool",
    "resourced": "bool",
    "residential": "text",
    "work_based": "text",
    "personal_budget": "bool",
    "organised_arrangement": "bool",
    "direct_payment": "text",
    "census_on": "date",
}
WHERE = ("id", "team_id", "person_id", "case_id")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One plan of a return: `values` in the order of VALUES without the census day."""

    plan_id: str
    case_id: str
    person_id: str
    team_id: str
    is_new: bool
    values: tuple[object, ...]
    needs: Sequence[tuple[str, int]]


@dataclass(slots=True)
class Loaded:
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def known(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[object, ...]]:
    """The plans of children given as (team, person): case -> plan id, census day, values. One query."""
    if not pairs:
        return {}
    # Ids in the spelling that rows come in, or every plan would look changed.
    columns = ", ".join(
        f"replace(p.{name}::text, '-', '')" if name.endswith("_id") else f"p.{name}" for name in VALUES
    )
    rows = copying.ask(
        f"SELECT p.case_id::text, p.id::text, {columns} FROM unnest(%s::uuid[], %s::uuid[]) AS w(team, person)"  # noqa: S608
        " JOIN plans_plan p ON p.team_id = w.team AND p.person_id = w.person",
        [[team for team, _ in pairs], [person for _, person in pairs]],
    )
    return {plain(row[0]): (plain(row[1]), row[-1], row[2:-1]) for row in rows}


@transaction.atomic
def load(
    rows: Sequence[Incoming],
    *,
    area_id: UUID,
    by: UUID,
    at: datetime,
    source: Source,
    held: dict[str, tuple[object, ...]],
) -> Loaded:
    """New plans are added, older states give way to newer ones, an older year fills gaps only."""
    done = Loaded()
    fresh, moved = [], []
    for row in rows:
        if row.is_new:
            fresh.append(copying.line((row.plan_id, row.team_id, row.person_id, row.case_id, *row.values)))
            continue
        values = _merged(row, held[row.case_id], source.census_on)
        if values is not None:
            moved.append((row.plan_id, *values))
    constant = {"census_on": source.census_on, "area_id": area_id}
    columns = (*WHERE, *list(VALUES)[:-1])
    done.added = copying.copy("plans_plan", columns, fresh, constant=constant)
    done.changed = _update(moved)
    done.unchanged = len(rows) - done.added - done.changed
    _needs(rows, area_id, source)
    _note(area_id, by, at, source, done)
    return done


def _merged(row: Incoming, held: tuple[object, ...], census_on: date) -> tuple[object, ...] | None:
    seen_on, old = held[1], held[2]
    assert isinstance(old, tuple)  # noqa: S101
    newer = seen_on is None or (isinstance(seen_on, date) and seen_on <= census_on)
    if newer:
        first = list(VALUES).index("first_made_on")  # what was learnt once is not forgotten
        values = tuple(
            old[place] if place == first and value is None else value
            for place, value in enumerate(row.values)
        )
        return (*values, census_on) if values != old or seen_on != census_on else None
    filled = tuple(
        new if before in (None, "") else before for new, before in zip(row.values, old, strict=True)
    )
    return (*filled, seen_on) if filled != old else None


def _update(moved: Sequence[tuple[object, ...]]) -> int:
    if not moved:
        return 0
    arrays = ", ".join(["%s::uuid[]", *(f"%s::{kind}[]" for kind in VALUES.values())])
    sets = ", ".join(f"{name} = w.{name}" for name in VALUES)
    return copying.tell(
        f"UPDATE plans_plan p SET {sets} FROM unnest({arrays}) AS w(id, {', '.join(VALUES)}) WHERE p.id = w.id",  # noqa: S608
        [list(column) for column in zip(*moved, strict=True)],
    )


def _needs(rows: Sequence[Incoming], area_id: UUID, source: Source) -> None:
    """The needs seen on census day; a resubmission replaces its own day's picture."""
    if source.again:
        copying.tell(
            "DELETE FROM plans_need WHERE census_on = %s AND plan_id = ANY(%s::uuid[])"
            " AND person_id = ANY(%s::uuid[]) AND team_id = ANY(%s::uuid[])",
            [source.census_on, *_keys(rows)],
        )
    lines = [
        f"{copying.new_id()}\t{row.team_id}\t{row.person_id}\t{row.plan_id}\t{copying.cell(kind)}\t{rank}"
        for row in rows
        for kind, rank in row.needs
    ]
    columns = ("id", "team_id", "person_id", "plan_id", "kind", "rank")
    copying.copy("plans_need", columns, lines, constant={"area_id": area_id, "census_on": source.census_on})


def _keys(rows: Sequence[Incoming]) -> list[list[str]]:
    return [
        [row.plan_id for row in rows],
        list({row.person_id for row in rows}),
        list({row.team_id for row in rows}),
    ]


def _note(area_id: UUID, by: UUID, at: datetime, source: Source, done: Loaded) -> None:
    journal.record(
        "plans.loaded",
        by=by,
        at=at,
        area_id=area_id,
        origin=Origin.IMPORTED,
        detail={"source": source.fingerprint, "added": done.added, "changed": done.changed},
    )
