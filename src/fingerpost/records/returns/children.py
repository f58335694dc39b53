# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose record is it? Matches the children of a batch with those held, by number, else by names and birth date."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.cases import copying
from fingerpost.records.cases.differing import Question
from fingerpost.records.cases.loading import plain
from fingerpost.rules.returns.records import PersonRecord

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
SAME_OR_TWO = ("same child, a typing error", "two children, one wrong number")
JOIN_OR_APART = ("join, keeping both numbers", "twins or namesakes: keep apart")


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


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a new child's record begins: the team that holds it, the district, and an officer for its cases."""

    team_id: UUID
    district_id: UUID | None = None
    officer_id: UUID | None = None


PlaceOf = Callable[[PersonRecord], Placing]


@dataclass(slots=True)
class Matched:
    """One record of the return and the child it is about. `apart`: too doubtful to load anything of it."""

    record: PersonRecord
    child: Child
    is_new: bool
    placing: Placing | None = None
    apart: bool = False
    in_doubt: bool = False
    questions: list[Question] = field(default_factory=list)


class Register:
    """The children that a batch may be about, by every way they can be found."""

    def __init__(self, area_id: UUID, records: Sequence[PersonRecord], used: set[str]) -> None:
        self.by_upn: dict[str, Child] = {}
        self.by_uln: dict[str, Child] = {}
        self.by_names: dict[tuple[str, str, date], list[Child]] = {}
        self.used = used  # children this file has spoken of: two records without a number are two children
        for child in _held(area_id, records):
            self.know(child)

    def know(self, child: Child) -> None:
        if child.upn:
            self.by_upn[child.upn] = child
        if child.uln:
            self.by_uln[child.uln] = child
        self.by_names.setdefault(_names(child.surname, child.forename, child.born_on), []).append(child)

    def match(self, record: PersonRecord, place_of: PlaceOf) -> Matched:
        """By UPN, else ULN, else names and birth date; else a new child."""
        found = self.by_upn.get(record.upn or "") or self.by_uln.get(record.uln or "")
        matched = (
            _by_number(record, found) if found else self._by_names(record) or self._new(record, place_of)
        )
        if not matched.apart:
            self.used.add(matched.child.id)
        return matched

    def _by_names(self, record: PersonRecord) -> Matched | None:
        free = [child for child in self._namesakes(record) if child.id not in self.used]
        joinable = [child for child in free if _no_conflict(record, child)]
        if len(joinable) != 1:
            return None
        child = joinable[0]
        return Matched(record, child, is_new=False)

    def _namesakes(self, record: PersonRecord) -> list[Child]:
        return self.by_names.get(_names(record.surname, record.forename, record.birth_on), [])

    def _new(self, record: PersonRecord, place_of: PlaceOf) -> Matched:
        placing = place_of(record)
        child = _child_of(record, copying.new_id(), placing.team_id.hex)
        matched = Matched(record, child, is_new=True, placing=placing)
        others = [one for one in self._namesakes(record) if one.id not in self.used]
        if others:
            both = any(one.upn or one.uln for one in others) and bool(record.upn or record.uln)
            pattern = "two-numbers" if both else "namesake-without-number"
            message = (
                "a child with the same names and birth date is held already, under another number or none"
            )
            matched.questions.append(Question(pattern, record.line, message, JOIN_OR_APART))
        self.know(child)
        return matched


def _names(surname: str, forename: str, born_on: date) -> tuple[str, str, date]:
    return surname.casefold(), forename.casefold(), born_on


def _held(area_id: UUID, records: Sequence[PersonRecord]) -> Iterable[Child]:
    rows = copying.ask(
        HELD,
        [
            area_id,
            [record.upn for record in records if record.upn],
            area_id,
            [record.uln for record in records if record.uln],
            area_id,
            [record.birth_on for record in records],
            [record.surname for record in records],
        ],
    )
    return (Child(plain(row[0]), plain(row[1]), *row[2:]) for row in rows)


