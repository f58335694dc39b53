# SPDX-License-Identifier: Apache-2.0
"""Working days and school holidays of England by rule, so that a horizon can run past any published list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

# Days moved or given by proclamation; the rest follows from the Banking and Financial Dealings Act 1971 by rule.
MOVED: dict[tuple[int, str], date | None] = {
    (2020, "early May"): date(2020, 5, 8),
    (2022, "spring"): date(2022, 6, 2),
}
GIVEN: dict[int, tuple[date, ...]] = {
    2022: (date(2022, 6, 3), date(2022, 9, 19)),
    2023: (date(2023, 5, 8),),
}


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """School holidays as (first day, last day); empty: the ordinary English pattern."""

    holidays: tuple[tuple[date, date], ...] = ()


USUAL = SchoolYear()


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the century and moon corrections."""
    golden, century = year % 19, year // 100
    leap_gap = century - century // 4
    moon = (19 * golden + leap_gap - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - leap_gap) % 7
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in one year."""
    sunday = easter(year)
    by_rule = {
        "good friday": sunday - timedelta(days=2),
        "easter monday": sunday + timedelta(days=1),
        "early May": _monday_from(date(year, 5, 1)),
        "spring": _monday_from(date(year, 5, 25)),
        "summer": _monday_from(date(year, 8, 25)),
    }
    days = {MOVED.get((year, name), day) for name, day in by_rule.items()} - {None}
    return frozenset(day for day in days if day) | _christmas_and_new_year(year) | set(GIVEN.get(year, ()))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _christmas_and_new_year(year: int) -> set[date]:
    """The three fixed days, each moved to the next free weekday when it falls on a weekend."""
    taken: set[date] = set()
    weekday_first = sorted(
        (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)), key=lambda day: (day.weekday() > 4, day)
    )
    for day in weekday_first:
        taken.add(next(free for free in _following(day) if free.weekday() < 5 and free not in taken))
    return taken


def _following(day: date) -> Iterator[date]:
    return (day + timedelta(days=at) for at in range(7))


def works(day: date) -> bool:
    """Is it a working day?"""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@lru_cache(maxsize=256)
def usual_school_holidays(year: int) -> tuple[tuple[date, date], ...]:
    """The ordinary English pattern: two weeks at Christmas and Easter, three half terms, six weeks of summer."""
    spring, summer = _monday_from(date(year, 2, 13)), _monday_from(date(year, 5, 25))
    autumn, good_friday = _monday_from(date(year, 10, 24)), easter(year) - timedelta(days=2)
    return (
        (date(year, 1, 1), date(year, 1, 3)),
        (spring, spring + timedelta(days=4)),
        (good_friday - timedelta(days=4), good_friday + timedelta(days=10)),
        (summer, summer + timedelta(days=4)),
        (date(year, 7, 22), date(year, 9, 1)),
        (autumn, autumn + timedelta(days=4)),
        (date(year, 12, 21), date(year, 12, 31)),
    )


def school_is_out(day: date, year: SchoolYear) -> bool:
    """Is it a school holiday? A list of the area's own counts for the years it covers."""
    covered = {first.year for first, _ in year.holidays} | {last.year for _, last in year.holidays}
    spans = year.holidays if day.year in covered else usual_school_holidays(day.year)
    return any(first <= day <= last for first, last in spans)
