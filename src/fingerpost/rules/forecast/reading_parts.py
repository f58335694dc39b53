# SPDX-License-Identifier: Apache-2.0
"""Reads the tables of a scenario file one by one: each from its own fields, each fault naming the field."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fingerpost.rules.forecast.demand import Backlog, Band, District, LiveCase, Stream, Token
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import BASES, ONE
from fingerpost.rules.forecast.reading_fields import Fields
from fingerpost.rules.forecast.resources import DELIVERED, RULES, SPLITS, Injection, Loss, Pool
from fingerpost.rules.forecast.steps import Step, Work
from fingerpost.rules.forecast.year import USUAL, SchoolYear


def pool(name: str, f: Fields) -> Pool:
    """A pool of staff."""
    return Pool(
        name,
        hours=f.figure("hours"),
        growth=f.figure("growth", ONE),
        holiday_factor=f.number("holiday_factor", 1.0),
        by=f.choice("by", SPLITS, "area"),
        rule=f.choice("rule", RULES, None),
        cost_an_hour=f.number("cost_an_hour", 0.0),
    )


def stream(name: str, f: Fields) -> Stream:
    """Requests of one kind."""
    usual = Stream(name, "", ONE)
    return Stream(
        name,
        enters=f.words("enters"),
        yearly=f.figure("yearly"),
        growth=f.figure("growth", usual.growth),
        exceptions=f.figure("exceptions", usual.exceptions),
        holiday_factor=f.number("holiday_factor", usual.holiday_factor),
        months=f.numbers("months", usual.months),
        weekdays=f.numbers("weekdays", usual.weekdays),
    )


def district(name: str, f: Fields) -> District:
    """A district and its share of the cases."""
    return District(name, f.words("locality", name), f.number("share"))


def band(name: str, f: Fields) -> Band:
    """Children who are ordered differently."""
    return Band(name, f.number("share"), f.whole("order", 1) or 0, f.whole("weight", 0) or 0)


def injection(name: str, f: Fields, steps: tuple[Step, ...]) -> Injection:
    """Extra work bought for some months, in hours or in cases."""
    pool = f.words("pool")
    return Injection(
        name,
        pool,
        first_on=f.day("first_on"),
        last_on=f.day("last_on"),
        hours=f.figure("hours")
        if not f.has("cases")
        else f.figure("cases").times(_hours_a_case(f, pool, steps)),
        delivery=f.figure("delivery", DELIVERED),
        cost=f.number("cost", 0.0),
    )


def _hours_a_case(f: Fields, pool: str, steps: tuple[Step, ...]) -> float:
    """Hours of one case in this pool, where the file gives the extra work in cases."""
    hours = [step.hours.mean for step in steps if isinstance(step, Work) and step.pool == pool]
    if len(hours) != 1:
        raise Unsuitable(f.path("cases"), f'pool "{pool}" works at {len(hours)} steps; give hours instead')
    return hours[0]


def loss(name: str, f: Fields) -> Loss:
    """Hours lost for some months."""
    return Loss(name, f.words("pool"), f.day("first_on"), f.day("last_on"), f.figure("share"))


def backlog(name: str, f: Fields) -> Backlog:
    """Open cases of which only the count is known."""
    return Backlog(
        name,
        step=f.words("step"),
        count=f.whole("count") or 0,
        age=f.span("age_days"),
        waited=f.span("waited_days") if f.has("waited_days") else None,
        started=f.truth("started", False),
        others=tuple(f.names("others")),
        basis=f.choice("basis", BASES, "stated"),
        source=f.words("source", ""),
    )


def live(path: str, item: Any) -> LiveCase:
    """One open case."""
    if not isinstance(item, Mapping):
        raise Unsuitable(path, "write it as a table, [[live]]")
    f = Fields(path, dict(item))
    clock_on = f.day("clock_on")
    joined_on = f.day("joined_on", clock_on)
    tokens = tuple(Token(step, joined_on, f.truth("started", False)) for step in f.names("steps"))
    case = LiveCase(
        f.whole("number") or 0,
        clock_on,
        tokens,
        f.words("district", None),
        f.words("band", None),
        f.truth("excepted", False),
    )
    f.done()
    return case


def school_year(top: Fields) -> SchoolYear:
    """The school's holidays, the usual ones if the file gives none."""
    holidays = []
    for at, pair in enumerate(top.items("school_holidays")):
        field = f"school_holidays.{at}"
        if not (isinstance(pair, list) and len(pair) == 2 and all(_is_day(day) for day in pair)):
            raise Unsuitable(field, "write a first and a last day, [2026-04-02, 2026-04-17]")
        if pair[1] < pair[0]:
            raise Unsuitable(field, f"the last day, {pair[1]}, is before the first, {pair[0]}")
        holidays.append((pair[0], pair[1]))
    return SchoolYear(tuple(holidays)) if holidays else USUAL


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
