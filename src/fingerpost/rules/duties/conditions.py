# SPDX-License-Identifier: Apache-2.0
"""Why a duty falls away: a case withdrawn, refused, ended or gone to another authority. The table is data."""

import tomllib
from functools import cache
from importlib.resources import files

from fingerpost.rules.duties.timeline import Timeline


@cache
def table() -> dict[str, dict[str, str]]:
    """Name -> {event or fact, equals, because}."""
    return tomllib.loads(files(__package__).joinpath("conditions.toml").read_text("utf-8"))


@cache
def _told_by(names: tuple[str, ...]) -> frozenset[str]:
    """The events and facts that could meet one of these conditions."""
    return frozenset(table()[name].get("event") or table()[name]["fact"] for name in names)


def reason(names: tuple[str, ...], timeline: Timeline) -> str | None:
    """The sentence of the first condition that is met."""
    if timeline.names.isdisjoint(_told_by(names)):  # nearly always
        return None
    for name in names:
        if _met(table()[name], timeline):
            return table()[name]["because"]
    return None


def _met(condition: dict[str, str], timeline: Timeline) -> bool:
    if "unless" in condition and timeline.happened(condition["unless"]):
        return False
    if "unless_fact" in condition and condition["unless_fact"] in timeline.facts:
        return False
    if "event" in condition:
        return timeline.happened(condition["event"])
    value = timeline.facts.get(condition["fact"])
    return value is not None and ("equals" not in condition or str(value).lower() == condition["equals"])
