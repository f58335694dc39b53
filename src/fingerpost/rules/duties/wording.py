# SPDX-License-Identifier: Apache-2.0
"""The officer's sentences: which event, which rule, how counted, and where that leaves the case."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from fingerpost.rules.calendars import dates, working_days
from fingerpost.rules.calendars.bank_holidays import covered, names
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


@lru_cache(maxsize=65536)
def opening(rule: Rule, name: str, start: int) -> tuple[int, tuple[str, ...]]:
    """The end of a limit and the sentences that lead to it. Kept, because many cases share a day."""
    operator = rule.operator
    if operator is None:
        raise ValueError(f"{rule.citation}: this rule has no number to count")
    end = operator.end(start)
    last = "the family's last day" if operator.sign == "DI" else "the last lawful day"
    return end, (
        began(name, start),
        f"Limit: {operator.words} ({rule.citation}).",
        f"So {last} is {dates.short(end)}; {_counted(operator.calendar_days, end)}",
    )


@lru_cache(maxsize=65536)
def began(name: str, on: int) -> str:
    """ "The request reached the authority on Wed 9 Sep 2026." """
    return sentence(f"{officer(name)} on {dates.short(on)}.")


@lru_cache(maxsize=65536)
def opening_backwards(rule: Rule, name: str, fixed: int) -> tuple[int, int, tuple[str, ...]]:
    """The cautious and the generous last day before a fixed one, and the sentences that lead to them."""
    if rule.operator is None:
        raise ValueError(f"{rule.citation}: this rule has no number to count")
    safe, arguable = rule.operator.safe_end(fixed), rule.operator.end(fixed)
    clear = f"With both end days left out the last day is {dates.short(safe)}"
    return (
        safe,
        arguable,
        (
            began(name, fixed),
            f"Limit: {rule.operator.words} ({rule.citation}).",
            f"{clear}; by subtraction {dates.short(arguable)}.",
        ),
    )


def _counted(calendar_days: bool, end: int) -> str:
    if not calendar_days:
        return "Saturdays, Sundays and bank holidays are not counted."
    closed_for = day_off(end)
    if closed_for is None:
        return "weekends, bank holidays and school holidays count."
    return f"it is {closed_for} and does not move, so act by {dates.short(_previous_working(end))}."


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