def _by_number(record: PersonRecord, child: Child) -> Matched:
    """The number says it is this child; the rest must not say otherwise."""
    names = (record.surname.casefold(), record.forename.casefold())
    held = (child.surname.casefold(), child.forename.casefold())
    differs = [
        *(["birth date"] if record.birth_on != child.born_on else []),
        *(["names"] if names[0] != held[0] and names[1] != held[1] else []),
        *(["forename"] if names[1] != held[1] and names[0] == held[0] else []),
        *(["surname"] if names[0] != held[0] and names[1] == held[1] else []),
        *(["sex"] if record.sex and child.sex and record.sex != child.sex else []),
    ]
    matched = Matched(record, child, is_new=False, in_doubt=bool(differs))
    if differs:
        matched.apart = "birth date" in differs and len(differs) > 1
        message = f"the number belongs to a child held with another {' and '.join(differs)}"
        if matched.apart:
            message += "; nothing of this record was loaded"
        matched.questions.append(Question("number-twice", record.line, message, SAME_OR_TWO))
    return matched


def _no_conflict(record: PersonRecord, child: Child) -> bool:
    upn = not (record.upn and child.upn and record.upn != child.upn)
    uln = not (record.uln and child.uln and record.uln != child.uln)
    numbers = bool(record.upn or record.uln) and bool(child.upn or child.uln)
    sex = not (record.sex and child.sex and record.sex != child.sex)
    return upn and uln and sex and not numbers


def _child_of(record: PersonRecord, child_id: str, team_id: str) -> Child:
    return Child(
        child_id,
        team_id,
        record.surname,
        record.forename,
        record.birth_on,
        record.sex or "",
        record.ethnicity or "",
        record.postcode or "",
        record.upn,
        record.uln,
        record.upn_unknown or "",
    )


def write(matched: Sequence[Matched], *, area_id: UUID, at: datetime, newest: bool) -> tuple[int, int]:
    """Add new children; bring those held to what the newest return says. How many of each."""
    fresh = [_line(one) for one in matched if one.is_new]
    added = copying.copy("people_person", COLUMNS, fresh, constant={"area_id": area_id, "created_at": at})
    changed = [row for one in matched if not one.is_new and not one.in_doubt and (row := _newer(one, newest))]
    if changed:
        copying.tell(
            "UPDATE people_person p SET surname = w.surname, forename = w.forename, sex = w.sex,"
            " ethnicity = w.ethnicity, postcode = w.postcode, upn = w.upn, uln = w.uln, upn_unknown = w.unknown"
            " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
            " %s::text[], %s::text[]) AS w(id, surname, forename, sex, ethnicity, postcode, upn, uln, unknown)"
            " WHERE p.id = w.id",
            [list(column) for column in zip(*changed, strict=True)],
        )
    return added, len(changed)


def _line(one: Matched) -> str:
    child, placing = one.child, one.placing
    district = placing.district_id if placing else None
    return copying.line(
        (
            child.id,
            child.team_id,
            district,
            child.surname,
            child.forename,
            child.born_on,
            child.sex,
            child.ethnicity,
            child.postcode,
            child.upn,
            child.uln,
            child.upn_unknown,
        )
    )


def _newer(one: Matched, newest: bool) -> tuple[object, ...] | None:
    """What the child's row should be; an older return only fills gaps."""
    child, record = one.child, one.record
    before = (child.surname, child.forename, child.sex, child.ethnicity, child.postcode, child.upn, child.uln)
    said = (
        record.surname,
        record.forename,
        record.sex,
        record.ethnicity,
        record.postcode,
        record.upn,
        record.uln,
    )
    after = tuple(new or old if newest else old or new for new, old in zip(said, before, strict=True))
    unknown = "" if after[5] or after[6] else (record.upn_unknown or child.upn_unknown)
    if (*after, unknown) == (*before, child.upn_unknown):
        return None
    return (child.id, *after, unknown)
