# SPDX-License-Identifier: Apache-2.0
"""Finds the start of a clock and the event that closes it: a decision with its own meeting, by `of` or by date."""

from dataclasses import dataclass

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.facts import Event
from fingerpost.rules.duties.timeline import Timeline


@dataclass(slots=True)
class Pair:
    """A start, what closed it (if anything did), and an end that lies before the start."""

    name: str
    start: int
    closed: int | None = None
    earlier: tuple[str, int] | None = None
    note: str = ""


def start_of(duty: Duty, timeline: Timeline) -> list[Pair]:
    """The running occurrence of each start event that is held; one only, unless the duty has two start events."""
    days = timeline.days
    pairs = []
    for name in duty.starts:
        if name in days:
            pairs.append(Pair(name, _start_day(duty, timeline, name)))
            if "start_choice" not in duty.more:
                break
    for pair in pairs:
        _close(pair, duty, timeline)
    return pairs


def _start_day(duty: Duty, timeline: Timeline, name: str) -> int:
    if name in timeline.many and duty.more.get("occurrence") == "first":
        return timeline.many[name][0].on.toordinal()
    return timeline.days[name]


def _close(pair: Pair, duty: Duty, timeline: Timeline) -> None:
    days, many, start = timeline.days, timeline.many, pair.start
    for name in duty.ends:
        if name not in days:
            continue
        if many and (name in many or pair.name in many):
            _close_from_many(pair, name, timeline, own=name in duty.starts)
            continue
        on = days[name]
        if on > start or (on == start and name not in duty.starts):
            if pair.closed is None or on < pair.closed:
                pair.closed = on
        elif on < start:
            pair.earlier = name, on


def _close_from_many(pair: Pair, name: str, timeline: Timeline, *, own: bool) -> None:
    """Several occurrences: the one that names the same matter, else the first one on or after the start."""
    mine = _occurrence(timeline, pair.name, pair.start)
    for event in timeline.many.get(name) or [Event(name, dates.day(timeline.days[name]))]:
        on = event.on.toordinal()
        if mine and event.of and event.of != mine and not event.of.startswith("phase"):
            continue
        if mine and event.of == mine and on < pair.start and not own:
            pair.earlier = name, on
        if on > pair.start or (on == pair.start and not own):
            pair.closed = on if pair.closed is None else min(on, pair.closed)
            if not (mine and event.of):
                pair.note = "More than one such event is held; they are paired in order of date."
            return


def _occurrence(timeline: Timeline, name: str, on: int) -> str | None:
    return next((event.of for event in timeline.many.get(name, []) if event.on.toordinal() == on), None)
