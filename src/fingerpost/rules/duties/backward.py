# SPDX-License-Identifier: Apache-2.0
""" "At least ... before": counted back from a fixed day, with one day of doubt shown as two answers (section 1.4)."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import relief
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days, opening_backwards


def run(duty: Duty, timeline: Timeline) -> Finding:
    """The cautious and the generous last day; a breach only after the second."""
    start = timeline.first(duty.starts)
    if start is None:
        return unstarted(duty, timeline)
    name, fixed = start
    rule = duty.rule_on(fixed)
    if rule is None:
        return plain(duty, "not_applicable", f"This rule was not in force on {dates.short(fixed)}.")
    safe, arguable, sentences = opening_backwards(rule, name, fixed)
    finding = Finding(
        duty, "", sentences, rule.citation, fixed, arguable, certainty=duty.certainty, start_name=name
    )
    finding.latest_safe, finding.latest_arguable = safe, arguable
    for result in duty.results:
        finding.results[result] = dates.iso(arguable)
    _judge(finding, timeline, safe, arguable)
    if timeline.relief_in_play:
        relief.consider(finding, timeline)
    return finding


def _judge(finding: Finding, timeline: Timeline, safe: int, arguable: int) -> None:
    done = timeline.earliest(finding.duty.ends)
    if timeline.facts.get(str(finding.duty.more.get("waived_by"))) is True:
        finding.closed, finding.verdict, finding.days_late = done, "in_time", 0
        finding.because.append("The family agreed to shorter notice.")
        return
    day = done if done is not None else timeline.today
    if done is None and day is not None and day >= (finding.started or 0):
        finding.verdict = "unknown"
        finding.because.append(f"{' or '.join(finding.duty.ends)} is not held, and the day itself has come.")
        return
    if day is None:
        finding.verdict = "unknown"
        finding.because.append("Neither the act nor today is given, so lateness is not counted.")
        return
    finding.closed, finding.days_late = done, max(0, day - arguable)
    finding.because.append(
        f"{'Done' if done is not None else 'Not done yet'} on {dates.short(day)}: {_where(day, safe, arguable)}."
    )
    if done is not None:
        finding.verdict = "in_time" if day <= arguable else "breach"
    else:
        finding.verdict = "not_yet_due" if day <= arguable else "breach"


def _where(day: int, safe: int, arguable: int) -> str:
    if day <= safe:
        return "in time under both readings"
    if day <= arguable:
        return "between the two readings, so open to argument"
    return f"{days(day - arguable)} late under either reading"
