# SPDX-License-Identifier: Apache-2.0
"""Statements of one case that cannot both be true. Each error names both, so that one can be corrected."""

from collections.abc import Mapping
from datetime import date

from fingerpost.rules.calendars import ages
from fingerpost.rules.duties.facts import ContradictoryFacts, Event


def check(events: tuple[Event, ...], facts: Mapping[str, object], today: date | None) -> None:
    """A birth after an event, an age that the birth date contradicts, a closure that ends before it begins."""
    born = facts.get("date_of_birth")
    if isinstance(born, date):
        _born(born, events)
        if today is not None:
            _aged(born, facts.get("age"), today)
    _closure(events)


def _born(born: date, events: tuple[Event, ...]) -> None:
    for event in events:
        if event.on < born:
            raise ContradictoryFacts(
                f"facts.date_of_birth: {born} lies after {event.name} {event.on}; correct one of them"
            )


def _aged(born: date, age: object, today: date) -> None:
    if isinstance(age, int) and age != ages.completed_years(born.toordinal(), today.toordinal()):
        raise ContradictoryFacts(
            f"facts.age: {age} contradicts date_of_birth {born} on {today}; give one of them"
        )


def _closure(events: tuple[Event, ...]) -> None:
    days = {
        event.name: event.on for event in events if event.name in ("school_closed_from", "school_reopens_on")
    }
    if len(days) == 2 and days["school_reopens_on"] < days["school_closed_from"]:
        raise ContradictoryFacts(
            f"events.school_reopens_on: {days['school_reopens_on']} lies before school_closed_from"
            f" {days['school_closed_from']}; correct one of the two days"
        )
