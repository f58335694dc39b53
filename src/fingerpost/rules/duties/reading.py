# SPDX-License-Identifier: Apache-2.0
"""Reads one case as written in JSON: aliases resolved, every name and day checked, nothing ignored or guessed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import contradictions, reading_events, reading_facts, vocabulary
from fingerpost.rules.duties.facts import CaseFacts

_TOP = ("id", "today", "on", "events", "facts")
_FIELDS = frozenset(_TOP)


class Unreadable(ValueError):
    """A case is not of the documented shape; says which field."""


class Asked(NamedTuple):
    """A case as it was asked: the reply carries the same id."""

    case: CaseFacts
    today: date | None
    id: object | None


def read_case(raw: object) -> Asked:
    """The case, the day of asking and the id of one JSON object."""
    if not isinstance(raw, dict):
        raise Unreadable("a case must be an object with 'events' (and 'facts', 'today', 'id')")
    for field in raw.keys() - _FIELDS:
        raise vocabulary.UnknownName(
            f"'{field}' is not a field of a case{vocabulary.nearest(str(field), list(_TOP))}"
        )
    if "events" not in raw and "facts" not in raw:
        raise Unreadable("'events': a case needs its events, as an object or a list")
    facts = reading_facts.read(raw.get("facts"))
    events = reading_events.read(raw.get("events"), facts)
    today = _today(raw)
    contradictions.check(events, facts, today)
    return Asked(CaseFacts(events, facts), today, raw.get("id"))


def _today(raw: Mapping[str, Any]) -> date | None:
    if "today" in raw and "on" in raw and raw["today"] != raw["on"]:
        raise Unreadable("'today' and 'on' are the same field and differ: keep one")
    value = raw.get("today", raw.get("on"))
    return None if value is None else dates.day(reading_events.ordinal("today", value))
