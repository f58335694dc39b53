# SPDX-License-Identifier: Apache-2.0
"""Review questions that are not one limit: who writes the report, early years, reviews before a phase transfer."""

from fingerpost.rules.calendars import dates, months
from fingerpost.rules.duties import fixed_dates, holders, limits, phase_limits
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline

HEAD_WRITES = (
    "maintained_school",
    "maintained_nursery",
    "academy",
    "pupil_referral_unit",
    "non_maintained_special",
    "section_41_independent",
)


def report_author(duty: Duty, timeline: Timeline) -> Finding:
    """The head or principal for the settings of R 20(12); the authority for all others."""
    setting = timeline.facts.get("setting_type")
    if setting is None:
        return plain(duty, "unknown", "setting_type is not held, so it cannot be said who writes the report.")
    author = "head_teacher" if setting in HEAD_WRITES else "local_authority"
    finding = plain(
        duty, "lawful", f"For a setting of type {setting} the {author.replace('_', ' ')} writes the report."
    )
    finding.results["report_author"] = author
    return finding


def early_years(duty: Duty, timeline: Timeline) -> Finding | None:
    """Under five: guidance asks for a review every three to six months; the twelve months bind all the same."""
    age = holders.age(timeline, holders.day_of_asking(timeline))
    young = timeline.facts.get("setting_type") == "early_years" if age is None else age < 5
    if not young:
        return None
    start = timeline.first(duty.starts)
    if start is None:
        return unstarted(duty, timeline)
    first, last = months.after(start[1], 3), months.after(start[1], 6)
    finding = plain(
        duty, "guidance_only", f"Guidance asks for a review 3 to 6 months after {dates.short(start[1])}."
    )
    finding.start_name, finding.started, finding.due = start[0], start[1], last
    finding.days_late = max(0, (timeline.today or last) - last)
    finding.results |= {
        "guidance_due": dates.iso(first),
        "guidance_latest": dates.iso(last),
        "statutory_due": dates.iso(months.beginning_with(start[1], 12)),
    }
    finding.because.append(
        f"That is {dates.short(first)} to {dates.short(last)}; the law's own limit is 12 months."
    )
    return finding


def phase_window(duty: Duty, timeline: Timeline) -> Finding:
    """Does the review lie within the 12 months before the transfer?"""
    transfer = fixed_dates.phase_day(timeline)
    if transfer is None:
        return plain(duty, "unknown", "phase_transfer_on is not held.")
    review = timeline.first(("review_meeting", "last_review_completed", "review_decision_notified"))
    opens = months.after(transfer, -12)
    finding = plain(
        duty,
        "must_act",
        f"The move is on {dates.short(transfer)}; twelve months before it is {dates.short(opens)}.",
    )
    finding.started, finding.start_name, finding.earliest = transfer, "phase_transfer_on", opens
    if review is None:
        finding.results["required_step"] = "review the plan within the 12 months before the move"
        return finding
    counts = opens <= review[1] < transfer
    finding.results["counts_as_phase_review"] = counts
    finding.verdict = "lawful" if counts else "unlawful"
    finding.because.append(
        f"The review of {dates.short(review[1])} {'lies' if counts else 'does not lie'} inside them."
    )
    return finding


def planning(duty: Duty, timeline: Timeline) -> Finding | None:
    """Back from the last lawful day: eight weeks for the notice, twelve for the meeting, if every maximum is used."""
    if timeline.facts.get("phase_transfer_kind") == phase_limits.SIXTH_FORM:
        return plain(duty, "not_applicable", "Staying in the school's own sixth form is no phase transfer.")
    last = phase_limits.last_lawful_day(timeline)
    if last is None:
        return unstarted(duty, timeline)
    finding = plain(
        duty, "guidance_only", f"The last lawful day for the amended plan is {dates.short(last)}."
    )
    notice, meeting = last - 56, last - 84
    if "named" in duty.more:
        finding.results["latest_final_on"] = dates.iso(last)
        finding.results["latest_amendment_notice_on"] = dates.iso(notice)
        finding.results["latest_meeting_on"] = dates.iso(meeting)
    finding.because.append(f"Eight weeks before it the notice must go: {dates.short(notice)}.")
    finding.because.append(f"Twelve weeks before it the meeting must be held: {dates.short(meeting)}.")
    finding.because.append("This is an aid to planning, not a limit in law.")
    return finding


def without_review(duty: Duty, timeline: Timeline) -> Finding:
    """Amending without a review (R 28): no meeting, so no four weeks; eight weeks from the notice all the same."""
    finding = limits.run(duty, timeline)
    finding.results["four_week_duty"] = "not_applicable"
    finding.because.append("There was no review meeting, so no four weeks ran from one.")
    served = timeline.days.get("amendment_notice_served")
    if served is not None:
        finding.results["earliest_final"] = dates.iso(served + 15)
    return finding


def not_in_education(duty: Duty, timeline: Timeline) -> Finding | None:
    """Under 18 and out of education: a review, never an end of the plan for that reason."""
    if timeline.facts.get("in_education") is not False:
        return None
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if age is None:
        return plain(duty, "unknown", "date_of_birth or age is not held.")
    if age >= 18:
        return plain(duty, "not_applicable", "The person is 18 or over; regulation 30 governs instead.")
    finding = plain(duty, "must_act", "Under 18 and not in education or training: the plan must be reviewed.")
    finding.results["required_step"] = "review the plan and amend it where needed"
    finding.because.append("The law gives no number of days for it.")
    return finding
