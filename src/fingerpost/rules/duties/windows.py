# SPDX-License-Identifier: Apache-2.0
"""Time owed to the family: a window that must stay open so long, before which the authority may not go on."""

from fingerpost.rules.calendars import dates, working_days
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days, opening

_POST = {"first_class": 2, "second_class": 4, "special_delivery": 1}  # working days until service is presumed


def run(duty: Duty, timeline: Timeline) -> Finding:
    """First and last day of the window, and whether the next step kept to it."""
    served = service_day(duty, timeline)
    if served is None:
        return unstarted(duty, timeline)
    name, start = served
    rule = duty.rule_on(start)
    if rule is None:
        return plain(duty, "not_applicable", f"This rule was not in force on {dates.short(start)}.")
    last, sentences = opening(rule, name, start)
    extra = extra_days(timeline)
    due = last + extra
    finding = Finding(
        duty, "", sentences, rule.citation, start, due, certainty=duty.certainty, start_name=name
    )
    finding.earliest = due + 1
    _say_more(finding, timeline, extra)
    _judge(finding, timeline, due + 1)
    return finding


def service_day(duty: Duty, timeline: Timeline) -> tuple[str, int] | None:
    """The day of service; by post it is presumed from the day of posting."""
    start = timeline.first(duty.starts)
    if start is not None or "draft_served" not in duty.starts:
        return start
    presumed = drafted(timeline)
    return None if presumed is None else ("draft_posted", presumed)


def drafted(timeline: Timeline) -> int | None:
    """The day on which the draft was served, else on which its post is presumed to have arrived."""
    posted = timeline.days.get("draft_posted")
    presumed = None if posted is None else deemed(timeline, posted)
    return timeline.days.get("draft_served", presumed)


def deemed(timeline: Timeline, posted: int) -> int:
    count = _POST[str(timeline.facts.get("post_class", "first_class"))]
    return working_days.after(posted, count)


def extra_days(timeline: Timeline) -> int:
    extra = timeline.facts.get("extra_days_given_to_family", 0)
    return extra if isinstance(extra, int) else 0


def _say_more(finding: Finding, timeline: Timeline, extra: int) -> None:
    due, because = finding.due or 0, finding.because
    finding.results = {"last_day": dates.iso(due), "earliest_final": dates.iso(due + 1)}
    if finding.start_name == "draft_posted":
        finding.certainty = "presumption"
        finding.results["deemed_served_on"] = dates.iso(finding.started or 0)
        because.append(
            "The day is the one on which post is presumed to arrive; proof of another day displaces it."
        )
    if extra:
        because.append(f"The authority gave {days(extra)} more; it may, but no other limit moves for that.")
    if timeline.facts.get("family_waived_rest_of_window") is True:
        because.append("The family said it had no more to say; the 15 days are a minimum and stand.")
    because.append(f"The plan may be finalised from {dates.short(due + 1)}.")


def _judge(finding: Finding, timeline: Timeline, earliest: int) -> None:
    """Going on too early is unlawful; a day beyond the window is not late."""
    finding.closed = closed = _next_step(finding, timeline)
    finding.days_late = 0
    if closed is not None:
        early = earliest - closed
        finding.verdict = "unlawful" if early > 0 else "lawful"
        how = f"{days(early)} too early" if early > 0 else "after the window closed"
        finding.because.append(f"The next step was taken on {dates.short(closed)}: {how}.")
    elif timeline.today is None:
        finding.verdict, finding.days_late = "unknown", None
        finding.because.append("today is not given, so it is not said whether the window is still open.")
    else:
        is_open = timeline.today < earliest
        finding.verdict = "not_yet_due" if is_open else "lawful"
        finding.because.append("The window is still open." if is_open else "The window has closed.")


def _next_step(finding: Finding, timeline: Timeline) -> int | None:
    """The first step on or after the opening that had to wait for the window."""
    return timeline.earliest(finding.duty.ends, finding.started or 0)
