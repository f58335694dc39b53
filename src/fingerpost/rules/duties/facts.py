# SPDX-License-Identifier: Apache-2.0
"""A case as the clocks see it: dated legal happenings (events) and what else is known (facts)."""

from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple


class ContradictoryFacts(ValueError):
    """Two statements of one case cannot both be true; names the fields."""


class Event(NamedTuple):
    """One happening. `on` is the day the law counts from for its verb; the other days are kept beside it."""

    name: str
    on: date
    sent_on: date | None = None
    channel: str | None = None
    deemed_served_on: date | None = None
    received_on: date | None = None
    of: str | None = None
    at: time | None = None


def dated(name: str, on: date) -> Event:
    """An event that holds only its day, as nearly all do: made without going through what it does not hold."""
    return tuple.__new__(Event, (name, on, None, None, None, None, None, None))


class CaseFacts(NamedTuple):
    """Main names of the vocabulary. A fact with an event's name and the value True: it happened, day not held."""

    events: tuple[Event, ...]
    facts: Mapping[str, object]
