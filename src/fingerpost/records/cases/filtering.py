# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases a list is narrowed to, and which of their clocks it is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from fingerpost.records.cases.models import Case, Clock, Standing
from fingerpost.records.people.sight import Sight

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. `officer` may be a user's id or "nobody"."""

    duty: str = ""
    standing: str = ""
    officer: str = ""
    text: str = ""
    stage: str = ""


def late(today: date) -> Q:
    return Q(standing=Standing.OPEN, due_on__lt=today) & ~Q(verdict="unknown")


def soon(today: date) -> Q:
    return Q(standing=Standing.OPEN, due_on__gte=today, due_on__lte=today + SOON)


def _lapsed(today: date) -> Q:
    """Its day has gone by, and nobody knows whether it bound anybody."""
    return Q(standing=Standing.OPEN, due_on__lt=today, verdict="unknown")


def _unknown(today: date) -> Q:
    return Q(standing=Standing.UNKNOWN) | _lapsed(today)


def running(today: date) -> Q:
    return Q(standing=Standing.OPEN) & ~_lapsed(today)


def wanted(filters: Filters, today: date) -> Q:
    """Which kept clocks are asked for."""
    asked = {
        "overdue": late(today),
        "due_soon": soon(today),
        "open": running(today),
        "unknown": _unknown(today),
        "met": Q(standing=Standing.MET),
    }
    wanted = asked.get(filters.standing, Q())
    return wanted & Q(duty=filters.duty) if filters.duty else wanted


def of_officer(officer: str, before: str = "") -> Q:
    """Cases of one officer or of nobody; `before` is the way from the table asked to the case."""
    if not officer:
        return Q()
    return Q(**{f"{before}officer_id": None if officer == "nobody" else officer})


def filtered(sight: Sight, filters: Filters, today: date) -> "QuerySet[Case]":
    rows = Case.objects.visible_to(sight)
    if filters.duty or filters.standing:
        clocks = Clock.objects.visible_to(sight).filter(wanted(filters, today))
        rows = rows.filter(pk__in=clocks.values("case_id"))
    if filters.stage:
        rows = rows.filter(stage=filters.stage)
    rows = rows.filter(of_officer(filters.officer))
    for word in filters.text.split()[:5]:
        rows = rows.filter(
            Q(person__surname__istartswith=word)
            | Q(person__forename__istartswith=word)
            | Q(person__upn=word.upper())
        )
    return rows  # type: ignore[return-value]


def of_the_list(filters: Filters, today: date) -> Q:
    """The clocks that the list is about: those it asks for, else the open ones."""
    return wanted(filters, today) if filters.standing or filters.duty else running(today)
