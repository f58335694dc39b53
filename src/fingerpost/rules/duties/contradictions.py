# SPDX-License-Identifier: Apache-2.0
"""Statements of one case that cannot both be true. Each error names both, so that one can be corrected."""

from collections.abc import Mapping
from datetime import date

from fingerpost.rules.calendars import ages
from fingerpost.rules.duties.facts import ContradictoryFacts, Event

_HAPPENED = ("_received", "_sent", "_served", "_notified")


def check(events: tuple[Event, ...], facts: Mapping[str, object], today: date | None) -> None:
    """A birth after an event, an age that the birth date contradicts, a closure that ends before it begins, and
    what cannot be planned (an arrival, a sending, a service, a notice) on a day after today."""
    born, closed, reopens = facts.get("date_of_birth"), None, None
    since, until = born if isinstance(born, date) else date.min, today or date.max
    for event in events:
        if event.on > until and event.name.endswith(_HAPPENED):
            raise ContradictoryFacts(
                f"events.{event.name}: {event.on} lies after today {today}; correct one of them, or ask what would be"
            )
        if event.on < since:
            raise ContradictoryFacts(
                f"facts.date_of_birth: {born} lies after {event.name} {event.on}; correct one of them"
            )
        if event.name == "school_closed_from":
            closed = event.on
        elif event.name == "school_reopens_on":
            reopens = event.on
    if closed is not None and reopens is not None:
        _closure(closed, reopens)
    if isinstance(born, date) and today is not None:
        _aged(born, facts.get("age"), today)


def _aged(born: date, age: object, today: date) -> None:
    if isinstance(age, int) and age != ages.completed_years(born.toordinal(), today.toordinal()):
        raise ContradictoryFacts(
            f"facts.age: {age} contradicts date_of_birth {born} on {today}; give one of them"
        )


def _closure(closed: date, reopens: date) -> None:
    if reopens < closed:
        raise ContradictoryFacts(
            f"events.school_reopens_on: {reopens} lies before school_closed_from {closed}; correct one of the two days"
        )
