# SPDX-License-Identifier: Apache-2.0
"""How the First-tier Tribunal counts (HESC rules, rule 12). None of it applies to a local authority's own limits."""

from datetime import date

from fingerpost.rules.calendars.working_days import is_working, next_on_or_after

TIME_OF_DAY = "17:00"  # rule 12(1): an act must be done by 5pm


def appeal_in_time(end: int) -> int:
    """Last day to start an appeal whose time ends on `end`: rule 12(2), (3)(a)."""
    on = date.fromordinal(end)
    if on.month == 8:
        return next_on_or_after(date(on.year, 9, 1).toordinal())
    if _christmas(on):
        year = on.year + (on.month == 12)
        return next_on_or_after(date(year, 1, 2).toordinal())
    return next_on_or_after(end)


def after(start: int, count: int) -> int:
    """The Nth working day after `start`, leaving out August and 25 December to 1 January: rule 12(3)(b)."""
    on = start
    for _ in range(count):
        on += 1
        while not _counts(on):
            on += 1
    return on


def _counts(ordinal: int) -> bool:
    on = date.fromordinal(ordinal)
    return on.month != 8 and not _christmas(on) and is_working(ordinal)


def _christmas(on: date) -> bool:
    return (on.month == 12 and on.day >= 25) or (on.month == 1 and on.day == 1)
