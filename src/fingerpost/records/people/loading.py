# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bulk verbs about children: find those that a list may be about, add new ones, bring others to what is known now.

For callers who keep the journal themselves, one entry a batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.foundation import copying
from fingerpost.records.foundation.copying import plain

FIELDS = (
    "id::text, team_id::text, surname, forename, born_on, sex, ethnicity, postcode, upn, uln, upn_unknown"
)
# One index each: joined by OR, PostgreSQL would read every child of the area instead.
HELD = " UNION ".join(
    f"SELECT {FIELDS} FROM people_person p WHERE {found}"  # noqa: S608
    for found in (
        "p.area_id = %s AND p.upn = ANY(%s)",
        "p.area_id = %s AND p.uln = ANY(%s)",
        "(p.area_id, p.born_on, p.surname) IN (SELECT %s::uuid, * FROM unnest(%s::date[], %s::text[]))",
    )
)
COLUMNS = (
    *("id", "team_id", "district_id", "surname", "forename", "born_on", "sex", "ethnicity", "postcode"),
    *("upn", "uln", "upn_unknown"),
)
CHANGE = (
    "UPDATE people_person p SET surname = w.surname, forename = w.forename, sex = w.sex,"
    " ethnicity = w.ethnicity, postcode = w.postcode, upn = w.upn, uln = w.uln, upn_unknown = w.unknown"
    " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
    " %s::text[], %s::text[]) AS w(id, surname, forename, sex, ethnicity, postcode, upn, uln, unknown)"
    " WHERE p.id = w.id"
)


@dataclass(slots=True)
class Child:
    """A child as held, or about to be."""

    id: str
    team_id: str
    surname: str
    forename: str
    born_on: date
    sex: str
    ethnicity: str
    postcode: str
    upn: str | None
    uln: str | None
    upn_unknown: str

    def known(self) -> tuple[str | None, ...]:
        """What a newer list may change, in the order of Change."""
        return self.surname, self.forename, self.sex, self.ethnicity, self.postcode, self.upn, self.uln


@dataclass(frozen=True, slots=True)
class Clue:
    """What a record says of its child, to find it by."""

    upn: str | None
    uln: str | None
    born_on: date
    surname: str


Change = tuple[str | None, ...]  # id, surname, forename, sex, ethnicity, postcode, upn, uln, upn_unknown


def held(area_id: UUID, clues: Sequence[Clue]) -> Iterable[Child]:
    """Every child of the area with one of these numbers, or one of these surnames and birth dates. One query."""
    rows = copying.ask(
        HELD,
        [
            area_id,
            [clue.upn for clue in clues if clue.upn],
            area_id,
            [clue.uln for clue in clues if clue.uln],
            area_id,
            [clue.born_on for clue in clues],
            [clue.surname for clue in clues],
        ],
    )
    return (Child(plain(row[0]), plain(row[1]), *row[2:]) for row in rows)


def add(children: Iterable[tuple[Child, UUID | None]], *, area_id: UUID, at: datetime) -> int:
    """New children, each with its district where that is known."""
    lines = [_line(child, district_id) for child, district_id in children]
    return copying.copy("people_person", COLUMNS, lines, constant={"area_id": area_id, "created_at": at})


def _line(child: Child, district_id: UUID | None) -> str:
    number = (child.upn, child.uln, child.upn_unknown)
    who = (child.surname, child.forename, child.born_on, child.sex, child.ethnicity, child.postcode)
    return copying.line((child.id, child.team_id, district_id, *who, *number))


def change(changes: Sequence[Change]) -> int:
    """Children held already, brought to what is known now."""
    return copying.tell(CHANGE, [list(column) for column in zip(*changes, strict=True)]) if changes else 0
