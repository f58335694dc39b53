# SPDX-License-Identifier: Apache-2.0
"""The events of a case, in either of the two shapes: `{name: day}` or a list of objects."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import contradictions, vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts, Event, dated

_FIELDS = ("event", "on", "sent_on", "channel", "deemed_served_on", "received_on", "of")


class BadEvent(ValueError):
    """An event is not of the documented shape, or its day is impossible; names the field."""


def read(raw: object, facts: dict[str, object]) -> tuple[Event, ...]:
    """Both shapes; an event whose day is null goes to `facts` as happened, day not held."""
    if raw is None:
        return ()
    if isinstance(raw, dict):
        events = _from_object(raw, facts)
        contradictions.in_order(events)
        return events
    if isinstance(raw, list):
        return _from_list(raw, vocabulary.spellings("event"))
    raise BadEvent("'events' must be an object {name: day} or a list of events")


def _from_object(raw: Mapping[str, Any], facts: dict[str, object]) -> tuple[Event, ...]:
    known = vocabulary.spellings("event")
    events = []
    seen: dict[str, object] = {}
    for name, value in raw.items():
        main = known.get(name)
        if main is None:
            raise vocabulary.unknown("events", name, "event")
        if main in seen and seen[main] != value:
            raise ContradictoryFacts(
                f"events.{name}: the same event as '{main}' under another name, with another day"
            )
        if main not in seen:
            seen[main] = value
            if value is None:
                facts[main] = True
            else:
                events.append(_simple(main, value) if type(value) is str else _refuse(name, value))
    return tuple(events)


def _refuse(name: str, value: object) -> Event:
    raise BadEvent(f"events.{name}: {value!r} is not a day; write ccyy-mm-dd")


def _simple(name: str, text: Any) -> Event:
    """An event that holds only its day, or rarely a time of day with it."""
    try:
        return dated(name, dates.written(text))
    except (dates.ImpossibleDate, TypeError):
        on, at = moment(f"events.{name}", text)
        return Event(name, dates.day(on), at=at)


def moment(field: str, text: object) -> tuple[int, time | None]:
    """A day, with a time of day if one is written behind T."""
    if not isinstance(text, str):
        raise BadEvent(f"{field}: {text!r} is not a day; write ccyy-mm-dd")
    day, _, hour = text.partition("T")
    try:
        at = time.fromisoformat(hour) if hour else None
    except ValueError as problem:
        raise BadEvent(f"{field}: '{hour}' is not a time of day; write hh:mm") from problem
    return ordinal(field, day), at


def ordinal(field: str, text: object) -> int:
    """A strict ccyy-mm-dd; the error names the field."""
    try:
        return dates.read(str(text))
    except dates.ImpossibleDate as problem:
        raise BadEvent(f"{field}: {problem}; write a day that exists as ccyy-mm-dd") from problem


def _from_list(raw: list[Any], known: Mapping[str, str]) -> tuple[Event, ...]:
    events = []
    for row in raw:
        try:  # nearly every row holds these two and no more
            if len(row) == 2:
                events.append(_simple(known[row["event"]], row["on"]))
                continue
        except (KeyError, TypeError):
            pass
        events.append(_from_unusual_row(row, len(events), known))
    return tuple(events)


def _from_unusual_row(row: Any, place: int, known: Mapping[str, str]) -> Event:
    if type(row) is not dict:
        raise BadEvent(f"events[{place}] must be an object with 'event' and 'on'")
    name = row.get("event")
    main = known.get(name) if isinstance(name, str) else None
    if main is None:
        raise vocabulary.unknown(f"events[{place}].event", str(name), "event")
    return _whole(main, row, place)


def _whole(name: str, row: Mapping[str, Any], place: int) -> Event:
    where = f"events[{place}] {name}"
    for field in row:
        if field not in _FIELDS:
            raise vocabulary.UnknownName(
                f"{where}: '{field}' is no field of an event{vocabulary.nearest(field, list(_FIELDS))}"
            )
    on, at = moment(f"{where}.on", row.get("on"))
    other = {
        key: _optional(f"{where}.{key}", row.get(key))
        for key in ("sent_on", "deemed_served_on", "received_on")
    }
    event = Event(name, dates.day(on), channel=row.get("channel"), of=row.get("of"), at=at, **other)
    contradictions.own_days(event, where)
    return event


def _optional(field: str, value: object) -> date | None:
    return None if value is None else dates.day(ordinal(field, value))
