# SPDX-License-Identifier: Apache-2.0
"""The officer's sentences: which event, which rule, how counted, and where that leaves the case."""

import tomllib
from functools import cache
from importlib.resources import files

from fingerpost.rules.calendars import dates, working_days
from fingerpost.rules.calendars.bank_holidays import covered, names
from fingerpost.rules.calendars.operators import Operator
from fingerpost.rules.duties.duty import Rule

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Each event in an officer's and in a family's words."""
    text = files(__package__).joinpath("events.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def officer(name: str) -> str:
    """ "the request reached the authority"; a name without a phrase is read aloud."""
    return phrases().get(name, {}).get("officer", name.replace("_", " "))


def opening(rule: Rule, name: str, start: int) -> tuple[int, list[str]]:
    """The end of a limit and the sentences that lead to it."""
    operator = _counting(rule)
    end = operator.end(start)
    limit, last, unit = _told(rule)
    return end, [began(name, start), limit, f"{last} is {_ends(end) if unit else _ends_working(end)}"]


@cache
def _told(rule: Rule) -> tuple[str, str, bool]:
    """What a rule says whatever the day: its limit, whose last day it is, and whether every day counts."""
    operator = _counting(rule)
    last = "So the family's last day" if operator.sign == "DI" else "So the last lawful day"
    return f"Limit: {operator.words} ({rule.citation}).", last, operator.calendar_days


def _counting(rule: Rule) -> Operator:
    if rule.operator is None:
        raise ValueError(f"{rule.citation}: this rule has no number to count")
    return rule.operator


def began(name: str, on: int) -> str:
    """ "The request reached the authority on Wed 9 Sep 2026." """
    return f"{_capital(name)} on {dates.short(on)}."


@cache
def _capital(name: str) -> str:
    return sentence(officer(name))


def opening_backwards(rule: Rule, name: str, fixed: int) -> tuple[int, int, list[str]]:
    """The cautious and the generous last day before a fixed one, and the sentences that lead to them."""
    operator = _counting(rule)
    safe, arguable = operator.safe_end(fixed), operator.end(fixed)
    clear = f"With both end days left out the last day is {dates.short(safe)}"
    told = f"{clear}; by subtraction {dates.short(arguable)}."
    return safe, arguable, [began(name, fixed), _told(rule)[0], told]


@cache
def _ends(end: int) -> str:
    """Where every day counts, a last day that is no working day does not move."""
    closed_for = day_off(end)
    if closed_for is None:
        return f"{dates.short(end)}; weekends, bank holidays and school holidays count."
    before = dates.short(_previous_working(end))
    return f"{dates.short(end)}; it is {closed_for} and does not move, so act by {before}."


def _ends_working(end: int) -> str:
    return f"{dates.short(end)}; Saturdays, Sundays and bank holidays are not counted."


def day_off(on: int) -> str | None:
    """Why a day is no working day, or nothing."""
    if (on - 1) % 7 >= 5:
        return f"a {_WEEKDAYS[(on - 1) % 7]}"
    return f"a bank holiday ({names()[on]})" if on in names() else None


def _previous_working(on: int) -> int:
    return working_days.last_on_or_before(on) if on in covered() and on > covered().start + 7 else on - 1


def sentence(words: str) -> str:
    """Capital letter first; the rest as it is."""
    return words[:1].upper() + words[1:]


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
