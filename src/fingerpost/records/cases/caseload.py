# SPDX-License-Identifier: AGPL-3.0-or-later
"""The caseload list: which cases, most urgent first, and how many duties are overdue. Four queries at any size."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.aggregates import Count

from fingerpost.records.cases.filtering import Filters, filtered, late, of_officer, of_the_list, running, soon
from fingerpost.records.cases.models import Case, Clock, Stage, Standing
from fingerpost.records.people.sight import Sight


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line: the child, and the duty that presses most among those asked for."""

    case_id: UUID
    person_id: UUID
    forename: str
    surname: str
    born_on: date
    officer: str | None
    stage: str
    stage_label: str
    duty: str | None
    due_on: date | None
    days_late: int | None  # more than 0: late; 0 or less: days still to go, as a negative number
    as_at_on: date | None


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """One page of the list."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DutyCount:
    """For the list's head."""

    duty: str
    overdue: int
    due_soon: int
    open: int


def caseload(
    sight: Sight, *, filters: Filters, today: date, sort: str = "urgent", page: int = 1, size: int = 25
) -> CaseloadPage:
    """Three queries: how many, one page of them, and the clocks that press most among those."""
    rows = filtered(sight, filters, today)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    shown = list(_ordered(rows, sort, filters, today)[(page - 1) * size : page * size].values_list(*FIELDS))
    pressing = _pressing(shown, filters, today)
    return CaseloadPage(tuple(_row(values, pressing, today) for values in shown), total, page, pages)


def counts(sight: Sight, *, today: date, officer: str = "") -> tuple[DutyCount, ...]:
    """One query over the open clocks that this user may see; of one officer's cases, or of nobody's, if asked."""
    rows = (
        Clock.objects.visible_to(sight)
        .filter(running(today), of_officer(officer, "case__"))
        .values("duty")
        .annotate(
            overdue=Count("id", filter=late(today)),
            due_soon=Count("id", filter=soon(today)),
            open=Count("id"),
        )
        .order_by("duty")
    )
    return tuple(DutyCount(**row) for row in rows)


def _ordered(rows: "QuerySet[Case]", sort: str, filters: Filters, today: date) -> "QuerySet[Case]":
    names = ("person__surname", "person__forename", "pk")
    orders = {
        "name": names,
        "born": ("person__born_on", *names),
        "request": (F("request_received_on").desc(nulls_last=True), *names),
    }
    key = sort.removeprefix("-")
    if key not in orders:
        rows = _with_first_day(rows, filters, today)
    ordered = rows.order_by(*orders.get(key, (F("due_on").asc(nulls_last=True), *names)))
    return ordered.reverse() if sort.startswith("-") else ordered


def _with_first_day(rows: "QuerySet[Case]", filters: Filters, today: date) -> "QuerySet[Case]":
    mine = Clock.objects.filter(
        of_the_list(filters, today),
        team_id=OuterRef("team_id"),
        person_id=OuterRef("person_id"),
        case_id=OuterRef("pk"),
    )
    first = mine.order_by(F("due_on").asc(nulls_last=True)).values("due_on")[:1]
    return rows.annotate(due_on=Subquery(first))


FIELDS = (
    *(
        "pk",
        "team_id",
        "person_id",
        "person__forename",
        "person__surname",
        "person__born_on",
        "officer__name",
    ),
    "stage",
)
CLOCK = ("case_id", "duty", "due_on", "as_at_on", "days_late", "standing", "verdict")
Pressing = dict[UUID, tuple[Any, ...]]


def _pressing(shown: list[tuple[Any, ...]], filters: Filters, today: date) -> Pressing:
    """For each case shown, the clock whose day comes first."""
    clocks = Clock.objects.filter(
        of_the_list(filters, today),
        team_id__in={values[1] for values in shown},
        person_id__in={values[2] for values in shown},
        case_id__in={values[0] for values in shown},
    )
    found: Pressing = {}
    for case_id, *clock in clocks.order_by(F("due_on").asc(nulls_last=True), "duty").values_list(*CLOCK):
        found.setdefault(case_id, tuple(clock))
    return found


def _row(values: tuple[Any, ...], pressing: Pressing, today: date) -> CaseRow:
    case_id, _, person_id, forename, surname, born_on, officer, stage = values
    duty, due_on, as_at, late, standing, verdict = pressing.get(case_id, (None,) * 6)
    if verdict == "unknown" and due_on is not None and due_on < today:
        due_on = None  # nobody knows whether that day bound anybody
    if standing == Standing.OPEN and isinstance(due_on, date):
        late = (today - due_on).days
    return CaseRow(
        case_id=case_id,
        person_id=person_id,
        forename=forename,
        surname=surname,
        born_on=born_on,
        officer=officer,
        stage=stage,
        stage_label=Stage(stage).label,
        duty=duty,
        due_on=due_on,
        days_late=late,
        as_at_on=as_at,
    )
