# SPDX-License-Identifier: Apache-2.0
"""Judges a limit once it is counted: in time, late, still open, not owed any more, or not to be known."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions, relief
from fingerpost.rules.duties.duty import OneOutcome
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days, officer


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
    else:
        _overdue(finding, timeline, today, due)


def _overdue(finding: Finding, timeline: Timeline, today: int, due: int) -> None:
    """The day has gone by: a breach, unless nobody can know whether it was done or whether the limit bound."""
    duty = finding.duty
    if not (finding.done_by or duty.ends):
        finding.verdict = "unknown"
        finding.because.append("Whether it was done is not held, so nobody is said to be late.")
    elif duty.one_outcome and conditions.reason(duty.one_outcome.known, timeline) is None:
        finding.verdict, finding.if_so = "unknown", True
        finding.because.append(_if_so(duty.one_outcome, today, due))
    else:
        finding.verdict, finding.days_late = "breach", today - due
        finding.because.append(f"Not done by {dates.short(today)}: {days(today - due)} late.")
        _guidance(finding)


def _if_so(one: OneOutcome, today: int, due: int) -> str:
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
