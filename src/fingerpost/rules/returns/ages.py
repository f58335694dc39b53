# SPDX-License-Identifier: Apache-2.0
"""Ages and years in place as the return and its published measures count them."""

from datetime import date
from functools import lru_cache


def age_on(born: date, on: date) -> int:
    """Completed years. A birthday of 29 February is reached on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@lru_cache(maxsize=16_384)  # fewer days than that lie between the oldest and the youngest
def school_age(born: date, census_on: date) -> int:
    """Age on the 31 August before census day, which the published tables go by."""
    return age_on(born, date(census_on.year - 1, 8, 31))


def of_school_age(born: date, census_on: date) -> bool:
    """Compulsory school age on census day: from the term after turning 5 to the last Friday in June of year 11."""
    return born <= census_on and _starts(born) <= census_on <= _leaves(born)


def _starts(born: date) -> date:
    """The prescribed day (31 December, 31 March, 31 August) on or after the fifth birthday."""
    year = born.year + 5
    prescribed = [date(year, 3, 31), date(year, 8, 31), date(year, 12, 31)]
    return next(day for day in prescribed if (born.month, born.day) <= (day.month, day.day))


def _leaves(born: date) -> date:
    """The last Friday in June of the school year in which the sixteenth birthday falls."""
    year = born.year + 16 + (born.month >= 9)
    last = date(year, 6, 30)
    return last.replace(day=30 - (last.weekday() - 4) % 7)
