# SPDX-License-Identifier: Apache-2.0
"""Statements of one case that cannot both be true. Each error names both, so that one can be corrected."""

from collections.abc import Mapping
from datetime import date

from fingerpost.rules.calendars import ages
from fingerpost.rules.duties.facts import ContradictoryFacts, Event

_HAPPENED = ("_received", "_sent", "_served", "_notified")
_REQUEST_ENDS = (
    "decision_notified",
    "assessment_refusal_sent",
    "plan_refusal_notified",
    "draft_served",
    "final_sent",
)


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


def own_days(event: Event, where: str) -> None:
    """The days kept beside `on` may not contradict it: sending comes first, and `on` is the day of its own verb."""
    sent, served, received = event.sent_on, event.deemed_served_on, event.received_on
    for field, later in (("deemed_served_on", served), ("received_on", received)):
        if sent and later and later < sent:
            raise ContradictoryFacts(f"{where}: {field} {later} lies before sent_on {sent}")
    own = {"sent": (sent,), "served": (served, received), "received": (received,)}.get(
        event.name.rsplit("_", 1)[1]
    )
    stated = [day for day in own or () if day]
    if stated and event.on not in stated:
        raise ContradictoryFacts(f"{where}: on {event.on} contradicts {stated[0]}, the day of the same act")
    if sent and event.on < sent:
        raise ContradictoryFacts(f"{where}: on {event.on} lies before sent_on {sent}")


def in_order(events: tuple[Event, ...]) -> None:
    """Where each event happened once, no answer can be older than the request it answers."""
    asked = next((event.on for event in events if event.name == "request_received"), None)
    if asked is None:
        return
    for event in events:
        if event.on < asked and event.name in _REQUEST_ENDS:
            raise ContradictoryFacts(
                f"events.{event.name}: {event.on} lies before request_received {asked}; correct one of the two days"
            )
