# SPDX-License-Identifier: Apache-2.0
"""A scenario: everything a forecast starts from, immutable, checked on making, with a stable digest."""

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from fingerpost.rules.forecast import scenario_checks
from fingerpost.rules.forecast.demand import Backlog, Band, District, LiveCase, Stream
from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.resources import Injection, Loss, Pool, Rule
from fingerpost.rules.forecast.year import USUAL, SchoolYear

WHOLE_AREA = (District("whole area", "whole area", 1.0),)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One area from one day on: its pathway, staff, requests, open cases, and what is planned."""

    name: str
    starts_on: date
    pathway: Pathway
    pools: tuple[Pool, ...]
    streams: tuple[Stream, ...]
    districts: tuple[District, ...] = WHOLE_AREA
    bands: tuple[Band, ...] = ()
    rule: Rule = "first_joined"
    injections: tuple[Injection, ...] = ()
    losses: tuple[Loss, ...] = ()
    backlog: tuple[Backlog, ...] = ()
    live: tuple[LiveCase, ...] = ()
    school_year: SchoolYear = USUAL
    purpose: str = ""

    def __post_init__(self) -> None:
        scenario_checks.check(self)

    def but(self, **changes: Any) -> "Scenario":
        """A changed copy, checked again."""
        return dataclasses.replace(self, **changes)

    def digest(self) -> str:
        """A stable name of the content: equal scenarios have equal digests on every machine."""
        text = canonical(dataclasses.replace(self, name="-", purpose=""))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """(path, figure) for every figure of the scenario, in order of path."""
        yield from sorted(_figures("", self))

    def pool(self, name: str) -> Pool:
        """The pool of this name."""
        return next(pool for pool in self.pools if pool.name == name)


def canonical(value: object) -> str:
    """A text that is equal exactly when the content is; lists of named things are put in order of name."""
    if is_dataclass(value):
        inner = ",".join(f"{f.name}={canonical(getattr(value, f.name))}" for f in fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, tuple):
        items = sorted(value, key=lambda v: str(v.name)) if _named(value) else value
        return "[" + ",".join(canonical(item) for item in items) + "]"
    return repr(value)


def _named(value: tuple[object, ...]) -> bool:
    return bool(value) and all(hasattr(item, "name") for item in value)


def _figures(path: str, value: object) -> Iterator[tuple[str, Figure]]:
    if isinstance(value, Figure):
        yield path, value
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            name = str(getattr(item, "name", at))
            yield from _figures(f"{path}.{name}", item)
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            shown = "" if field.name == "steps" else field.name
            if not isinstance(inner, str | int | float | date | None):
                yield from _figures(f"{path}.{shown}".strip("."), inner)
