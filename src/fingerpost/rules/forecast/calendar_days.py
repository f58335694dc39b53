# SPDX-License-Identifier: Apache-2.0
"""Day by day: which days are worked, how the year's hours and requests are spread over them, where months end."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast.year import SchoolYear, school_is_out, works

# A year's hours are spread by what a year is like on average over these four years, whatever the horizon.
REFERENCE = (date(2024, 1, 1), date(2027, 12, 31))
REFERENCE_YEARS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Facts of each day from a first day on."""

    works: NDArray[np.bool_]
    school_out: NDArray[np.bool_]
    weekday: NDArray[np.int64]
    month: NDArray[np.int64]
    years: NDArray[np.float64]  # since the first day


@lru_cache(maxsize=128)
def days_from(first: date, count: int, school_year: SchoolYear) -> Days:
    """The facts of `count` days."""
    days = [first + timedelta(days=at) for at in range(count)]
    return Days(
        works=np.array([works(day) for day in days], dtype=np.bool_),
        school_out=np.array([school_is_out(day, school_year) for day in days], dtype=np.bool_),
        weekday=np.array([day.weekday() for day in days]),
        month=np.array([day.month - 1 for day in days]),
        years=np.arange(count) / 365.25,
    )


@lru_cache(maxsize=256)
def hours_profile(
    first: date, count: int, school_year: SchoolYear, holiday_factor: float
) -> NDArray[np.float64]:
    """The share of a year's hours that falls on each day."""
    return _hours(days_from(first, count, school_year), holiday_factor) / _reference_hours(
        school_year, holiday_factor
    )


def _hours(days: Days, holiday_factor: float) -> NDArray[np.float64]:
    return np.where(days.school_out, holiday_factor, 1.0) * days.works


@lru_cache(maxsize=256)
def _reference_hours(school_year: SchoolYear, holiday_factor: float) -> float:
    count = (REFERENCE[1] - REFERENCE[0]).days + 1
    total = _hours(days_from(REFERENCE[0], count, school_year), holiday_factor).sum()
    return float(total) / REFERENCE_YEARS


@lru_cache(maxsize=256)
def requests_profile(  # noqa: PLR0917
    first: date,
    count: int,
    school_year: SchoolYear,
    holiday_factor: float,
    months: tuple[float, ...],
    weekdays: tuple[float, ...],
) -> NDArray[np.float64]:
    """The share of a year's requests that falls on each day."""
    reference_count = (REFERENCE[1] - REFERENCE[0]).days + 1
    reference = _requests(
        days_from(REFERENCE[0], reference_count, school_year), holiday_factor, months, weekdays
    )
    chosen = _requests(days_from(first, count, school_year), holiday_factor, months, weekdays)
    return np.asarray(chosen * REFERENCE_YEARS / float(reference.sum()), dtype=np.float64)


def _requests(
    days: Days, holiday_factor: float, months: tuple[float, ...], weekdays: tuple[float, ...]
) -> NDArray[np.float64]:
    by_month, by_weekday = np.array(months)[days.month], np.array(weekdays)[days.weekday]
    return np.asarray(
        by_month * by_weekday * np.where(days.school_out, holiday_factor, 1.0), dtype=np.float64
    )


def months_of(first: date, count: int) -> tuple[NDArray[np.int32], NDArray[np.int32], tuple[date, ...]]:
    """(month number of each day, 1 where a month or the horizon ends, first days of the months)."""
    ends = [first + timedelta(days=at) for at in range(count + 1)]
    number = np.array(
        [(day.year - first.year) * 12 + day.month - first.month for day in ends[:count]], dtype=np.int32
    )
    last = np.array([ends[at + 1].month != ends[at].month for at in range(count)], dtype=np.int32)
    last[-1] = 1
    starts = tuple(
        date(first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12 + 1, 1)
        for at in range(int(number[-1]) + 1)
    )
    return number, last, starts


def month_end(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
