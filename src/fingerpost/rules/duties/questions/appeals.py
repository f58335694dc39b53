# SPDX-License-Identifier: Apache-2.0
"""The family's time to appeal, counted as the tribunal counts, and whether there is an appeal at all."""

from dataclasses import dataclass
from datetime import time

from fingerpost.rules.calendars import dates, months, tribunal
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.facts import Event
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import judge, unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import days

_CLOSES = time(17)
_LEAVE = "ask the tribunal to admit the appeal late"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Two months from sending, one month from the certificate, and the later of them as the tribunal counts."""

    two_months: int
    one_month: int | None
    plain: int
    effective: int


def deadline(timeline: Timeline, sent: int) -> Deadline:
    two = months.after(sent, 2)
    certificate = timeline.days.get("certificate_issued")
    counts = certificate is not None and certificate >= sent
    one = months.after(certificate, 1) if counts and certificate is not None else None
    last = max(two, one or two)
    return Deadline(two, one, last, tribunal.appeal_in_time(last))


def appeal(duty: Duty, timeline: Timeline) -> Finding | None:
    """The later of two, moved off days on which the tribunal is closed, off Christmas week and out of August."""
    start = sent(timeline)
    if start is None:
        return _not_sent(duty, timeline)
    end = deadline(timeline, start[1])
    finding = plain(
        duty,
        "",
        f"The notice was sent on {dates.short(start[1])}; two months end on {dates.short(end.two_months)}.",
    )
    finding.start_name, finding.started, finding.due = start[0], start[1], end.effective
    _say(finding, timeline, end)
    _judge(finding, timeline, end.effective)
    return finding


_SENT = (
    "cease_notice_sent",
    "assessment_refusal_sent",
    "amended_final_sent",
    "reassessed_final_sent",
    "final_sent",
)


def sent(timeline: Timeline) -> tuple[str, int] | None:
    """The sending from which the two months run: the notice itself, else the latest letter that can be appealed."""
    if "notice_sent" in timeline.days:
        return "notice_sent", timeline.days["notice_sent"]
    held = [(timeline.days[name], name) for name in _SENT if name in timeline.days]
    return (max(held)[1], max(held)[0]) if held else None


def _not_sent(duty: Duty, timeline: Timeline) -> Finding | None:
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


def _say(finding: Finding, timeline: Timeline, end: Deadline) -> None:
    results, because = finding.results, finding.because
    results["two_month_date"] = dates.iso(end.two_months)
    if end.one_month is not None:
        results["one_month_date"] = dates.iso(end.one_month)
        because.append(
            f"One month from the certificate ends on {dates.short(end.one_month)}; the later day governs."
        )
    if end.effective != end.plain:
        because.append(
            f"{dates.short(end.plain)} is a day off, in August or in Christmas week:"
            f" an appeal is in time until {dates.short(end.effective)} (HESC rule 12)."
        )
    because.append(f"It must reach the tribunal by 5pm on {dates.short(end.effective)}.")
    results |= {"appeal_deadline": dates.iso(end.effective), "time_of_day": tribunal.TIME_OF_DAY}
    needed = certificate_needed(timeline)
    results["certificate_needed"] = needed
    if not needed and end.one_month is not None:
        finding.certainty = "unconfirmed"
        finding.latest_safe = tribunal.appeal_in_time(end.two_months)
        finding.latest_arguable = end.effective
        because.append(
            "No certificate was needed; whether it lengthens the time is not settled, so keep the earlier day."
        )


def certificate_needed(timeline: Timeline) -> bool:
    """Every appeal needs a mediation certificate, except one about section I only (s.55(2))."""
    sections = timeline.facts.get("appeal_sections")
    only = isinstance(sections, list) and [str(section).strip().upper() for section in sections] == ["I"]
    return not (only or timeline.facts.get("appeal_is_section_i_only") is True)


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
    finding.results["next_route"] = _LEAVE
    finding.because.append(f"{words}: {days(late)} out of time; the tribunal may still admit it.")


def contact(duty: Duty, timeline: Timeline) -> Finding | None:
    """The family's two months to contact the mediation adviser; after them no certificate without leave."""
    start = sent(timeline)
    if start is None:
        return _not_sent(duty, timeline)
    due = months.after(start[1], 2)
    bar = months.after(timeline.days.get("notice_dated", start[1]), 2)
    finding = plain(
        duty, "", f"The notice was sent on {dates.short(start[1])}; two months end on {dates.short(due)}."
    )
    finding.start_name, finding.started, finding.due = start[0], start[1], due
    finding.results |= {"two_month_date": dates.iso(due), "last_day_to_contact": dates.iso(bar)}
    finding.because.append(
        f"A certificate needs contact by {dates.short(bar)}: two months of the date of the notice."
    )
    contacted = timeline.days.get("adviser_contacted")
    day = contacted if contacted is not None else timeline.today
    if day is None:
        finding.verdict = "unknown"
        finding.because.append("Neither the contact nor today is given.")
        return finding
    finding.closed, finding.days_late = contacted, max(0, day - bar)
    finding.results["certificate_possible"] = day <= bar
    if day <= bar:
        finding.verdict = "in_time" if contacted is not None else "not_yet_due"
    else:
        finding.verdict = "late_extension_needed"
        finding.results["next_route"] = _LEAVE
        finding.because.append(
            "The adviser can no longer issue a certificate; the tribunal's leave is needed (R 34(3))."
        )
    return finding


