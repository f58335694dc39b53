# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands in the way of a return, as far as a reader may see: counted, listed, and followed over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from fingerpost.records.accounts.models import Team
from fingerpost.records.foundation.models import Area
from fingerpost.records.people.models import AboutAChild
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.models import Finding, Level, ReadinessRun

SIZE = 25
DAYS = 30  # of the trend at most
NOBODY, MINE = "nobody", "mine"
NAMES = ("person__surname", "person__forename", "rule", "item", "nth", "pk")
ORDERS: dict[str, tuple[Any, ...]] = {
    "level": ("level", *NAMES),
    "name": NAMES,
    "rule": ("rule", *NAMES),
    "team": ("team__name", *NAMES),
    "officer": (F("case__officer__name").asc(nulls_last=True), *NAMES),
    "since": ("first_seen_on", *NAMES),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. `officer` is a user's id, or NOBODY."""

    rule: str = ""
    level: str = ""
    team: str = ""
    officer: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, with the child and whose hands the case is in."""

    person_id: UUID | None
    case_id: UUID | None
    surname: str | None
    forename: str | None
    upn: str | None
    team: str | None
    officer: str | None
    rule: str
    level: str
    item: str
    message: str
    first_seen_on: date


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """One page of the list."""

    rows: tuple[FindingRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule is broken, and by how many children's records."""

    rule: str
    level: str
    count: int
    children: int


@dataclass(frozen=True, slots=True)
class HandsCount:
    """What lies in the hands of one officer, or of nobody, in one team."""

    team_id: UUID | None
    team: str | None
    officer_id: UUID | None
    officer: str | None
    errors: int
    queries: int


@dataclass(frozen=True, slots=True)
class Point:
    """How much stood in the way on one day."""

    on: date
    errors: int
    queries: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One assessment of the whole area."""

    on: date
    at: datetime
    persons: int
    errors: int
    queries: int
    rule_book: str
    by: str


# -- where ----------------------------------------------------------------------------------------------------------


def areas_of(sight: Sight) -> tuple[Area, ...]:
    """The areas that a reader works for, whole or in a team."""
    of_teams = Team.objects.filter(pk__in=sight.teams).values("area_id")
    return tuple(Area.objects.filter(Q(pk__in=sight.areas) | Q(pk__in=of_teams)).order_by("la_number"))


def of_case(case_id: UUID, person_id: UUID, sight: Sight) -> tuple[FindingRow, ...]:
    """What the area's newest check says of one case, and of its child as a whole: errors first. One query."""
    newest = ReadinessRun.objects.filter(area_id=OuterRef("area_id")).order_by("-year").values("year")[:1]
    stand = Finding.objects.visible_to(sight).filter(person_id=person_id, gone_on=None, year=Subquery(newest))
    return _rows(_ordered(stand.filter(Q(case_id=case_id) | Q(case_id=None)), "level"))


# -- counted --------------------------------------------------------------------------------------------------------


def standing(sight: Sight, area_id: UUID, year: int) -> AboutAChild:
    """What stands in the way now."""
    return Finding.objects.visible_to(sight).filter(area_id=area_id, year=year, gone_on=None)


def by_rule(sight: Sight, area_id: UUID, year: int) -> tuple[RuleCount, ...]:
    """Errors first, the most frequent first."""
    rows = (
        standing(sight, area_id, year)
        .values("rule", "level")
        .annotate(count=Count("pk"), children=Count("person_id", distinct=True))
        .order_by("level", "-count", "rule")
    )
    return tuple(RuleCount(**row) for row in rows)


def by_hands(sight: Sight, area_id: UUID, year: int) -> tuple[HandsCount, ...]:
    """Every team and officer with something to mend; what is nobody's comes last in its team."""
    rows = (
        standing(sight, area_id, year)
        .values("team_id", "case__officer_id", "team__name", "case__officer__name")
        .annotate(
            errors=Count("pk", filter=Q(level=Level.ERROR)), queries=Count("pk", filter=Q(level=Level.QUERY))
        )
        .order_by(F("team__name").asc(nulls_last=True), F("case__officer__name").asc(nulls_last=True))
    )
    return tuple(
        HandsCount(
            row["team_id"], row["team__name"], row["case__officer_id"], row["case__officer__name"],
            row["errors"], row["queries"],
        )
        for row in rows
    )  # fmt: skip


def trend(sight: Sight, area_id: UUID, year: int) -> tuple[Point, ...]:
    """How much stood in the way at the end of each day on which the record was assessed. Two queries."""
    runs = ReadinessRun.objects.filter(area_id=area_id, year=year)
    days = sorted(runs.order_by("-on").values_list("on", flat=True).distinct()[:DAYS])
    if not days:
        return ()
    rows = Finding.objects.visible_to(sight).filter(area_id=area_id, year=year)
    counts = rows.aggregate(**dict(_counts(days)))
    return tuple(Point(on, counts[f"error{n}"], counts[f"query{n}"]) for n, on in enumerate(days))


def _counts(days: list[date]) -> Iterable[tuple[str, Count]]:
    for n, on in enumerate(days):
        stood = Q(first_seen_on__lte=on) & (Q(gone_on=None) | Q(gone_on__gt=on))
        for level in Level.values:
            yield f"{level}{n}", Count("pk", filter=stood & Q(level=level))


def runs(area_id: UUID, year: int, *, most: int = DAYS) -> tuple[RunRow, ...]:
    """The latest assessments, newest first."""
    rows = ReadinessRun.objects.filter(area_id=area_id, year=year).order_by("-at")[:most]
    fields = ("on", "at", "persons", "errors", "queries", "rule_book", "by__name")
    return tuple(RunRow(*row) for row in rows.values_list(*fields))


# -- listed ---------------------------------------------------------------------------------------------------------


def page(
    sight: Sight, area_id: UUID, year: int, *, filters: Filters, sort: str = "level", number: int = 1
) -> FindingsPage:
    """Two queries: how many, and one page of them."""
    rows = _filtered(sight, area_id, year, filters)
    total = rows.count()
    pages = max(1, -(-total // SIZE))
    number = min(max(1, number), pages)
    shown = _ordered(rows, sort)[(number - 1) * SIZE : number * SIZE]
    return FindingsPage(_rows(shown), total, number, pages)


def every(
    sight: Sight, area_id: UUID, year: int, *, filters: Filters, sort: str = "level"
) -> tuple[FindingRow, ...]:
    """The whole list, for a sheet to work through."""
    return _rows(_ordered(_filtered(sight, area_id, year, filters), sort))


def _filtered(sight: Sight, area_id: UUID, year: int, filters: Filters) -> AboutAChild:
    rows = standing(sight, area_id, year)
    exact = {"rule": filters.rule, "level": filters.level, "team_id": filters.team}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.officer:
        rows = rows.filter(case__officer_id=None if filters.officer == NOBODY else filters.officer)
    for word in filters.text.split()[:5]:
        rows = rows.filter(
            Q(person__surname__istartswith=word)
            | Q(person__forename__istartswith=word)
            | Q(person__upn=word.upper())
        )
    return rows


def _ordered(rows: AboutAChild, sort: str) -> AboutAChild:
    ordered = rows.order_by(*ORDERS.get(sort.removeprefix("-"), ORDERS["level"]))
    return ordered.reverse() if sort.startswith("-") else ordered


def _rows(rows: AboutAChild) -> tuple[FindingRow, ...]:
    fields = (
        *("person_id", "case_id", "person__surname", "person__forename", "person__upn", "team__name"),
        *("case__officer__name", "rule", "level", "item", "message", "first_seen_on"),
    )
    return tuple(FindingRow(*row) for row in rows.values_list(*fields))
