# SPDX-License-Identifier: Apache-2.0
"""The rule book of the SEN2 check: each rule as data, and the mark by which a function says which rule it carries."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from fingerpost.rules.returns.layout import Layout, table
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
)

ERROR, QUERY = "error", "query"
DATA = ("rulebook.csv", "codes.csv", "shapes.toml", "authorities.csv")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `dfe_number` is empty until the Department's own numbers are known."""

    number: str
    level: str
    record: str
    items: tuple[str, ...]
    fault: str
    remedy: str
    evidence: str
    first_year: int
    last_year: int
    dfe_number: str


class Break(NamedTuple):
    """A rule is broken: by which value (None: by there being none), and where it differs from the rule's own words."""

    value: object = None
    item: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Establishment:
    """What the schools register says of one URN."""

    type_code: str
    sen_unit: bool = False
    resourced: bool = False


class Scene:
    """Where the check stands: the year, and the records around the one looked at; one object, moved along."""

    __slots__ = (
        "active", "assessment", "authorities", "born", "census", "la", "of_age", "person", "plan", "plan_active",
        "register", "request", "start", "year", "year_ago",
    )  # fmt: skip

    def __init__(self, layout: Layout, la: str, register: Mapping[str, Establishment] | None = None) -> None:
        self.year = layout.year
        self.census = layout.census_on
        self.year_ago = layout.census_on.replace(year=layout.year - 1)
        self.start = layout.activity_from
        self.of_age = date(layout.year - 26, 8, 31)  # who was born by then was 25 on the last 31 August
        self.authorities = layout.authorities
        self.la = la
        self.register = register
        self.born: date | None = None
        self.person: PersonRecord
        self.request: RequestRecord
        self.assessment: AssessmentRecord | None = None
        self.plan: NamedPlanRecord | None = None
        self.active: ActivePlanRecord | None = None
        self.plan_active = False

    def enter(self, request: RequestRecord) -> None:
        """Move to a request and what hangs on it."""
        self.request = request
        self.assessment = assessment = request.assessment
        self.plan = plan = assessment.plan if assessment is not None else None
        self.active = request.active
        self.plan_active = plan is not None and is_active(plan, self.census)


def is_active(plan: NamedPlanRecord, on: date) -> bool:
    """Started by that day and not ended by it."""
    if plan.started_on is None or plan.started_on > on:
        return False
    return plan.ceased_on is None or plan.ceased_on > on


MISSING = Break()
Test = Callable[[Any, Scene], Break | None]
Asked = Callable[[Any, Scene], bool]


@dataclass(frozen=True, slots=True)
class Marked:
    """A test, and marks that say which records it can find fault with: the others are not put to it."""

    test: Test
    given: str | None = None
    absent: str | None = None
    when: Asked | None = None
    outcomes: str | None = None

    def speaks_of(self, outcome: str) -> bool:
        """Can records with this outcome (empty: none is given, or there is none) break the rule?"""
        return self.outcomes is None or (outcome in self.outcomes if outcome else not self.outcomes)


TESTS: dict[str, Marked] = {}


def carries(
    number: str,
    *,
    given: str | None = None,
    absent: str | None = None,
    when: Asked | None = None,
    outcomes: str | None = None,
) -> Callable[[Test], Test]:
    """Mark a function as the test of a rule: from a record and the scene it says how the rule is broken.

    The marks spare calls; without them the findings are the same. `given` and `absent` name a field without which, or
    with which, a record cannot break the rule; `when` is asked once for all tests that name it; `outcomes` are those
    with which it can be broken, none of them (an empty text) meaning: only without an outcome.
    """

    def mark(test: Test) -> Test:
        TESTS[number] = Marked(test, given, absent, when, outcomes)
        return test

    return mark


@cache
def version() -> str:
    """Twelve digits that change whenever the book, a code set or a shape does."""
    data = files(__package__)
    digest = hashlib.sha256(b"".join(data.joinpath(name).read_bytes() for name in DATA))
    return digest.hexdigest()[:12]


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its number, in the order of the book."""
    return {row["rule"]: _rule(row) for row in table("rulebook.csv")}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        number=row["rule"],
        level=row["level"],
        record=row["record"],
        items=tuple(row["items"].split()),
        fault=row["fault"],
        remedy=row["remedy"],
        evidence=row["evidence"],
        first_year=int(row["first_year"]),
        last_year=int(row["last_year"] or 9999),
        dfe_number=row["dfe_number"],
    )


def in_force(year: int) -> dict[str, Rule]:
    """The rules of one year's return. In 2023 work-based learning stood in ActivePlans."""
    held = {n: rule for n, rule in rules().items() if rule.first_year <= year <= rule.last_year}
    if year == 2023:
        held["L523"] = replace(held["L523"], record="ActivePlans")
    return held
