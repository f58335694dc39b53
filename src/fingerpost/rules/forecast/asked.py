# SPDX-License-Identifier: Apache-2.0
"""What a scenario file asks for: its goal, and the pools that may get more hours."""

from collections.abc import Mapping
from typing import Any

from fingerpost.rules.forecast.cheapest_search import Choice
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.goals import Goal
from fingerpost.rules.forecast.reading_fields import Fields


def goal(tables: Mapping[str, Any]) -> Goal:
    """The table [goal] of a file."""
    f = Fields("goal", Fields("", dict(tables)).table("goal"))
    found = Goal(
        by=f.day("by"),
        chance=f.number("chance", 0.8),
        measure=f.words("measure", "timeliness"),
        subject=f.words("subject", None),
        at_least=f.number("at_least") if f.has("at_least") else None,
        at_most=f.number("at_most") if f.has("at_most") else None,
    )
    f.done()
    return found


def choices(tables: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The tables [choose.POOL] of a file."""
    found = []
    for pool, item in Fields("", dict(tables)).table("choose").items():
        if not isinstance(item, Mapping):
            raise Unsuitable(f"choose.{pool}", f'write it as a table, [choose."{pool}"]')
        f = Fields(f"choose.{pool}", dict(item))
        least, most = f.number("least", 0.0), f.number("most")
        found.append(Choice(pool, least, most, f.number("price", 1.0)))
        f.done()
    return tuple(found)
