# SPDX-License-Identifier: Apache-2.0
"""Finds the start of a clock and the event that closes it: a decision with its own meeting, by `of` or by date."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.facts import Event
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline


def start_day(duty: Duty, name: str, timeline: Timeline) -> int:
    """The running occurrence of a start."""
    if duty.occurrence == "first" and name in timeline.many:
        return timeline.many[name][0].on.toordinal()
    return timeline.days[name]


def close(finding: Finding, start: int, timeline: Timeline) -> None:
    """What closed the clock, if anything did, and an end that lies before its start."""
    days, many, duty = timeline.days, timeline.many, finding.duty
    for name in duty.ends:
        if name not in days:
            continue
        if many and (name in many or finding.start_name in many):
            _close_from_many(finding, start, name, timeline)
            continue
        on = days[name]
        if on > start or (on == start and name not in duty.starts):
            if finding.closed is None or on < finding.closed:
                finding.closed = on
        elif on < start:
            finding.earlier = name, on


def _close_from_many(finding: Finding, start: int, name: str, timeline: Timeline) -> None:
    """Several occurrences: the one that names the same matter, else the first one on or after the start."""
    mine, own = _occurrence(timeline, finding.start_name, start), name in finding.duty.starts
    for event in timeline.many.get(name) or [Event(name, dates.day(timeline.days[name]))]:
        on = event.on.toordinal()
        if mine and event.of and event.of != mine and not event.of.startswith("phase"):
            continue
        if mine and event.of == mine and on < start and not own:
            finding.earlier = name, on
        if on > start or (on == start and not own):
            finding.closed = on if finding.closed is None else min(on, finding.closed)
            if not (mine and event.of):
                _paired_by_date(finding)
            return


def _paired_by_date(finding: Finding) -> None:
    if _BY_DATE not in finding.because:
        finding.because.append(_BY_DATE)


def _occurrence(timeline: Timeline, name: str, on: int) -> str | None:
    return next((event.of for event in timeline.many.get(name, []) if event.on.toordinal() == on), None)


_BY_DATE = "More than one such event is held; they are paired in order of date."
