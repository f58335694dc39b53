# SPDX-License-Identifier: Apache-2.0
"""The commonest kind of duty: a start, a limit counted from it, and an event that closes it."""

from collections.abc import Iterable

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions, outer_limits, pairing, relief
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days, officer, opening


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
    judge(finding, timeline)
    return finding


def judge(finding: Finding, timeline: Timeline) -> None:
    """Settle a limit, then test every claim of relief against it."""
    settle(finding, timeline)
    if timeline.relief_in_play:
        relief.consider(finding, timeline)


def settle(finding: Finding, timeline: Timeline) -> None:
    """Compare the end, or today, with the limit."""
    closed, due = finding.closed, finding.due or 0
    if closed is None:
        _still_open(finding, timeline, due)
    elif closed <= due:
        finding.verdict, finding.days_late = "in_time", 0
        finding.because.append(f"Done on {dates.short(closed)}: in time.")
    else:
        finding.verdict, finding.days_late = "breach", closed - due
        finding.because.append(f"Done on {dates.short(closed)}: {days(closed - due)} late.")
        _guidance(finding)


def _still_open(finding: Finding, timeline: Timeline, due: int) -> None:
    duty, today = finding.duty, timeline.today
    doubt = _doubt(finding, timeline)
    if doubt:
        finding.verdict, finding.past = "unknown", not finding.earlier
        finding.because.append(doubt)
        return
    gone = conditions.reason(duty.falls_away, timeline)
    if gone:
        finding.verdict, finding.due = "not_applicable", None
        finding.results.clear()
        finding.because.append(gone)
    elif today is None:
        finding.verdict = "unknown"
        finding.because.append("today is not given, so the limit is shown and lateness is not counted.")
        _guidance(finding)
    elif today <= due:
        finding.verdict, finding.days_late = "not_yet_due", 0
        finding.because.append(f"Not done yet; on {dates.short(today)} {days(due - today)} remain.")
        _guidance(finding)
    elif not (finding.done_by or duty.ends):
        finding.verdict = "unknown"
        finding.because.append("Whether it was done is not held, so nobody is said to be late.")
    elif not _outcome_known(duty, timeline):
        finding.verdict, finding.if_so = "unknown", True
        finding.because.append(_if_so(duty, today, due))
    else:
        finding.verdict, finding.days_late = "breach", today - due
        finding.because.append(f"Not done by {dates.short(today)}: {days(today - due)} late.")
        _guidance(finding)


def _outcome_known(duty: Duty, timeline: Timeline) -> bool:
    """Whether the limit binds at all; where it binds one outcome only, whether the decision went that way."""
    one = duty.one_outcome
    return one is None or conditions.reason(one.known, timeline) is not None


def _if_so(duty: Duty, today: int, due: int) -> str:
    one = duty.one_outcome
    if one is None:
        raise ValueError(f"{duty.id}: binds every outcome")
    would = f"{one.binds} told on {dates.short(today)} would be {days(today - due)} late"
    return f"Not known: {one.of}. The limit binds {one.binds} only, so nobody is said to be late; {would}."


def _doubt(finding: Finding, timeline: Timeline) -> str | None:
    """Why an open clock cannot be judged from what is held."""
    duty, earlier = finding.duty, finding.earlier
    if earlier and duty.earlier_end != "older" and earlier[0] not in timeline.many:
        return (
            f"{earlier[0]} on {dates.short(earlier[1])} lies before the start: correct one of the two days."
        )
    for name in duty.ends if timeline.undated else ():
        if name in timeline.undated:
            return f"{name} happened, but its day is not held, so nobody can say whether it was in time."
    for name in duty.implied_by:
        if timeline.days.get(name, 0) >= (finding.started or 0) > 0:
            return f"{' or '.join(duty.ends)}: not held, but {officer(name)}, so it happened on a day nobody gave."
    if timeline.history and duty.history:
        return f"{' or '.join(duty.ends)}: the return says it happened before its year and gives no day."
    return None


def _guidance(finding: Finding) -> None:
    """Guidance cannot be breached; only being in time is said as for law."""
    if finding.duty.strength != "law" and finding.verdict != "in_time":
        finding.verdict = "guidance_only"
        finding.because.append("This time is guidance, not law.")
