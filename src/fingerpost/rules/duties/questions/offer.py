# SPDX-License-Identifier: Apache-2.0
"""Comments on the local offer: published with a response at least once a year, naming nobody (R 56)."""

from fingerpost.rules.calendars import dates, months
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.judging import settle
from fingerpost.rules.duties.timeline import Timeline


def comments(duty: Duty, timeline: Timeline) -> Finding | None:
    """The yearly date, and whether one comment was rightly published or left out."""
    last = timeline.days.get("comments_last_published")
    finding = plain(duty, "")
    if last is not None:
        finding.start_name, finding.started, finding.due = (
            "comments_last_published",
            last,
            months.after(last, 12),
        )
        finding.because.append(
            f"Last published on {dates.short(last)}; at least annually: by {dates.short(finding.due)}."
        )
        finding.done_by = ("comments_last_published",)  # a later publication would itself be the last
        settle(finding, timeline)
    judged = _comment(timeline)
    if judged is not None:
        finding.verdict = judged[0]
        finding.because.append(judged[1])
    elif last is None:
        return plain(duty, "unknown", "comments_last_published is not held.")
    return finding


def _comment(timeline: Timeline) -> tuple[str, str] | None:
    facts = timeline.facts
    published = facts.get("comment_published", facts.get("comment_published_verbatim"))
    identifies = facts.get("comment_identifies_person") is True
    if published is None:
        return None
    if published and identifies:
        return "unlawful", "A published comment may not let anyone be identified."
    if published:
        return "lawful", "The comment is published; the response must stand with it."
    if facts.get("comment_about_one_persons_service") is True:
        return "lawful", "A comment on services to one particular person may be left out."
    if identifies:
        return (
            "unlawful",
            "Publish it without what identifies the person; leaving it out altogether is not allowed for that.",
        )
    return (
        "unlawful",
        "Comments must be published; only vexatious ones and those on one person's services may be left out.",
    )
