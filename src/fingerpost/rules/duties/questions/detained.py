# SPDX-License-Identifier: Apache-2.0
"""Detained persons: the assessment clocks in one view, unfinished steps, and what can be appealed (Act ss.70-75)."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.judging import judge
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline

_WEEKS = (("decision_due", 6), ("refusal_due", 16), ("final_due", 20))
_APPEALABLE = ("51(2)(a)", "51(2)(b)", "51(2)(c)(iii)", "51(2)(c)(iv)")


def rolled_up(duty: Duty, timeline: Timeline) -> Finding:
    """Six, sixteen and twenty weeks from one start; they go on from it on detention and on release."""
    start = timeline.first(duty.starts)
    if start is None:
        return unstarted(duty, timeline)
    finding = plain(
        duty, "", f"The start is {dates.short(start[1])}; detention or release does not restart it."
    )
    finding.start_name, finding.started = start
    for name, weeks in _WEEKS:
        end = start[1] + 7 * weeks
        if duty.more.get("named"):
            finding.results[name] = dates.iso(end)
        finding.because.append(f"{weeks} weeks end on {dates.short(end)}.")
    finding.due = start[1] + 140
    held = [timeline.days[name] for name in duty.ends if timeline.days.get(name, 0) >= start[1]]
    finding.closed = min(held, default=None)
    judge(finding, timeline)
    finding.right_holder = "appropriate_person"
    return finding


def appeal_scope(duty: Duty, timeline: Timeline) -> Finding | None:
    """Only refusals to assess or to make a plan, and the placement when a plan is first finalised."""
    named = timeline.facts.get("appeal_grounds")
    if not isinstance(named, list):
        return None
    inside = all(str(ground).strip() in _APPEALABLE for ground in named)
    finding = plain(
        duty, "lawful" if inside else "not_applicable", f"Asked about: {', '.join(map(str, named))}."
    )
    finding.results["appeal_available"] = inside
    finding.because.append(f"A detained person can appeal under {', '.join(_APPEALABLE)} only.")
    return finding
