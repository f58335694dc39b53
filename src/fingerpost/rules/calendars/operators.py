# SPDX-License-Identifier: Apache-2.0
"""The operators of the law files: what a limit counts, which day is the first, and what a missing day does."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from fingerpost.rules.calendars import months, working_days

_WRITTEN = re.compile(r"(W\+|D\+|DI|WI|M\+|MI|WDI|WD\+|BEF|W≥|M≥|WD≥) ?(\d*)\Z", re.ASCII)

_ENDS: Mapping[str, Callable[[int, int], int]] = {
    "W+": lambda start, count: start + 7 * count,
    "D+": lambda start, count: start + count,
    "DI": lambda start, count: start + count - 1,
    "WI": lambda start, count: start + 7 * count - 1,
    "M+": months.after,
    "MI": months.beginning_with,
    "WD+": working_days.after,
    "WDI": working_days.beginning_with,
    "BEF": lambda fixed, _: fixed - 1,
    "W≥": lambda fixed, count: fixed - 7 * count,
    "M≥": lambda fixed, count: months.after(fixed, -count),
    "WD≥": working_days.before,
}
_UNITS = {"W": "week", "D": "day", "M": "month", "WD": "working day"}


class NoSuchOperator(ValueError):
    """A law file names an operator that is not in the table."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One way of counting. `end` gives the last lawful day; for `≥` the last day under the generous reading."""

    code: str
    sign: str
    count: int

    def end(self, start: int) -> int:
        return _ENDS[self.sign](start, self.count)

    def safe_end(self, start: int) -> int:
        """The last day under the cautious reading: "at least" taken as clear days, both ends left out."""
        if self.sign == "WD≥":
            return working_days.before(start, self.count + 1)
        return self.end(start) - (1 if self.backwards else 0)

    @property
    def backwards(self) -> bool:
        return self.sign.endswith("≥")

    @property
    def calendar_days(self) -> bool:
        """Weekends and holidays count."""
        return not self.sign.startswith("WD")

    @property
    def period(self) -> str:
        """6 weeks, 15 working days."""
        unit = _UNITS[self.sign.rstrip("+I≥")] if self.sign != "BEF" else "day"
        return f"{self.count} {unit}{'' if self.count == 1 else 's'}"

    @property
    def words(self) -> str:
        """The rule in a phrase that says which day is the first."""
        if self.sign == "BEF":
            return "before that day, so at the latest the day before it"
        if self.backwards:
            return f"at least {self.period} before that day"
        if self.sign in ("DI", "WI", "MI"):
            return f"{self.period} beginning with that day, which is day 1"
        if self.sign == "WDI":
            return f"{self.period} beginning with that day if it is a working day, else with the next one"
        return f"within {self.period}; that day itself is left out"


@cache
def parse(code: str) -> Operator:
    """Read `W+6`, `DI 15`, `BEF`, `WD≥5`; nothing is assumed."""
    match = _WRITTEN.match(code)
    if match is None or (match[1] == "BEF") != (match[2] == ""):
        known = ", ".join(_ENDS)
        raise NoSuchOperator(f"'{code}' is not an operator with its number; the table has {known}")
    return Operator(code, match[1], int(match[2] or 0))
