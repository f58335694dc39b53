# SPDX-License-Identifier: Apache-2.0
"""A second limit from another event, where the earlier of two governs (8 weeks from notice, 12 from meeting)."""

from typing import Any

from fingerpost.rules.calendars import dates, operators
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import officer


def apply(finding: Finding, timeline: Timeline) -> None:
    """Bring the due day forward if the outer limit ends sooner."""
    outer: Any = finding.duty.more["outer"]
    start, due = _last_before(timeline, outer["start"], finding.started or 0), finding.due or 0
    if start is None:
        return
    operator = operators.parse(outer["limit"])
    end = operator.end(start)
    finding.results[outer["result"]] = dates.iso(end)
    which = "This earlier day governs." if end < due else "The earlier day above governs."
    where = f"{operator.period} after {officer(outer['start'])} on {dates.short(start)}"
    finding.because.append(f"Outer limit: {where} end on {dates.short(end)} ({outer['source']}). {which}")
    finding.due = min(end, due)


def _last_before(timeline: Timeline, name: str, until: int) -> int | None:
    """The latest such event not after the start: a later meeting belongs to another review."""
    if name in timeline.many:
        held = [event.on.toordinal() for event in timeline.many[name]]
    else:
        held = [timeline.days[name]] if name in timeline.days else []
    return max((on for on in held if on <= until), default=None)
