# SPDX-License-Identifier: Apache-2.0
"""Reads a scenario from TOML; every fault is one line that names the field."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal, TypeVar, get_args

from fingerpost.rules.forecast import library
from fingerpost.rules.forecast.demand import Backlog, Band, District, LiveCase, Stream, Token
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import BASES, ONE
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.reading_fields import Fields, check_name
from fingerpost.rules.forecast.reading_steps import read_steps
from fingerpost.rules.forecast.resources import DELIVERED, RULES, SPLITS, Injection, Loss, Pool
from fingerpost.rules.forecast.scenario import WHOLE_AREA, Scenario
from fingerpost.rules.forecast.steps import Step, Work
from fingerpost.rules.forecast.year import USUAL, SchoolYear

T = TypeVar("T")
MOST_BYTES = 20_000_000
TABLES = Literal[
    "name", "purpose", "starts_on", "rule", "pathways", "pathway", "pools", "demand", "districts", "bands",
    "injections", "losses", "backlog", "live", "school_holidays", "until", "goal", "variants", "choose",
]  # fmt: skip


def parse(text: str) -> dict[str, Any]:
    """The tables of a scenario file."""
    if len(text) > MOST_BYTES:
        raise Unsuitable("file", f"at most {MOST_BYTES:,} characters, here {len(text):,}")
    try:
        tables = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as problem:  # bad TOML, but also a number of 5,000 digits, or a list in a list in …
        raise Unsuitable("file", f"this is not TOML: {str(problem)[:200]}") from None
    for word in tables:
        if word not in get_args(TABLES):
            raise Unsuitable(word, f"no such table; there are {', '.join(get_args(TABLES))}")
    return tables


def read(text: str) -> Scenario:
    """The scenario of a file, without its variants."""
    return scenario_of(parse(text))


def scenario_of(tables: Mapping[str, Any]) -> Scenario:
    """The scenario of parsed tables."""
    top = Fields("", dict(tables))
    starts_on = top.day("starts_on")
    steps = _steps(top)
    return Scenario(
        name=top.words("name"),
        purpose=top.words("purpose", ""),
        starts_on=starts_on,
        pathway=Pathway(steps),
        pools=_named(top, "pools", _pool),
        streams=_named(top, "demand", _stream),
        districts=_named(top, "districts", _district) or WHOLE_AREA,
        bands=_named(top, "bands", _band),
        rule=top.choice("rule", RULES, "first_joined"),
        injections=_named(top, "injections", lambda name, f: _injection(name, f, steps)),
        losses=_named(top, "losses", _loss),
        backlog=_named(top, "backlog", _backlog),
        live=tuple(_live(f"live.{at}", item) for at, item in enumerate(top.items("live"))),
        school_year=_school_year(top),
    )


def _steps(top: Fields) -> tuple[Step, ...]:
    """Ready-made pathways, then the file's own steps, which replace a ready-made step of the same name."""
    found: dict[str, Step] = {}
    tables = [library.tables(name, f"pathways.{at}") for at, name in enumerate(top.names("pathways"))]
    for ready in tables:
        for step in read_steps(ready.get("pathway", {})):
            found[step.name] = step
    for step in read_steps(top.table("pathway")):
        found[step.name] = step
    for ready in tables:  # where a pathway ends unless another one goes on from there
        for step in read_steps(ready.get("otherwise", {})):
            found.setdefault(step.name, step)
    return tuple(found.values())


def _named(top: Fields, word: str, make: Callable[[str, Fields], T]) -> tuple[T, ...]:
    made = []
    for name, item in top.table(word).items():
        check_name(word, name)
        if not isinstance(item, Mapping):
            raise Unsuitable(f"{word}.{name}", f"write it as a table, [{word}.{name}]")
        fields = Fields(f"{word}.{name}", dict(item))
        made.append(make(name, fields))
        fields.done()
    return tuple(made)


def _pool(name: str, f: Fields) -> Pool:
    return Pool(
        name,
        hours=f.figure("hours"),
        growth=f.figure("growth", ONE),
        holiday_factor=f.number("holiday_factor", 1.0),
        by=f.choice("by", SPLITS, "area"),
        rule=f.choice("rule", RULES, None),
        cost_an_hour=f.number("cost_an_hour", 0.0),
    )


def _stream(name: str, f: Fields) -> Stream:
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


def _district(name: str, f: Fields) -> District:
    return District(name, f.words("locality", name), f.number("share"))


def _band(name: str, f: Fields) -> Band:
    return Band(name, f.number("share"), f.whole("order", 1) or 0, f.whole("weight", 0) or 0)


def _injection(name: str, f: Fields, steps: tuple[Step, ...]) -> Injection:
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


def _loss(name: str, f: Fields) -> Loss:
    return Loss(name, f.words("pool"), f.day("first_on"), f.day("last_on"), f.figure("share"))


def _backlog(name: str, f: Fields) -> Backlog:
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


def _live(path: str, item: Any) -> LiveCase:
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


def _school_year(top: Fields) -> SchoolYear:
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
