# SPDX-License-Identifier: Apache-2.0
"""Parts of a plan that hang on figures: how long steps take, shares of branches, exceptions, requests of each day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast import calendar_days, chance
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.plan import SHARE, Ints, Reals
from fingerpost.rules.forecast.plan_steps import Tables
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import shape_table, whole_table

MOST_A_DAY = 600.0  # requests; beyond this the chance of an empty day can no longer be told from nothing
Values = Mapping[str, float]
Row = NDArray[np.int32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One row of a table, and the figures it hangs on."""

    table: str
    row: int
    paths: tuple[str, ...]
    make: Callable[[Values], Row]


def span_parts(tables: Tables) -> list[Part]:
    parts = []
    for row, (path, span, factor) in enumerate(tables.spans):
        shape, level = shape_table(span.shape, span.numbers), f"{path}.level"

        def make(
            values: Values, shape: Reals = shape, level: str = level, factor: float = factor
        ) -> NDArray[np.int32]:
            return whole_table(shape, values[level] * factor)

        parts.append(Part("spans", row, (level,), make))
    return parts


def share_parts(tables: Tables) -> list[Part]:
    parts = []
    for row, path in tables.shares:

        def make(values: Values, row: int = row, path: str = path) -> Row:
            line: Ints = tables.steps[row].copy()
            line[SHARE] = threshold(values[path])
            return line

        parts.append(Part("steps", row, (path,), make))
    return parts


def exception_parts(scenario: Scenario) -> list[Part]:
    parts = []
    for row, stream in enumerate(sorted(scenario.streams, key=lambda stream: stream.name)):
        path = f"streams.{stream.name}.exceptions"

        def make(values: Values, path: str = path) -> Row:
            return np.array(threshold(values[path]), dtype=np.int32)

        parts.append(Part("excepted", row, (path,), make))
    return parts


def threshold(share: float) -> int:
    """A probability as a threshold for a 16-bit number."""
    return min(max(round(share * chance.SHARES), 0), chance.SHARES)


def rate_parts(scenario: Scenario, days: int) -> list[Part]:
    parts = []
    years = calendar_days.days_from(scenario.starts_on, days, scenario.school_year).years
    for row, stream in enumerate(sorted(scenario.streams, key=lambda stream: stream.name)):
        path = f"streams.{stream.name}"
        profile = calendar_days.requests_profile(
            scenario.starts_on,
            days,
            scenario.school_year,
            stream.holiday_factor,
            stream.months,
            stream.weekdays,
        )

        def make(values: Values, path: str = path, profile: Reals = profile) -> Row:
            rates: Reals = values[f"{path}.yearly"] * growing(profile, years, values[f"{path}.growth"])
            return rates

        parts.append(Part("rates", row, (f"{path}.yearly", f"{path}.growth"), make))
    return parts


def growing(profile: Reals, years: Reals, growth: float) -> Reals:
    return profile if growth == 1.0 else profile * np.exp(np.log(growth) * years)


def check_rates(streams: tuple[str, ...], rates: Row) -> None:
    for name, row in zip(streams, rates, strict=True):
        if float(row.max(initial=0.0)) > MOST_A_DAY:
            raise Unsuitable(f"demand.{name}.yearly", f"more than {MOST_A_DAY:g} requests on one day")