def needs_certificate(duty: Duty, timeline: Timeline) -> Finding:
    """Is a mediation certificate needed before this appeal?"""
    needed = certificate_needed(timeline)
    because = (
        "A certificate is needed."
        if needed
        else "The appeal is about section I only, so no certificate is needed."
    )
    finding = plain(duty, "lawful", because)
    finding.results["certificate_needed"] = needed
    if (
        needed
        and timeline.facts.get("mediation_certificate") is False
        and timeline.happened("appeal_received")
    ):
        finding.verdict = "unlawful"
        finding.because.append("The appeal was made without one.")
    return finding


def right(duty: Duty, timeline: Timeline) -> Finding:
    """Is there something to appeal now, and under which words of s.51(2)?"""
    sections = timeline.facts.get("appeal_sections")
    found = _appealable(timeline)
    finding = plain(duty, "lawful", "")
    if found is None:
        return plain(duty, "unknown", "No decision, plan or notice is held that could be appealed.")
    appealable, words = found
    if isinstance(sections, list) and {str(s).strip().upper() for s in sections} == {"E"}:
        appealable, words = (
            "",
            "Outcomes (section E) cannot be appealed alone; needs, provision or setting can.",
        )
    finding.because[0] = words
    finding.results["appeal_available"] = finding.results["appeal_right_now"] = bool(appealable)
    if appealable:
        finding.results["appealable"] = appealable
    else:
        finding.verdict = "not_applicable"
        finding.results["appeal_right_when"] = words
    return finding


def _appealable(timeline: Timeline) -> tuple[str, str] | None:
    """The latest appealable step of the case, newest first; an empty right means: not yet, and when."""
    steps = [(timeline.days[name], name) for name in _STEPS if name in timeline.days]
    for _, name in sorted(steps, reverse=True):
        fact, value, answer = _STEPS[name]
        if not fact or timeline.facts.get(fact) == value:
            return answer
        if name == "review_decision_notified" and timeline.facts.get(fact) in _AFTER_REVIEW:
            return _AFTER_REVIEW[str(timeline.facts.get(fact))]
    return None


_AFTER_REVIEW = {
    "amend": (
        "",
        "A right arises when the amended final plan is sent, or the family is told it will not be amended.",
    ),
    "cease": ("51(2)(f)", "The decision to end the plan can be appealed."),
}
_STEPS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "assessment_refusal_sent": ("", "", ("51(2)(a)", "The refusal to assess can be appealed.")),
    "decision_notified": (
        "assessment_decision",
        "refuse",
        ("51(2)(a)", "The refusal to assess can be appealed."),
    ),
    "plan_refusal_notified": ("", "", ("51(2)(b)", "The refusal to make a plan can be appealed.")),
    "draft_served": ("", "", ("", "A right arises when the final plan is sent; a draft cannot be appealed.")),
    "final_sent": ("", "", ("51(2)(c)", "The content of the final plan can be appealed.")),
    "amendment_notice_sent": ("", "", _AFTER_REVIEW["amend"]),
    "amended_final_sent": ("", "", ("51(2)(c)", "The content of the amended plan can be appealed.")),
    "reassessed_final_sent": ("", "", ("51(2)(c)", "The content of the plan can be appealed.")),
    "reassess_decision_notified": (
        "assessment_decision",
        "refuse",
        ("51(2)(d)", "The refusal to re-assess can be appealed."),
    ),
    "review_decision_notified": (
        "review_outcome",
        "continue",
        ("51(2)(e)", "The decision not to amend after the review can be appealed."),
    ),
    "not_amending_notified": ("", "", ("51(2)(e)", "The decision not to amend can be appealed.")),
    "cease_notice_sent": ("", "", ("51(2)(f)", "The decision to end the plan can be appealed.")),
}


def response(duty: Duty, timeline: Timeline) -> Finding:
    """The authority's answer to the tribunal: 30 working days, August and Christmas week left out."""
    start = timeline.days.get("appeal_received_by_la")
    if start is None:
        return unstarted(duty, timeline)
    due = tribunal.after(start, 30)
    finding = plain(duty, "", f"The authority received the appeal on {dates.short(start)}.")
    finding.start_name, finding.started, finding.due = "appeal_received_by_la", start, due
    finding.because.append(
        "30 working days; August and 25 December to 1 January are left out (HESC rule 12(3)(b))."
    )
    finding.because.append(f"The last day is {dates.short(due)}, by 5pm.")
    fixed = timeline.facts.get("tribunal_direction_due")
    if fixed is not None and hasattr(fixed, "toordinal"):
        finding.due = fixed.toordinal()
        finding.because.append(f"The tribunal fixed another day: {dates.short(fixed.toordinal())}.")
    finding.results["time_of_day"] = tribunal.TIME_OF_DAY
    filed = timeline.days.get("appeal_response_filed")
    finding.closed = filed if filed is not None and filed >= start else None
    judge(finding, timeline)
    return finding
