# SPDX-License-Identifier: Apache-2.0
"""Dates as plain numbers and as words. Inside the rules a day is its ordinal: one integer, cheap to compare."""

import re
from datetime import date
from functools import cache

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EARLIEST, _LATEST = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


class ImpossibleDate(ValueError):
    """The text is no day of the calendar."""


@cache
def read(text: str) -> int:
    """Read ccyy-mm-dd strictly: no other spelling, no day that does not exist."""
    if not _WRITTEN.match(text):
        raise ImpossibleDate(f"'{text}' is not written as ccyy-mm-dd")
    try:
        ordinal = date.fromisoformat(text).toordinal()
    except ValueError as problem:
        raise ImpossibleDate(f"'{text}' is not a day of the calendar") from problem
    if not _EARLIEST <= ordinal <= _LATEST:
        raise ImpossibleDate(f"'{text}' lies outside the years 1900 to 2199")
    return ordinal


@cache
def day(ordinal: int) -> date:
    """The calendar day of an ordinal."""
    return date.fromordinal(ordinal)


@cache
def written(text: str) -> date:
    """The calendar day that ccyy-mm-dd names."""
    return day(read(text))


@cache
def iso(ordinal: int) -> str:
    """2026-09-09."""
    return date.fromordinal(ordinal).isoformat()


@cache
def short(ordinal: int) -> str:
    """Wed 9 Sep 2026, for officers."""
    on = date.fromordinal(ordinal)
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


@cache
def plain(ordinal: int) -> str:
    """9 September 2026, for families."""
    on = date.fromordinal(ordinal)
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
