# SPDX-License-Identifier: Apache-2.0
"""Assessment questions that are not one limit: the six-month bars and the stay at a special setting."""

from datetime import date

from fingerpost.rules.calendars import dates, months
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline

_LOOK_BACK = 6
_STAY = 10


def first_bar(duty: Duty, timeline: Timeline) -> Finding:
    """Was there an assessment in the last six months? Even then the request is answered in six weeks."""
    asked = timeline.days.get("request_received")
    if asked is None:
        return unstarted(duty, timeline)
    barred, because = recent(timeline, asked)
    plan = timeline.facts.get("plan_exists") is True
    finding = _dated(duty, "must_act", asked, because)
    finding.results["considering_duty_engaged"] = not (barred or plan)
    finding.results["six_weeks_due"] = dates.iso(asked + 42)
    if plan:
        finding.because.append("A plan is kept already, so the considering route is not engaged.")
    finding.because.append(
        f"The request itself must still be answered by {dates.short(asked + 42)} (six weeks)."
    )
    return finding


def reassessment_bar(duty: Duty, timeline: Timeline) -> Finding:
    """May a re-assessment be declined because one was made in the last six months? It is a choice, not a rule."""
    asked = timeline.days.get("reassess_request_received")
    if asked is None:
        return unstarted(duty, timeline)
    if timeline.facts.get("requester") == "responsible_commissioning_body":
        finding = _dated(
            duty, "must_act", asked, "A commissioning body asked: the bar speaks of other requests only."
        )
        finding.results["bar_available"] = finding.results["discretion"] = False
        return finding
    barred, because = recent(timeline, asked)
    finding = _dated(duty, "lawful" if barred else "not_applicable", asked, because)
    finding.results |= {"bar_available": barred, "discretion": barred, "answer_due": dates.iso(asked + 15)}
    finding.because.append(f"Either way the answer is due by {dates.short(asked + 15)} (15 days).")
    return finding


def recent(timeline: Timeline, asked: int) -> tuple[bool, str]:
    """Does an earlier assessment lie in the six months that end with a request, and why?"""
    held = [
        timeline.days[n] for n in ("last_assessment_completed", "reassessed_final_sent") if n in timeline.days
    ]
    last = max((on for on in held if on <= asked), default=None)
    opens = months.after(asked, -_LOOK_BACK) + 1
    if last is None:
        return False, "No earlier assessment is held."
    inside = last >= opens
    where = "inside" if inside else "before"
    return inside, (
        f"The earlier assessment of {dates.short(last)} lies {where} the six months that end with the request"
        f" (from {dates.short(opens)})."
    )


def _dated(duty: Duty, verdict: str, start: int, because: str) -> Finding:
    finding = plain(duty, verdict, because)
    finding.started, finding.start_name = start, duty.starts[0]
    return finding


def rcb_request(duty: Duty, timeline: Timeline) -> Finding | None:
    """A commissioning body's request leaves no choice."""
    if timeline.facts.get("requester") != "responsible_commissioning_body":
        return None
    asked = timeline.days.get("reassess_request_received")
    if asked is None:
        return unstarted(duty, timeline)
    finding = _dated(duty, "must_act", asked, "A commissioning body asked: the authority must re-assess.")
    finding.results |= {"required_step": "re-assess", "discretion": False}
    return finding


def own_initiative(duty: Duty, timeline: Timeline) -> Finding:
    """The authority's own decision starts the 14 weeks; no request and no 15-day answer exist."""
    decided = timeline.days.get("own_reassessment_decided")
    if decided is None:
        return unstarted(duty, timeline)
    finding = _dated(
        duty, "must_act", decided, f"The authority decided to re-assess on {dates.short(decided)}."
    )
    finding.results["next_duty_of_la"] = [f"send the final plan by {dates.iso(decided + 98)}"]
    finding.because.append(f"The 14 weeks run from that decision and end on {dates.short(decided + 98)}.")
    return finding


def stay(duty: Duty, timeline: Timeline) -> Finding:
    """Ten days on which the setting is open, after the refusal was served."""
    served = timeline.days.get("plan_refusal_served")
    if served is None:
        return unstarted(duty, timeline)
    raw = timeline.facts.get("setting_open_days")
    listed = raw if isinstance(raw, list) else []
    opened = sorted({on for on in (_ordinal(day) for day in listed) if on > served})
    if len(opened) < _STAY:
        return _dated(
            duty,
            "unknown",
            served,
            f"setting_open_days: {len(opened)} open days after {dates.short(served)} are held; {_STAY} are needed.",
        )
    last = opened[_STAY - 1]
    finding = _dated(duty, "lawful", served, f"The refusal was served on {dates.short(served)}.")
    finding.due, finding.days_late, finding.results["may_stay_until"] = last, 0, dates.iso(last)
    finding.because.append(f"The tenth day on which the setting is open after that is {dates.short(last)}.")
    if timeline.today is not None:
        finding.verdict = "not_yet_due" if timeline.today <= last else "not_applicable"
    return finding


def _ordinal(value: object) -> int:
    return value.toordinal() if isinstance(value, date) else dates.read(str(value))
