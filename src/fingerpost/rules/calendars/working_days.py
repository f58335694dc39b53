# SPDX-License-Identifier: Apache-2.0
"""Working days: not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales.

The SEND Regulations use the words without defining them; this is the usual statutory meaning (unconfirmed for them)."""

from datetime import date
from functools import lru_cache

from fingerpost.rules.calendars.bank_holidays import BeyondTable, covered, names


@lru_cache(maxsize=65536)
def is_working(on: int) -> bool:
    """Whether this ordinal is a working day; refuses years whose bank holidays are not held."""
    held = covered()
    if on not in held:
        years = f"{date.fromordinal(held.start).year} to {date.fromordinal(held.stop - 1).year}"
        year = date.fromordinal(on).year
        raise BeyondTable(
            f"bank holidays are held for {years}, not for {year}: add the year to bank_holidays.csv"
        )
    # weekday of an ordinal: day 1 was a Monday
    return (on - 1) % 7 < 5 and on not in names()


def next_on_or_after(on: int) -> int:
    """The first working day that is not before `on`."""
    while not is_working(on):
        on += 1
    return on


def last_on_or_before(on: int) -> int:
    """The last working day that is not after `on`."""
    while not is_working(on):
        on -= 1
    return on


@lru_cache(maxsize=65536)
def after(start: int, count: int) -> int:
    """`WD+`: the Nth working day after `start`, which is left out."""
    on = start
    for _ in range(count):
        on = next_on_or_after(on + 1)
    return on


def beginning_with(start: int, count: int) -> int:
    """`WDI`: the Nth working day counting `start` if it is one, else counting from the next one."""
    return after(start - 1, count)


@lru_cache(maxsize=65536)
def before(end: int, count: int) -> int:
    """The Nth working day before `end`, which is left out."""
    on = end
    for _ in range(count):
        on = last_on_or_before(on - 1)
    return on


def between(earlier: int, later: int) -> int:
    """Working days after `earlier` up to and including `later`."""
    return sum(is_working(on) for on in range(earlier + 1, later + 1))
