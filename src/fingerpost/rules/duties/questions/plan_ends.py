# SPDX-License-Identifier: Apache-2.0
"""When a plan may end: the earliest day after a notice to end it, and the last day to which it may be kept at 25."""

from datetime import date

from fingerpost.rules.calendars import ages, dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.questions import appeal_time
from fingerpost.rules.duties.timeline import Timeline

_ADULT = 18
_FURTHER = ("FE", "FE_college")


def earliest(duty: Duty, timeline: Timeline) -> Finding:
    """Not before the day after the appeal time ends with no appeal, or the appeal is finally determined."""
    sent = timeline.first(("cease_notice_sent", "notice_sent"))
    if sent is None:
        return plain(duty, "unknown", "cease_notice_sent is not held, so the appeal time cannot be counted.")
    finding = plain(duty, "not_yet_due", f"The notice was sent on {dates.short(sent[1])}.")
    finding.start_name, finding.started = sent
    day = _first_day(timeline, finding, sent[1])
    finding.earliest = day
    finding.results["earliest_cease"] = None if day is None else dates.iso(day)
    _judge(finding, timeline, day)
    return finding


def _first_day(timeline: Timeline, finding: Finding, sent: int) -> int | None:
    appealed = timeline.facts.get("appeal_made") is True or "appeal_received" in timeline.days
    if not appealed:
        deadline = appeal_time.deadline(timeline, sent).effective
        finding.because.append(
            f"An appeal is in time until {dates.short(deadline)}; the plan stands until the day after."
        )
        return deadline + 1
    determined = timeline.days.get("appeal_determined_on")
    if determined is None and timeline.facts.get("appeal_determined") is True:
        finding.because.append("The appeal is finally determined, but appeal_determined_on is not held.")
        return None
    if determined is None:
        finding.because.append(
            "An appeal was made and is not held as finally determined, so the plan stands."
        )
        return None
    finding.because.append(f"The appeal was finally determined on {dates.short(determined)}.")
    return determined


def _judge(finding: Finding, timeline: Timeline, day: int | None) -> None:
    ended = timeline.first(("provision_stopped", "plan_ended"))
    if ended is not None:
        finding.closed = ended[1]
        lawful = day is not None and ended[1] >= day
        finding.verdict = "lawful" if lawful else "unlawful"
        finding.because.append(f"The plan or its provision ended on {dates.short(ended[1])}.")
    elif timeline.today is None:
        finding.verdict = "unknown"
        finding.because.append("today is not given.")
        return
    else:
        lawful = day is not None and timeline.today >= day
        finding.verdict = "lawful" if lawful else "not_yet_due"
    finding.results["may_cease"] = lawful


def at_25(duty: Duty, timeline: Timeline) -> Finding | None:
    """A power to keep the plan to the end of the academic year in which the person turns 25."""
    born = holders.born(timeline)
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if age is not None and age < _ADULT:
        return None
    if born is None:
        return plain(duty, "unknown", "date_of_birth is not held.")
    birthday, eve = ages.birthday(born, 25), ages.birthday(born, 26) - 1
    setting = timeline.facts.get("setting_type")
    last = _year_end(timeline, setting, birthday, eve)
    finding = plain(duty, "lawful", f"The 25th birthday is {dates.short(birthday)}.")
    finding.started = birthday
    finding.results["discretion"] = True
    if last is None:
        finding.verdict = "unknown"
        finding.because.append("setting_type, or the end of the course or training, is not held.")
        return finding
    finding.results["may_maintain_until"] = dates.iso(last)
    finding.due = last
    finding.because.append(f"The plan may be kept until {dates.short(last)}; that is a choice, not a duty.")
    if timeline.today is not None and timeline.today > last:
        finding.verdict = "not_applicable"
        finding.because.append("That day has passed.")
    return finding


def _year_end(timeline: Timeline, setting: object, birthday: int, eve: int) -> int | None:
    if setting in _FURTHER:
        return ages.academic_year_end(birthday)
    name = "training_ends_on" if setting == "apprenticeship" else "course_ends_on"
    ends = timeline.facts.get(name)
    return min(ends.toordinal(), eve) if isinstance(ends, date) else None
