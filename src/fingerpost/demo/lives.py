# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told of each made-up child: who it is, each request and everything that followed from it."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from fingerpost.demo.postcodes import District

Value = TypeVar("Value")


def known(value: Value | None) -> Value:
    """What this life is sure to have; a gap is a fault of the making."""
    if value is None:
        raise LookupError("a made-up life lacks a day or a record that its story needs")
    return value


@dataclass(slots=True)
class Review:
    met_on: date
    decided_on: date | None = None
    outcome: str | None = None
    draft_on: date | None = None


@dataclass(slots=True)
class Stay:
    """Time at one setting; `kind` is the published placement column it counts in."""

    kind: str
    entered_on: date
    left_on: date | None = None
    urn: str | None = None
    residential: str | None = None
    work_based: str | None = None


@dataclass(slots=True)
class Plan:
    started_on: date
    held_from: int
    """First return that holds the plan."""
    moved_from: str | None = None
    moved_in: int | None = None
    """Activity year of the move."""
    ceased_on: date | None = None
    cease_reason: str | None = None
    budget: bool = False
    direct_payment: str | None = None
    needs: tuple[str, ...] = ()
    stays: list[Stay] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    phase_due_on: date | None = None
    phase_final_on: date | None = None


@dataclass(slots=True)
class Request:
    """One request; `decision` and `assessment` are what was decided in the end, with A for still open."""

    received_on: date | None
    decision: str = "Y"
    decided_on: date | None = None
    assessment: str | None = None
    assessed_on: date | None = None
    source: str = "2"
    in_custody: bool = False
    mediation: bool = False
    tribunal: bool = False
    assessment_mediation: bool = False
    assessment_tribunal: bool = False
    other_mediation: bool = False
    other_tribunal: bool = False
    exception: bool = False
    agreed: bool = False
    """Decided to make a plan that is not made yet."""
    withdrawn_on: date | None = None
    moved_to: str | None = None
    moved_on: date | None = None
    held_from: int = 0
    """First return that may hold the request, where it came late to the books."""
    plan: Plan | None = None


@dataclass(slots=True)
class Child:
    forename: str = ""
    surname: str = ""
    birth_on: date = date.min
    sex: str = "M"
    ethnicity: str = "WBRI"
    district: District | None = None
    postcode: str = ""
    upn: str | None = None
    upn_missing: str | None = None
    requests: list[Request] = field(default_factory=list)

    @property
    def plan(self) -> Plan | None:
        return next((request.plan for request in self.requests if request.plan), None)


def age_on(birth_on: date, day: date) -> int:
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def school_age(birth_on: date, year: int = 2024) -> int:
    """Age on 31 August of the year."""
    return year - birth_on.year - (birth_on.month >= 9)
