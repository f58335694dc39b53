# SPDX-License-Identifier: Apache-2.0
"""Duties without a number: something must be done, or done before something else; the law fixes no day."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import began


def run(duty: Duty, timeline: Timeline) -> Finding:
    """Done, still to be done, or done in the wrong order."""
    start = timeline.first(duty.starts)
    done = _done(duty, timeline, start)
    if duty.starts and start is None and done is None:
        return unstarted(duty, timeline)
    finding = plain(duty, "must_act")
    if start is not None:
        finding.start_name, finding.started = start
        finding.because.append(began(*start))
    finding.because.append(f"The law gives no number of days ({duty.citation}).")
    _judge(finding, timeline, done)
    if "fixed_period" in duty.more:
        finding.results["fixed_period"] = None
    return finding


def _done(duty: Duty, timeline: Timeline, start: tuple[str, int] | None) -> int | None:
    """The first end held; where the law asks for it after the start, an older one does not count."""
    since = start[1] if start and "after_start" in duty.more else 0
    return timeline.earliest(duty.ends, since)


def _judge(finding: Finding, timeline: Timeline, done: int | None) -> None:
    duty = finding.duty
    finding.closed = done
    before = timeline.days.get(str(duty.more.get("before")))
    stated = timeline.facts.get(str(duty.more.get("unless_false")))
    if stated is False:
        finding.verdict = "unlawful"
        finding.because.append("The case says that this was not done.")
    elif done is not None:
        _order(finding, done, before)
    elif stated is True:
        finding.verdict = "lawful"
        finding.because.append("The case says that this was done.")
    elif before is not None:
        finding.verdict = "unknown"
        finding.because.append(f"{' or '.join(duty.ends)} is not held, though the step after it was taken.")
    else:
        _open(finding, timeline)


def _order(finding: Finding, done: int, before: int | None) -> None:
    if before is not None and done > before:
        finding.verdict = "unlawful"
        finding.because.append(
            f"Done on {dates.short(done)}, after the step it had to precede ({dates.short(before)})."
        )
        return
    finding.verdict = "lawful"
    finding.because.append(f"Done on {dates.short(done)}.")


def _open(finding: Finding, timeline: Timeline) -> None:
    gone = conditions.reason(finding.duty.falls_away, timeline)
    if gone:
        finding.verdict = "not_applicable"
        finding.because.append(gone)
        return
    step = str(finding.duty.more.get("must", finding.duty.title))
    finding.because.append(f"To do: {step}.")
