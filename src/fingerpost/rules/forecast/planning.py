# SPDX-License-Identifier: Apache-2.0
"""From a scenario to plans: what never changes is made once, what hangs on a doubtful figure once a draw."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast import calendar_days, chance
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.plan import RULE_NUMBERS, Ints, Plan, Reals
from fingerpost.rules.forecast.plan_start import start_tables
from fingerpost.rules.forecast.plan_steps import Tables, step_tables
from fingerpost.rules.forecast.resources import Injection, Loss, Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import shape_table, whole_table

MOST_DAYS = 366 * 30
MOST_A_DAY = 600.0  # requests; beyond this the chance of an empty day can no longer be told from nothing
MOST_MINUTES = 60_000_000.0  # on one day
Values = Mapping[str, float]
Row = NDArray[np.int32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One row of a table, and the figures it hangs on."""

    table: str
    row: int
    paths: tuple[str, ...]
    make: Callable[[Values], Row]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The plan at the middle of all doubt, and the parts to make anew when figures are drawn."""

    middle: Plan
    parts: tuple[Part, ...]
    certain: Values

    def plan(self, values: Values) -> Plan:
        """The plan for these values of the doubtful figures."""
        known = {**self.certain, **values}
        fresh: dict[str, Row] = {}
        for part in self.parts:
            if any(path in values for path in part.paths):
                if part.table not in fresh:
                    fresh[part.table] = getattr(self.middle, part.table).copy()
                fresh[part.table][part.row] = part.make(known)
        if not fresh:
            return self.middle
        if "rates" in fresh:
            fresh["none_come"] = np.exp(-fresh["rates"])
            _check_rates(self.middle.names.streams, fresh["rates"])
            expected = int(fresh["rates"].sum()) + len(self.middle.live)
            return replace(self.middle, expected=expected, **fresh)  # type: ignore[arg-type]
        return replace(self.middle, **fresh)  # type: ignore[arg-type]


def days_until(scenario: Scenario, until: date) -> int:
    """Days from the start of the scenario to the last day of the forecast, both included."""
    days = (until - scenario.starts_on).days + 1
    if days < 1:
        raise Unsuitable("until", f"{until} is before the first day of the scenario, {scenario.starts_on}")
    if days > MOST_DAYS:
        raise Unsuitable("until", f"at most 30 years ahead, here {days / 365.25:.0f}")
    return days


def template(scenario: Scenario, days: int) -> Template:
    """Everything that can be made before a figure is drawn."""
    tables = step_tables(scenario)
    start = start_tables(scenario, tables)
    parts = (*_span_parts(tables), *_capacity_parts(scenario, days), *_rate_parts(scenario, days))
    parts += (*_share_parts(tables), *_exception_parts(scenario))
    certain = {path: figure.middle for path, figure in scenario.figures()}
    filled = {
        name: np.array([part.make(certain) for part in parts if part.table == name]).reshape(shape)
        for name, shape in {
            "spans": (-1, 1024),
            "capacity": (-1, days),
            "rates": (-1, days),
            "excepted": (-1,),
        }.items()
    }
    steps = tables.steps.copy()
    for part in parts:
        if part.table == "steps":
            steps[part.row] = part.make(certain)
    _check_rates(tables.names.streams, filled["rates"])
    month_of, month_ends, months = calendar_days.months_of(scenario.starts_on, days)
    plan = Plan(
        names=replace(tables.names, months=months),
        days=days,
        first_ordinal=scenario.starts_on.toordinal(),
        steps=steps,
        salts=tables.salts,
        spans=filled["spans"].astype(np.int32),
        capacity=filled["capacity"].astype(np.int32),
        queue_of=_queues(scenario),
        pool_rule=_whole(RULE_NUMBERS[pool.rule or scenario.rule] for pool in _pools(scenario)),
        rates=filled["rates"].astype(np.float64),
        none_come=np.exp(-filled["rates"].astype(np.float64)),
        stream_salt=tables.stream_salt,
        stream_step=tables.stream_step,
        stream_milestone=tables.stream_milestone,
        excepted=filled["excepted"].astype(np.int32),
        district_ends=start.district_ends,
        band_ends=start.band_ends,
        band_order=start.band_order,
        band_weight=start.band_weight,
        live=start.live,
        live_uid=start.live_uid,
        tokens=start.tokens,
        month_of=month_of,
        month_ends=np.flatnonzero(month_ends).astype(np.int32),
        first_bucket=start.first_bucket,
        buckets=days + int(tables.steps[:, 4].max(initial=0)) + 1 - start.first_bucket,
        expected=int(filled["rates"].sum()) + len(start.live),
    )
    return Template(plan, parts, certain)


def _whole(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), dtype=np.int32)


def _pools(scenario: Scenario) -> list[Pool]:
    return sorted(scenario.pools, key=lambda pool: pool.name)


def _check_rates(streams: tuple[str, ...], rates: Row) -> None:
    for name, row in zip(streams, rates, strict=True):
        if float(row.max(initial=0.0)) > MOST_A_DAY:
            raise Unsuitable(f"demand.{name}.yearly", f"more than {MOST_A_DAY:g} requests on one day")


def _check_minutes(name: str, sums: Reals) -> None:
    if not float(np.diff(sums, prepend=0.0).max(initial=0.0)) <= MOST_MINUTES:
        raise Unsuitable(
            f"pools.{name}",
            f"growth or extra hours come to more than {MOST_MINUTES / 60:,.0f} hours on one day",
        )


def _span_parts(tables: Tables) -> list[Part]:
    parts = []
    for row, (path, span, factor) in enumerate(tables.spans):
        shape, level = shape_table(span.shape, span.numbers), f"{path}.level"

        def make(
            values: Values, shape: Reals = shape, level: str = level, factor: float = factor
        ) -> NDArray[np.int32]:
            return whole_table(shape, values[level] * factor)

        parts.append(Part("spans", row, (level,), make))
    return parts


def _share_parts(tables: Tables) -> list[Part]:
    parts = []
    for row, path in tables.shares:

        def make(values: Values, row: int = row, path: str = path) -> Row:
            line: Ints = tables.steps[row].copy()
            line[5] = threshold(values[path])
            return line

        parts.append(Part("steps", row, (path,), make))
    return parts


def _exception_parts(scenario: Scenario) -> list[Part]:
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


def _rate_parts(scenario: Scenario, days: int) -> list[Part]:
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
            rates: Reals = values[f"{path}.yearly"] * _growing(profile, years, values[f"{path}.growth"])
            return rates

        parts.append(Part("rates", row, (f"{path}.yearly", f"{path}.growth"), make))
    return parts


def _growing(profile: Reals, years: Reals, growth: float) -> Reals:
    return profile if growth == 1.0 else profile * np.exp(np.log(growth) * years)


# ---- capacity


def _queues(scenario: Scenario) -> Ints:
    """Which queue serves each pool and district."""
    table, offset = [], 0
    for pool in _pools(scenario):
        places = _places(scenario, pool)
        names = sorted(set(places))
        table.append([offset + names.index(place) for place in places])
        offset += len(names)
    return np.array(table, dtype=np.int32).reshape(-1, len(scenario.districts))


def _places(scenario: Scenario, pool: Pool) -> list[str]:
    """For each district, in order of name: the place whose hours serve it."""
    districts = sorted(scenario.districts, key=lambda district: district.name)
    if pool.by == "area":
        return [""] * len(districts)
    return [district.locality if pool.by == "locality" else district.name for district in districts]


def _capacity_parts(scenario: Scenario, days: int) -> list[Part]:
    parts: list[Part] = []
    for pool in _pools(scenario):
        make_day, paths = _pool_minutes(scenario, pool, days)
        for low, high in _slices(scenario, pool):

            def make(
                values: Values,
                make_day: Callable[[Values], Reals] = make_day,
                pool: Pool = pool,
                low: float = low,
                high: float = high,
            ) -> Row:
                sums = make_day(values)
                _check_minutes(pool.name, sums)
                return np.diff(np.floor(sums * high) - np.floor(sums * low), prepend=0.0).astype(np.int32)

            parts.append(Part("capacity", len(parts), paths, make))
    return parts


def _slices(scenario: Scenario, pool: Pool) -> list[tuple[float, float]]:
    """The part of the pool's hours for each of its places, as slices of the whole, so that minutes add up."""
    places = _places(scenario, pool)
    districts = sorted(scenario.districts, key=lambda district: district.name)
    total, ends = sum(district.share for district in districts), [0.0]
    for name in sorted(set(places)):
        share = sum(d.share for d, place in zip(districts, places, strict=True) if place == name)
        ends.append(ends[-1] + share / total)
    ends[-1] = 1.0
    return list(pairwise(ends))


