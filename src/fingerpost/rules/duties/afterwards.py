# SPDX-License-Identifier: Apache-2.0
"""What a few limits add once they are counted: the last day for a draft, who writes a report, what a notice lacks."""

from collections.abc import Callable, Mapping

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import windows
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.questions import reviews
from fingerpost.rules.duties.timeline import Timeline

_WINDOW = 15


def draft(finding: Finding, timeline: Timeline) -> None:
    """The 15 days must fit before the limit; once they cannot, both cannot be kept any more."""
    due = finding.due
    if due is None:
        return
    finding.results["latest_draft_served_on"] = dates.iso(due - _WINDOW)
    served = timeline.days.get("draft_served")
    if served is None or served < (finding.started or 0) or finding.closed is not None:
        return
    earliest = served + _WINDOW + windows.extra_days(timeline)
    if earliest > due and finding.verdict in ("not_yet_due", "unknown"):
        finding.verdict, finding.earliest = "breach_unavoidable", earliest
        finding.because.append(
            f"A draft served on {dates.short(served)} may be finalised from {dates.short(earliest)},"
            " after the limit: the two can no longer both be kept."
        )


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
    """The day that governs after two limits were compared."""
    if finding.due is not None:
        finding.results["final_due"] = dates.iso(finding.due)


ADDED: Mapping[str, Callable[[Finding, Timeline], None]] = {
    "draft": draft,
    "report-author": author,
    "amendment-notice": notice,
    "guidance": guidance,
    "early-warning": early_warning,
    "next-review": next_review,
    "effective": effective,
}
