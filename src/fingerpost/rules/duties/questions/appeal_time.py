# SPDX-License-Identifier: Apache-2.0
"""The family's time to appeal: the later of two periods, counted as the tribunal counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from fingerpost.rules.calendars import dates, months, tribunal
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.facts import Event
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.questions.appeal_right import certificate_needed
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days

_CLOSES = time(17)
LEAVE = "ask the tribunal to admit the appeal late"
_SENT = (
    "cease_notice_sent",
    "assessment_refusal_sent",
    "amended_final_sent",
    "reassessed_final_sent",
    "final_sent",
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Two months from sending, one month from the certificate, and the later of them as the tribunal counts."""

    two_months: int
    one_month: int | None
    plain: int
    effective: int


def deadline(timeline: Timeline, sent: int) -> Deadline:
    """The last day to appeal against what was sent on that day."""
    certificate = timeline.days.get("certificate_issued")
    return _deadline(sent, certificate if certificate is not None and certificate >= sent else None)


@lru_cache(maxsize=65536)
def _deadline(sent: int, certificate: int | None) -> Deadline:
    two = months.after(sent, 2)
    one = None if certificate is None else months.after(certificate, 1)
    last = max(two, one or two)
    return Deadline(two, one, last, tribunal.appeal_in_time(last))


def sent(timeline: Timeline) -> tuple[str, int] | None:
    """The sending from which the two months run: the notice itself, else the latest letter that can be appealed."""
    held = timeline.days
    if "notice_sent" in held:
        return "notice_sent", held["notice_sent"]
    latest = None
    for name in _SENT:
        if name in held and (latest is None or (held[name], name) > (held[latest], latest)):
            latest = name
    return None if latest is None else (latest, held[latest])


def not_sent(duty: Duty, timeline: Timeline) -> Finding | None:
    """A decision that can be appealed, without the day on which its notice was sent."""
    facts = timeline.facts
    told = facts.get("assessment_decision") == "refuse" or timeline.happened("plan_refusal_notified")
    if not (
        told or "appeal_registered_about" in facts or "mediation_held_about" in facts or not timeline.days
    ):
        return None
    return plain(
        duty, "unknown", "notice_sent is not held: the time to appeal runs from the sending of the notice."
    )


def appeal(duty: Duty, timeline: Timeline) -> Finding | None:
    """The later of two, moved off days on which the tribunal is closed, off Christmas week and out of August."""
    start = sent(timeline)
    if start is None:
        return not_sent(duty, timeline)
    end, needed = deadline(timeline, start[1]), certificate_needed(timeline)
    because, results = _told(start[1], end, needed)
    finding = plain(duty, "", *because)
    finding.start_name, finding.started, finding.due = start[0], start[1], end.effective
    finding.results = {**results}
    if not needed and end.one_month is not None:
        _doubtful(finding, end)
    _judge(finding, timeline, end.effective)
    return finding


@lru_cache(maxsize=65536)
def _told(sent: int, end: Deadline, needed: bool) -> tuple[tuple[str, ...], Mapping[str, object]]:
    """The sentences and named results that follow from the days alone. Kept, because many cases share them."""
    words = [f"The notice was sent on {dates.short(sent)}; two months end on {dates.short(end.two_months)}."]
    results: dict[str, object] = {"two_month_date": dates.iso(end.two_months)}
    if end.one_month is not None:
        results["one_month_date"] = dates.iso(end.one_month)
        month = dates.short(end.one_month)
        words.append(f"One month from the certificate ends on {month}; the later day governs.")
    if end.effective != end.plain:
        words.append(
            f"{dates.short(end.plain)} is a day off, in August or in Christmas week:"
            f" an appeal is in time until {dates.short(end.effective)} (HESC rule 12)."
        )
    words.append(f"It must reach the tribunal by 5pm on {dates.short(end.effective)}.")
    results |= {"appeal_deadline": dates.iso(end.effective), "time_of_day": tribunal.TIME_OF_DAY}
    results["certificate_needed"] = needed
    return tuple(words), results


def _doubtful(finding: Finding, end: Deadline) -> None:
    """A certificate that was not needed: the earlier day is the safe one."""
    finding.certainty = "unconfirmed"
    finding.latest_safe = tribunal.appeal_in_time(end.two_months)
    finding.latest_arguable = end.effective
    finding.because.append(
        "No certificate was needed; whether it lengthens the time is not settled, so keep the earlier day."
    )


def _judge(finding: Finding, timeline: Timeline, due: int) -> None:
    received = timeline.days.get("appeal_received")
    if received is not None and received >= (finding.started or 0):
        finding.closed = received
        counted = received + _after_hours(timeline, received)
        _late(finding, max(0, counted - due), f"The appeal arrived on {dates.short(received)}")
    elif timeline.today is None:
        finding.verdict = "unknown"
        finding.because.append("today is not given, so it is not said whether there is still time.")
    elif timeline.today <= due:
        finding.verdict, finding.days_late = "not_yet_due", 0
        finding.because.append(f"On {dates.short(timeline.today)} {days(due - timeline.today)} remain.")
    else:
        _late(finding, timeline.today - due, f"No appeal had arrived on {dates.short(timeline.today)}")


def _after_hours(timeline: Timeline, received: int) -> int:
    """After 5pm an appeal counts as received the next day."""
    event: Event | None = timeline.timed.get("appeal_received")
    return int(
        event is not None and event.at is not None and event.at > _CLOSES and event.on.toordinal() == received
    )


def _late(finding: Finding, late: int, words: str) -> None:
    finding.days_late = late
    if late == 0:
        finding.verdict = "in_time"
        finding.because.append(f"{words}: in time.")
        return
    finding.verdict = "late_extension_needed"
    finding.results["next_route"] = LEAVE
    finding.because.append(f"{words}: {days(late)} out of time; the tribunal may still admit it.")
