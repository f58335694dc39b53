# SPDX-License-Identifier: Apache-2.0
"""What a few limits add once they are counted: the last day for a draft, who writes a report, what a notice lacks."""

from collections.abc import Callable, Mapping

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import windows
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.questions import assessment, reviews
from fingerpost.rules.duties.timeline import Timeline

_WINDOW = 15


def draft(finding: Finding, timeline: Timeline) -> None:
    """The 15 days must fit before the limit; once they cannot, both cannot be kept any more."""
    due, served = finding.due, windows.drafted(timeline)
    if due is not None:
        finding.results["latest_draft_served_on"] = dates.iso(due - _WINDOW)
    _not_before(finding, timeline, served)
    if finding.earliest is None or due is None or finding.earliest <= due or finding.closed is not None:
        return
    if finding.verdict in ("not_yet_due", "unknown"):
        finding.verdict = "breach_unavoidable"
    finding.because.append(
        f"A draft served on {dates.short(served or 0)} may be finalised from {dates.short(finding.earliest)},"
        " after the limit: the two can no longer both be kept."
    )


def _not_before(finding: Finding, timeline: Timeline, served: int | None) -> None:
    """The first lawful day for the final plan, once the family's window of this same round is open."""
    if served is None or finding.started is None or finding.verdict == "not_applicable":
        return
    if finding.started <= served <= (finding.closed or served):
        finding.earliest = served + _WINDOW + windows.extra_days(timeline)


def author(finding: Finding, timeline: Timeline) -> None:
    """Who must write the report."""
    setting = timeline.facts.get("setting_type")
    if setting is not None:
        who = "head_teacher" if setting in reviews.HEAD_WRITES else "local_authority"
        finding.results["report_author"] = who
        finding.because.append(f"It is written by the {who.replace('_', ' ')} (R 20(7), (8), (12)).")


def notice(finding: Finding, timeline: Timeline) -> None:
    """A bare letter that says 'we will amend' is no amendment notice."""
    if finding.days_late is not None and finding.closed is not None:
        finding.results["notice_days_late"] = finding.days_late
    if timeline.facts.get("proposed_amendments_enclosed") is False:
        finding.verdict = "breach"
        finding.because.append(
            "The notice did not carry the proposed amendments: a bare letter does not meet the duty."
        )


def guidance(finding: Finding, timeline: Timeline) -> None:
    """A limit from guidance alone: the law gives none."""
    finding.results["statutory_due"] = None
    if finding.due is not None:
        finding.results["guidance_due"] = dates.iso(finding.due)


def early_warning(finding: Finding, timeline: Timeline) -> None:
    """Worded so that the anniversary itself is in time; a cautious authority keeps the day before."""
    if finding.due is not None:
        finding.latest_arguable, finding.latest_safe = finding.due, finding.due - 1
        finding.because.append(f"To be safe keep the day before: {dates.short(finding.due - 1)}.")


def next_review(finding: Finding, timeline: Timeline) -> None:
    """Once the first review is done the next one's date is another duty's."""
    if finding.closed is not None:
        finding.results.clear()


def effective(finding: Finding, timeline: Timeline) -> None:
    """The day that governs after two limits were compared, and the first day after the family's window."""
    if finding.due is not None:
        finding.results["final_due"] = dates.iso(finding.due)
    _not_before(finding, timeline, timeline.days.get("amendment_notice_served"))


def considering(finding: Finding, timeline: Timeline) -> None:
    """The route of s.36(7) is open only where no plan is kept and no assessment was made in the last six months."""
    asked = timeline.days.get("request_received", finding.started)
    barred, because = assessment.recent(timeline, asked) if asked is not None else (False, "")
    kept = timeline.facts.get("plan_exists") is True and not timeline.happened("final_sent")
    if finding.closed is not None or not (barred or kept):
        return
    finding.verdict = "not_applicable"
    finding.because = [
        "A plan is kept already, so this notice does not arise (s.36(6)(a))." if kept else because
    ]


ADDED: Mapping[str, Callable[[Finding, Timeline], None]] = {
    "considering": considering,
    "draft": draft,
    "report-author": author,
    "amendment-notice": notice,
    "guidance": guidance,
    "early-warning": early_warning,
    "next-review": next_review,
    "effective": effective,
}
