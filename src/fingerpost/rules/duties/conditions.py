# SPDX-License-Identifier: Apache-2.0
"""Why a duty falls away: a case withdrawn, refused, ended or gone to another authority. The table is data."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fingerpost.rules.duties.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Condition:
    """Met if `name` happened (an event), or is held with the value `equals` (a fact); `because` says it to a reader."""

    name: str
    is_event: bool
    because: str
    equals: str = ""
    unless: str = ""
    unless_fact: str = ""


@cache
def table() -> dict[str, Condition]:
    """The conditions that law files name."""
    rows = tomllib.loads(files(__package__).joinpath("conditions.toml").read_text("utf-8"))
    return {name: _condition(row) for name, row in rows.items()}


def _condition(row: dict[str, str]) -> Condition:
    more = {key: value for key, value in row.items() if key not in ("event", "fact")}
    return Condition(row.get("event") or row["fact"], "event" in row, **more)


def reason(conditions: Iterable[Condition], timeline: Timeline) -> str | None:
    """The sentence of the first condition that is met."""
    names = timeline.names
    for condition in conditions:
        if condition.name in names and _met(condition, timeline):  # nearly always not even named
            return condition.because
    return None


def _met(condition: Condition, timeline: Timeline) -> bool:
    if condition.unless and timeline.happened(condition.unless):
        return False
    if condition.unless_fact and condition.unless_fact in timeline.facts:
        return False
    if condition.is_event:
        return timeline.happened(condition.name)
    return not condition.equals or str(timeline.facts[condition.name]).lower() == condition.equals
