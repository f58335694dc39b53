# SPDX-License-Identifier: Apache-2.0
"""How old the plan says the child is: school year, date of birth or age, from the record first and the text second."""

import re
from datetime import date

from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.study import Study

BORN = re.compile(r"\b(?:date of birth|d\.?o\.?b\.?|born(?: on)?|birth date)\b[\s:.|-]*", re.IGNORECASE)
YEAR = re.compile(
    r"\b(?:year group|national curriculum year|ncy|current year|school year)\s*[:"
    r"|-]?\s*(?:year\s*)?(\d{1,2})\b|\b(?:is|now|currently) in year (\d{1,2})\b|\byear\s*:\s*(\d{1,2})\b",
    re.IGNORECASE,
)


def born(study: Study) -> tuple[date, int, int] | None:
    """The labelled date of birth in the text, with its place."""
    mark = BORN.search(study.text)
    found = dates.find(study.text, mark.end(), mark.end() + 25) if mark else ()
    return (found[0].on, found[0].start, found[0].end) if found and found[0].whole else None


def birth(study: Study) -> date | None:
    """The day of birth, from the record first and the text second."""
    child = study.brief.child
    if child and child.born_on:
        return child.born_on
    written = born(study)
    return written[0] if written else None


def at(born_on: date, day: date) -> int:
    """Full years between two days."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def year_nine_or_over(study: Study) -> bool:
    """Whether the child has reached Year 9."""
    child = study.brief.child
    if child and child.year_group is not None:
        return child.year_group >= 9
    if mark := YEAR.search(study.text):
        return int(next(group for group in mark.groups() if group)) >= 9
    day = birth(study)
    return day is not None and at(day, date(_school_year(study.brief.today), 8, 31)) >= 13


def under_18(study: Study) -> bool | None:
    """Whether the child is under 18 today, if that is known."""
    day = birth(study)
    return None if day is None else at(day, study.brief.today) < 18


def _school_year(today: date) -> int:
    return today.year if today.month >= 9 else today.year - 1
