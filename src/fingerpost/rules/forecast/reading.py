# SPDX-License-Identifier: Apache-2.0
"""Reads a scenario from TOML; every fault is one line that names the field."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, get_args

from fingerpost.rules.forecast import library
from fingerpost.rules.forecast import reading_parts as parts
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.reading_fields import Fields, check_name
from fingerpost.rules.forecast.reading_steps import read_steps
from fingerpost.rules.forecast.resources import RULES
from fingerpost.rules.forecast.scenario import WHOLE_AREA, Scenario
from fingerpost.rules.forecast.steps import Step

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
        pools=_named(top, "pools", parts.pool),
        streams=_named(top, "demand", parts.stream),
        districts=_named(top, "districts", parts.district) or WHOLE_AREA,
        bands=_named(top, "bands", parts.band),
        rule=top.choice("rule", RULES, "first_joined"),
        injections=_named(top, "injections", lambda name, f: parts.injection(name, f, steps)),
        losses=_named(top, "losses", parts.loss),
        backlog=_named(top, "backlog", parts.backlog),
        live=tuple(parts.live(f"live.{at}", item) for at, item in enumerate(top.items("live"))),
        school_year=parts.school_year(top),
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
