# SPDX-License-Identifier: Apache-2.0
"""Who comes: districts, streams of requests, bands that go first, and the cases that are already here."""

from dataclasses import dataclass
from datetime import date

from fingerpost.rules.forecast.figures import NOTHING, ONE, Basis, Figure
from fingerpost.rules.forecast.spans import Span

EVEN_MONTHS = (1.0,) * 12
WEEKDAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class District:
    """A district, the locality it belongs to, and its share of the area's children."""

    name: str
    locality: str
    share: float


@dataclass(frozen=True, slots=True)
class Band:
    """Children who are ordered differently: a lower `order` goes first; `weight` days come off the due day."""

    name: str
    share: float
    order: int = 1
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    """Requests of one kind: how many a year, where they enter, how they grow and when in the year they come."""

    name: str
    enters: str
    yearly: Figure
    growth: Figure = ONE
    exceptions: Figure = NOTHING
    holiday_factor: float = 1.0
    months: tuple[float, ...] = EVEN_MONTHS
    weekdays: tuple[float, ...] = WEEKDAYS


@dataclass(frozen=True, slots=True)
class Token:
    """Where a live case stands: a step, the day it came there, and whether the work has been started."""

    step: str
    joined_on: date
    started: bool = False


@dataclass(frozen=True, slots=True)
class LiveCase:
    """A case open on the first day, with a stable number of its own; tokens of one fork if it is in several steps."""

    number: int
    clock_on: date
    tokens: tuple[Token, ...]
    district: str | None = None
    band: str | None = None
    excepted: bool = False


@dataclass(frozen=True, slots=True)
class Backlog:
    """Open cases of which only the count is known: ages since the clock start are spread over `age`."""

    name: str
    step: str
    count: int
    age: Span
    waited: Span | None = None
    started: bool = False
    others: tuple[str, ...] = ()
    basis: Basis = "stated"
    source: str = ""
