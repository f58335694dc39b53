# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose record is it? Matches the children of a batch with those held, by number, else by names and birth date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.cases.differing import Question
from fingerpost.records.foundation import copying
from fingerpost.records.people import loading as people
from fingerpost.records.people.loading import Child
from fingerpost.rules.returns.records import PersonRecord

SAME_OR_TWO = ("same child, a typing error", "two children, one wrong number")
JOIN_OR_APART = ("join, keeping both numbers", "twins or namesakes: keep apart")


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
        for child in people.held(area_id, [_clue(record) for record in records]):
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
        if found is None:
            matched = self._by_names(record) or self._new(record, place_of)
        else:
            matched = _spoken_of(record, found) if found.id in self.used else _by_number(record, found)
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


def _clue(record: PersonRecord) -> people.Clue:
    return people.Clue(record.upn, record.uln, record.birth_on, record.surname)


def _names(surname: str, forename: str, born_on: date) -> tuple[str, str, date]:
    return surname.casefold(), forename.casefold(), born_on


def _spoken_of(record: PersonRecord, child: Child) -> Matched:
    """An earlier person of the same return has this number: whether both are one child is for somebody to say."""
    message = "an earlier person of this return has the same number; nothing of this record was loaded"
    question = Question("number-twice", record.line, message, SAME_OR_TWO)
    return Matched(record, child, is_new=False, apart=True, in_doubt=True, questions=[question])


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
    fresh = [(one.child, one.placing.district_id if one.placing else None) for one in matched if one.is_new]
    added = people.add(fresh, area_id=area_id, at=at)
    changed = [row for one in matched if not one.is_new and not one.in_doubt and (row := _newer(one, newest))]
    return added, people.change(changed)


def _newer(one: Matched, newest: bool) -> people.Change | None:
    """What the child's row should be; an older return only fills gaps."""
    child, record = one.child, one.record
    names = (record.surname, record.forename, record.sex, record.ethnicity, record.postcode)
    pairs = zip((*names, record.upn, record.uln), child.known(), strict=True)
    after = tuple(new or old if newest else old or new for new, old in pairs)
    unknown = "" if after[5] or after[6] else (record.upn_unknown or child.upn_unknown)
    same = (*after, unknown) == (*child.known(), child.upn_unknown)
    return None if same else (child.id, *after, unknown)
