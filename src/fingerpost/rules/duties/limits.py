# SPDX-License-Identifier: Apache-2.0
"""The commonest kind of duty: a start, a limit counted from it, and an event that closes it."""

from collections.abc import Iterable

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions, judging, outer_limits, pairing
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import officer, opening


def run(duty: Duty, timeline: Timeline) -> Finding:
    """Where the duty stands; of two start events the earlier limit governs."""
    for place, name in enumerate(duty.starts, 1):
        if name in timeline.days:
            finding = _one(duty, timeline, name)
            return _beside(finding, duty.starts[place:], timeline) if duty.start_choice else finding
    return unstarted(duty, timeline)


def _beside(finding: Finding, others: Iterable[str], timeline: Timeline) -> Finding:
    other = next((name for name in others if name in timeline.days), None)
    return finding if other is None else _earlier(finding, _one(finding.duty, timeline, other))


def _earlier(one: Finding, other: Finding) -> Finding:
    first, second = (one, other) if (other.due or 0) >= (one.due or 0) else (other, one)
    if second.due is not None:
        first.results["other_clock_due"] = dates.iso(second.due)
        from_there = (
            f"A second clock runs because {officer(second.start_name)}; it ends on {dates.short(second.due)}."
        )
        first.because.append(f"{from_there} The earlier one governs.")
    return first


def unstarted(duty: Duty, timeline: Timeline) -> Finding:
    """No dated start: unknown as soon as anything in the case calls for the duty, never overdue."""
    gone = conditions.reason(duty.falls_away, timeline)
    if gone:
        return plain(duty, "not_applicable", gone)
    days_held, undated = timeline.days, timeline.undated
    missing = " or ".join(duty.starts) or "start"
    called = any(
        name in days_held or name in undated or name in timeline.facts
        for name in (*duty.starts, *duty.ends, *duty.signs, *(duty.called_by or ()), *duty.gate)
    )
    if called or timeline.facts.get("history_before_return") is True:
        return plain(
            duty, "unknown", f"The start is not held: {missing}. Nothing is counted and nothing is overdue."
        )
    return plain(duty, "not_started", f"The clock has not started: no {missing} is held.")


def _one(duty: Duty, timeline: Timeline, name: str) -> Finding:
    start = timeline.days[name] if not duty.occurrence else pairing.start_day(duty, name, timeline)
    rule = duty.rule_on(start)
    if rule is None:
        return plain(duty, "not_applicable", f"This rule was not in force on {dates.short(start)}.")
    due, sentences = opening(rule, name, start)
    finding = Finding(duty, "", sentences, rule.citation, start, due, None, None, duty.certainty, name)
    pairing.close(finding, start, timeline)
    for result in duty.results:
        finding.results[result] = dates.iso(due)
    if "outer" in duty.more:
        outer_limits.apply(finding, timeline)
    judging.judge(finding, timeline)
    return finding
