# SPDX-License-Identifier: Apache-2.0
"""The minutes of each queue on each day: hours a year over the working days, less what is lost, and what is bought."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import numpy as np

from fingerpost.rules.forecast import calendar_days
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.plan import Ints, Reals
from fingerpost.rules.forecast.plan_parts import Part, Row, Values, growing
from fingerpost.rules.forecast.resources import Injection, Loss, Pool
from fingerpost.rules.forecast.scenario import Scenario

MOST_MINUTES = 60_000_000.0  # on one day


def pools(scenario: Scenario) -> list[Pool]:
    return sorted(scenario.pools, key=lambda pool: pool.name)


def queues(scenario: Scenario) -> Ints:
    """Which queue serves each pool and district."""
    table, offset = [], 0
    for pool in pools(scenario):
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


def capacity_parts(scenario: Scenario, days: int) -> list[Part]:
    parts: list[Part] = []
    for pool in pools(scenario):
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
                return _of_each_day(np.floor(sums * high) - np.floor(sums * low)).astype(np.int32)

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
        minutes = values[f"{path}.hours"] * growing(profile, years, values[f"{path}.growth"])
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


def _of_each_day(sums: Reals) -> Reals:
    """What sums up to each day grew by on that day; several times quicker than `numpy.diff` with a first value."""
    grown = sums.copy()
    grown[1:] -= sums[:-1]
    return grown


def _check_minutes(name: str, sums: Reals) -> None:
    if not float(_of_each_day(sums).max(initial=0.0)) <= MOST_MINUTES:
        raise Unsuitable(
            f"pools.{name}",
            f"growth or extra hours come to more than {MOST_MINUTES / 60:,.0f} hours on one day",
        )
