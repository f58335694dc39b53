# SPDX-License-Identifier: Apache-2.0
"""The family's time to contact the mediation adviser, without whom most appeals cannot begin."""

from collections.abc import Mapping
from functools import lru_cache

from fingerpost.rules.calendars import dates, months
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.questions.appeal_time import LEAVE, not_sent, sent
from fingerpost.rules.duties.timeline import Timeline


def contact(duty: Duty, timeline: Timeline) -> Finding | None:
    """The family's two months to contact the mediation adviser; after them no certificate without leave."""
    start = sent(timeline)
    if start is None:
        return not_sent(duty, timeline)
    bar = months.after(timeline.days.get("notice_dated", start[1]), 2)
    due, sentences, results = _contact_told(start[1], bar)
    finding = plain(duty, "", *sentences)
    finding.start_name, finding.started, finding.due = start[0], start[1], due
    finding.results = {**results}
    _contacted(finding, timeline, bar)
    return finding


@lru_cache(maxsize=65536)
def _contact_told(sent: int, bar: int) -> tuple[int, tuple[str, ...], Mapping[str, object]]:
    due = months.after(sent, 2)
    return (
        due,
        (
            f"The notice was sent on {dates.short(sent)}; two months end on {dates.short(due)}.",
            f"A certificate needs contact by {dates.short(bar)}: two months of the date of the notice.",
        ),
        {"two_month_date": dates.iso(due), "last_day_to_contact": dates.iso(bar)},
    )


def _contacted(finding: Finding, timeline: Timeline, bar: int) -> None:
    contacted = timeline.days.get("adviser_contacted")
    day = contacted if contacted is not None else timeline.today
    if day is None:
        finding.verdict = "unknown"
        finding.because.append("Neither the contact nor today is given.")
        return
    finding.closed, finding.days_late = contacted, max(0, day - bar)
    finding.results["certificate_possible"] = day <= bar
    if day <= bar:
        finding.verdict = "in_time" if contacted is not None else "not_yet_due"
        return
    finding.verdict = "late_extension_needed"
    finding.results["next_route"] = LEAVE
    finding.because.append(
        "The adviser can no longer issue a certificate; the tribunal's leave is needed (R 34(3))."
    )