def _pool_minutes(
    scenario: Scenario, pool: Pool, days: int
) -> tuple[Callable[[Values], Reals], tuple[str, ...]]:
    """A function for the minutes offered up to each day, and the figures it hangs on."""
    first, path = scenario.starts_on, f"pools.{pool.name}"
    profile = 60 * calendar_days.hours_profile(first, days, scenario.school_year, pool.holiday_factor)
    years = calendar_days.days_from(first, days, scenario.school_year).years
    losses = [(f"losses.{x.name}", _mask(first, days, x)) for x in scenario.losses if x.pool == pool.name]
    extra = [
        (f"injections.{x.name}", _spread(scenario, days, x.first_on, x.last_on))
        for x in scenario.injections
        if x.pool == pool.name
    ]
    paths = [f"{path}.hours", f"{path}.growth", *(f"{loss}.share" for loss, _ in losses)]
    paths += [f"{name}.{word}" for name, _ in extra for word in ("hours", "delivery")]

    def make(values: Values) -> Reals:
        minutes = values[f"{path}.hours"] * _growing(profile, years, values[f"{path}.growth"])
        for loss, mask in losses:
            minutes = minutes * (1 - values[f"{loss}.share"] * mask)
        sums = np.cumsum(minutes)
        for name, share in extra:  # whole minutes of its own, so that what was bought is what is worked
            sums = np.floor(sums) + np.rint(60 * values[f"{name}.hours"] * values[f"{name}.delivery"] * share)
        return np.asarray(sums, dtype=np.float64)

    return make, tuple(paths)


def _mask(first: date, days: int, change: Injection | Loss) -> Reals:
    low = (change.first_on - first).days
    high = (change.last_on - first).days
    at = np.arange(days)
    return ((at >= low) & (at <= high)).astype(np.float64)


def _spread(scenario: Scenario, days: int, first_on: date, last_on: date) -> Reals:
    """The share of the extra hours given up to each day of the horizon: evenly over the working days."""
    count = (last_on - first_on).days + 1
    worked = calendar_days.days_from(first_on, count, scenario.school_year).works.astype(np.float64)
    if worked.sum() == 0:
        worked = np.ones(count)
    given = np.cumsum(worked) / worked.sum()
    at = np.arange(days) + (scenario.starts_on - first_on).days
    return np.asarray(np.where(at < 0, 0.0, given[np.clip(at, 0, count - 1)]), dtype=np.float64)
