# SPDX-License-Identifier: Apache-2.0
"""Bank holidays in England and Wales, read once from the dated table beside this file."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files


class BeyondTable(LookupError):
    """A working day was asked for in a year for which no bank holidays are held."""


@cache
def names() -> dict[int, str]:
    """Ordinal of each bank holiday held, with its name."""
    text = files(__package__).joinpath("bank_holidays.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {date.fromisoformat(row["on"]).toordinal(): row["name"] for row in rows}


@cache
def covered() -> range:
    """First to last day of the years held; outside it nothing is guessed."""
    held = names()
    first, last = date.fromordinal(min(held)).year, date.fromordinal(max(held)).year
    return range(date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal())
