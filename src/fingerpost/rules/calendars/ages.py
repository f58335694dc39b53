# SPDX-License-Identifier: Apache-2.0
"""Ages and the end of compulsory school age, on which the rights pass from a parent to a young person."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=65536)
def birthday(born: int, years: int) -> int:
    """The day on which that age is reached; a person born on 29 February reaches it on 1 March of other years."""
    on = date.fromordinal(born)
    try:
        return on.replace(year=on.year + years).toordinal()
    except ValueError:
        return date(on.year + years, 3, 1).toordinal()


@lru_cache(maxsize=65536)
def completed_years(born: int, on: int) -> int:
    """Age in whole years on a day."""
    years = date.fromordinal(on).year - date.fromordinal(born).year
    return years if birthday(born, years) <= on else years - 1


@lru_cache(maxsize=65536)
def young_person_from(born: int) -> int:
    """The day after the last Friday in June of the school year in which the person turns 16."""
    sixteen = date.fromordinal(birthday(born, 16))
    year = sixteen.year + (sixteen.month >= 9)
    last = date(year, 6, 30)
    friday = last.toordinal() - (last.weekday() - 4) % 7
    return friday + 1


def academic_year_end(on: int) -> int:
    """31 July of the further-education year in which a day falls (the year runs from 1 August)."""
    day = date.fromordinal(on)
    return date(day.year + (day.month >= 8), 7, 31).toordinal()
