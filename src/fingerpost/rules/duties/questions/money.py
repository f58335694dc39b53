# SPDX-License-Identifier: Apache-2.0
"""Personal budgets and direct payments: when to ask for them, and what changes when a child becomes a young person."""

from fingerpost.rules.calendars import ages, dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline

_OPENING = (
    ("plan_agreed", ("final_sent",)),
    ("draft_served", ("final_sent",)),
    ("review_meeting", ("amended_final_sent", "not_amending_notified")),
    ("review_notice_given", ("amended_final_sent", "not_amending_notified")),
    ("amendment_notice_sent", ("amended_final_sent", "not_amending_notified")),
    ("reassess_decision_notified", ("reassessed_final_sent",)),
    ("own_reassessment_decided", ("reassessed_final_sent",)),
)
_STAGES = ("draft", "review", "re_assess", "reassess", "amend")


def request_window(duty: Duty, timeline: Timeline) -> Finding:
    """A budget may be asked for while a draft is prepared, or a review or re-assessment is under way."""
    stage = str(timeline.facts.get("case_stage", "")).lower().replace("-", "_").replace(" ", "_")
    if stage:
        opened = any(word in stage for word in _STAGES)
        return _answer(duty, opened, f"The case stands at: {timeline.facts['case_stage']}.")
    today = timeline.today
    if today is None:
        return plain(duty, "unknown", "today (the day of the request) is not given.")
    for start, ends in _OPENING:
        begun = timeline.days.get(start)
        if begun is None:
            continue
        closed = min((timeline.days[end] for end in ends if timeline.days.get(end, 0) >= begun), default=None)
        if begun <= today and (closed is None or today < closed):
            return _answer(duty, True, f"{start} was on {dates.short(begun)} and that step is not finished.")
    return _answer(duty, False, "No draft is being prepared, and no review or re-assessment is under way.")


def _answer(duty: Duty, opened: bool, because: str) -> Finding:
    finding = plain(duty, "lawful" if opened else "not_applicable", because)
    finding.results["pb_request_valid"] = opened
    return finding


def becoming_adult(duty: Duty, timeline: Timeline) -> Finding | None:
    """Payments made for a child go on only with the young person's consent."""
    if "first_direct_payment" not in timeline.days and "direct_payment_consent_given" not in timeline.facts:
        return None
    born, on = holders.born(timeline), holders.day_of_asking(timeline)
    young = holders.is_young_person(timeline)
    if young is None or on is None:
        return plain(duty, "unknown", "date_of_birth is not held.")
    consent = timeline.facts.get("direct_payment_consent_given")
    finding = plain(duty, "not_applicable", "The rights are still the parent's.")
    if born is not None:
        finding.results["young_person_from"] = dates.iso(ages.young_person_from(born))
    if young:
        finding.because = ["The rights passed to the young person, whose consent is needed."]
        finding.verdict = "lawful" if consent is True else "must_act"
        finding.results["payments_may_continue_without_consent"] = False
        if consent is not True:
            step = (
                "stop the payments"
                if consent is False
                else "take reasonable steps to find out whether they consent"
            )
            finding.results["required_step"] = step
            finding.because.append(f"To do: {step}.")
    return finding
