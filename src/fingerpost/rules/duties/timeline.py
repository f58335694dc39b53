# SPDX-License-Identifier: Apache-2.0
"""A case laid out by name of event, so that each duty finds its start and its end without searching."""

from collections.abc import Mapping, Sequence
from datetime import date

from fingerpost.rules.duties import vocabulary
from fingerpost.rules.duties.facts import CaseFacts, Event


class Timeline:
    """`days`: latest day of each event; `many`: events that need pairing; `undated`: happened, day not held."""

    __slots__ = (
        "days",
        "facts",
        "history",
        "holder",
        "many",
        "memory",
        "named",
        "names",
        "relief_in_play",
        "timed",
        "today",
        "undated",
    )

    def __init__(self, events: Sequence[Event], facts: Mapping[str, object], today: date | None) -> None:
        self.facts = facts
        self.today = today.toordinal() if today is not None else None
        self.many: dict[str, list[Event]] = {}
        self.timed: dict[str, Event] = {}  # events that carry a time of day
        self.days = self._laid_out(events)
        self.undated = _undated(facts)
        self.names = self.days.keys() | facts.keys()
        self.history = facts.get("history_before_return") is True
        self.relief_in_play = (
            "relief_claims" in facts or "school_closed_from" in self.days or "claimed_extension" in facts
        )
        self.named = False  # are the duties asked for by name, whatever the case calls for?
        self.holder: str | None = ""  # who holds the rights, worked out when somebody asks
        self.memory: dict[str, object] = {}  # what several duties ask, worked out once

    def _laid_out(self, events: Sequence[Event]) -> dict[str, int]:
        days: dict[str, int] = {}
        for event in events:
            name, day, _, _, _, _, of, at = event
            on = day.toordinal()
            if name in days or of is not None:
                self.many.setdefault(name, [])
                on = max(days.get(name, 0), on)
            if at is not None:
                self.timed[name] = event
            days[name] = on
        for name, held in self.many.items():
            held.extend(sorted((event for event in events if event.name == name), key=_by_day))
        return days

    def happened(self, name: str) -> bool:
        return name in self.days or name in self.undated

    def first(self, names: Sequence[str]) -> tuple[str, int] | None:
        """The first of these names that is dated, in the order given."""
        for name in names:
            if name in self.days:
                return name, self.days[name]
        return None

    def earliest(self, names: Sequence[str], since: int = 0) -> int | None:
        """The earliest day of these events, leaving out any before `since`."""
        found = None
        for name in names:
            on = self.days.get(name)
            if on is not None and on >= since and (found is None or on < found):
                found = on
        return found


def _by_day(event: Event) -> date:
    return event.on


def _undated(facts: Mapping[str, object]) -> frozenset[str]:
    events = vocabulary.spellings("event")
    if True not in facts.values():
        return frozenset()
    found = [name for name, value in facts.items() if value is True and name in events]
    return frozenset(found) if found else frozenset()


def of(case: CaseFacts, today: date | None) -> Timeline:
    """Lay a case out; refuses names that are not in the vocabulary."""
    known = vocabulary.spellings("event")
    for event in case.events:
        if known.get(event.name) != event.name:
            raise vocabulary.unknown("events", event.name, "event")
    return Timeline(case.events, case.facts, today)
