# SPDX-License-Identifier: AGPL-3.0-or-later
"""What returns left in doubt, as the review pages show it: the list, and one item with every decision about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.held import deciding, effects
from fingerpost.records.returns.models import HeldDecision, HeldItem, SourceRecord

STATES = ("open", "decided")


@dataclass(frozen=True, slots=True)
class HeldFilters:
    """What the list is narrowed to; an empty state means both."""

    state: str = "open"
    pattern: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One line of the list."""

    id: UUID
    forename: str
    surname: str
    pattern: str
    question: str
    year: int
    state: str
    decision: str


@dataclass(frozen=True, slots=True)
class HeldPage:
    """One page of the list."""

    rows: tuple[HeldRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PatternCount:
    """How many items of one pattern are open."""

    pattern: str
    open: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given."""

    name: str
    asks_day: bool
    changes_facts: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision; `choice` is empty where the question was opened again."""

    choice: str
    on: date | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Description:
    """One child as one source describes them."""

    surname: str
    forename: str
    born_on: date
    sex: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldItemView:
    """One item: whose, what is asked, what may be answered, and the decisions so far, newest first."""

    id: UUID
    area_id: UUID
    person_id: UUID
    case_id: UUID | None
    forename: str
    surname: str
    pattern: str
    question: str
    year: int
    line: int
    state: str
    about: tuple[
        Description, ...
    ]  # where it is in doubt whose record it is: who is held, and whom the return names
    choices: tuple[Choice, ...]
    decisions: tuple[DecisionRow, ...]
    may_decide: bool


FIELDS = (
    "pk",
    "person__forename",
    "person__surname",
    "pattern",
    "question",
    "file__year",
    "state",
    "decision",
)


def held_page(sight: Sight, *, filters: HeldFilters, page: int = 1, size: int = 25) -> HeldPage:
    """Two queries: how many, and one page of them by name."""
    rows = _filtered(sight, filters)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    ordered = rows.order_by("person__surname", "person__forename", "person_id", "pattern", "line", "pk")
    shown = ordered[(page - 1) * size : page * size].values_list(*FIELDS)
    return HeldPage(tuple(HeldRow(*values) for values in shown), total, page, pages)


def open_patterns(sight: Sight) -> tuple[PatternCount, ...]:
    """How many of each pattern are open, most first. One query."""
    rows = _of(sight).filter(state="open").values("pattern")
    counted = rows.annotate(open=Count("pk")).order_by("-open", "pattern")
    return tuple(PatternCount(**row) for row in cast(Iterable[dict[str, object]], counted))  # type: ignore[arg-type]


def held_item(item_id: UUID, sight: Sight) -> HeldItemView:
    """Three queries at most. Raises HeldItem.DoesNotExist for an item this user may not see."""
    item = visible(item_id, sight)
    may = sight.may(deciding.permission(item.pattern)) and sight.changes(
        area_id=item.area_id, team_id=item.team_id
    )
    return HeldItemView(
        id=item.pk,
        area_id=item.area_id,
        person_id=item.person_id,
        case_id=item.case_id,
        forename=item.person.forename,
        surname=item.person.surname,
        pattern=item.pattern,
        question=item.question,
        year=item.file.year,
        line=item.line,
        state=item.state,
        about=_about(item, sight) if item.pattern in deciding.IDENTITY else (),
        choices=tuple(_choice(item, name) for name in item.offer),
        decisions=_decisions(item),
        may_decide=may,
    )


def visible(item_id: UUID, sight: Sight) -> HeldItem:
    """The item with its child, case and file, if this user may see it."""
    rows = HeldItem.objects.visible_to(sight).select_related("person", "case", "file")
    return cast(HeldItem, rows.get(pk=item_id))


def _of(sight: Sight) -> "QuerySet[HeldItem]":
    """What this reader may decide: whose record it is, is for data officers alone."""
    rows = HeldItem.objects.visible_to(sight)
    if not sight.may(access.DECIDE_IDENTITY):
        rows = rows.exclude(pattern__in=deciding.IDENTITY)
    return rows  # type: ignore[return-value]


def _filtered(sight: Sight, filters: HeldFilters) -> "QuerySet[HeldItem]":
    rows = _of(sight)
    if filters.state in STATES:
        rows = rows.filter(state=filters.state)
    if filters.pattern:
        rows = rows.filter(pattern=filters.pattern)
    for word in filters.text.split()[:5]:
        rows = rows.filter(Q(person__surname__istartswith=word) | Q(person__forename__istartswith=word))
    return rows


def _about(item: HeldItem, sight: Sight) -> tuple[Description, ...]:
    """The child as held, then as the return says at that line; alone if the return's record is not held."""
    child = item.person
    numbers = tuple(number for number in (child.upn, child.uln) if number)
    held = Description(child.surname, child.forename, child.born_on, child.sex or "", numbers)
    rows = SourceRecord.objects.visible_to(sight).filter(file_id=item.file_id, line=item.line)
    return (held, *(_described(said) for said in rows.values_list("record", flat=True)[:1]))


def _described(said: Mapping[str, Any]) -> Description:
    numbers = tuple(str(said[name]) for name in ("upn", "uln") if said.get(name))
    born_on = date.fromisoformat(said["birth_on"])
    return Description(said["surname"], said["forename"], born_on, said.get("sex") or "", numbers)


def _choice(item: HeldItem, name: str) -> Choice:
    return Choice(name, deciding.asks_day(name), effects.changes_facts(item.pattern, name))


def _decisions(item: HeldItem) -> tuple[DecisionRow, ...]:
    rows = HeldDecision.objects.filter(team_id=item.team_id, person_id=item.person_id, item=item)
    fields = ("choice", "on", "reason", "by__name", "at")
    return tuple(DecisionRow(*values) for values in rows.order_by("-turn").values_list(*fields))
