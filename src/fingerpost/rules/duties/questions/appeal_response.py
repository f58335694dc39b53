# SPDX-License-Identifier: Apache-2.0
"""The authority's answer to an appeal: 30 working days as the tribunal counts, or the day that it fixed instead."""

from datetime import date

from fingerpost.rules.calendars import dates, tribunal
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.judging import judge
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline

_PERIOD = 30  # working days


def response(duty: Duty, timeline: Timeline) -> Finding:
    """August and Christmas week are left out of the count."""
    start = timeline.days.get("appeal_received_by_la")
    if start is None:
        return unstarted(duty, timeline)
    due = tribunal.after(start, _PERIOD)
    finding = plain(duty, "", f"The authority received the appeal on {dates.short(start)}.")
    finding.start_name, finding.started, finding.due = "appeal_received_by_la", start, due
    finding.because.append(
        f"{_PERIOD} working days; August and 25 December to 1 January are left out (HESC rule 12(3)(b))."
    )
    finding.because.append(f"The last day is {dates.short(due)}, by 5pm.")
    fixed = timeline.facts.get("tribunal_direction_due")
    if isinstance(fixed, date):
        finding.due = fixed.toordinal()
        finding.because.append(f"The tribunal fixed another day: {dates.short(finding.due)}.")
    finding.results["time_of_day"] = tribunal.TIME_OF_DAY
    filed = timeline.days.get("appeal_response_filed")
    finding.closed = filed if filed is not None and filed >= start else None
    judge(finding, timeline)
    return finding
