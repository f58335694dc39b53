# SPDX-License-Identifier: Apache-2.0
"""A chain of limits from one day (an order, a concession, an agreement): each step with its own number and relief."""

from collections.abc import Mapping
from typing import Any

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions, judging
from fingerpost.rules.duties.duty import Duty, Rule
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import opening

_DONE = ("in_time",)


def run(duty: Duty, timeline: Timeline) -> Finding:
    """The step that is due next leads; the others stand beside it as named results."""
    start = timeline.first(duty.starts)
    gone = conditions.reason(duty.falls_away, timeline)
    if gone:
        return plain(duty, "not_applicable", gone)
    if start is None:
        return unstarted(duty, timeline)
    displaced = _displaced(duty, timeline)
    if _undated_direction(duty, timeline):
        return plain(
            duty, "unknown", "The tribunal fixed another day, but tribunal_direction_due is not held."
        )
    rows = _chain(duty, timeline)
    if rows is None:
        return plain(duty, "unknown", f"{duty.more['steps']} is not held, so the periods cannot be chosen.")
    found = [_step(duty, timeline, row, start, displaced) for row in rows]
    counted = [finding for row, finding in zip(rows, found, strict=True) if _counts(row, finding, timeline)]
    lead = next((finding for finding in counted if finding.closed is None), None) or _worst(counted)
    for row, finding in zip(rows, found, strict=True):
        _share(lead, finding, row)
    return lead


def _displaced(duty: Duty, timeline: Timeline) -> int | None:
    """A day fixed by the tribunal, or agreed in writing, in place of the ordinary periods."""
    for name in ("tribunal_direction_due", "agreed_timescale"):
        value = timeline.facts.get(name)
        if name == duty.more.get("displaced_by") and value and hasattr(value, "toordinal"):
            return int(value.toordinal())
    return None


def _undated_direction(duty: Duty, timeline: Timeline) -> bool:
    facts = timeline.facts
    named = "tribunal_direction" in facts and "tribunal_direction_due" not in facts
    return named and duty.more.get("displaced_by") == "tribunal_direction_due"


def _chain(duty: Duty, timeline: Timeline) -> list[dict[str, Any]] | None:
    """The duty's own chain, or the one that a fact of the case names."""
    chains: Any = duty.more["chains"]
    named = duty.more["steps"] if len(chains) == 1 else timeline.facts.get(str(duty.more["steps"]))
    found: list[dict[str, Any]] | None = chains.get(named)
    return found


def _step(
    duty: Duty, timeline: Timeline, row: Mapping[str, Any], start: tuple[str, int], displaced: int | None
) -> Finding:
    rule: Rule = row["rule"]
    due, sentences = opening(rule, *start)
    finding = Finding(duty, "", sentences, rule.citation, start[1], due, certainty=duty.certainty)
    finding.start_name, finding.done_by = start[0], tuple(row["ends"])
    finding.because.insert(1, f"Step: {row['step']}.")
    if displaced is not None:
        finding.due = displaced
        finding.because.append(f"Another day was fixed instead: {dates.short(displaced)}.")
    finding.closed = timeline.earliest(row["ends"], start[1])
    if row.get("result"):
        finding.results[row["result"]] = dates.iso(finding.due or 0)
    unrelieved: Any = duty.more.get("unrelieved", ())
    if displaced is None:
        finding.unrelieved = row.get("result") in unrelieved
        judging.judge(finding, timeline)
    else:
        judging.settle(finding, timeline)
    return finding


def _counts(row: Mapping[str, Any], finding: Finding, timeline: Timeline) -> bool:
    """An alternative that was not taken is no step; a step made needless by another falls out."""
    if row.get("optional"):
        return finding.closed is not None
    return not any(timeline.days.get(name, 0) >= (finding.started or 0) for name in row.get("unless", []))


def _worst(counted: list[Finding]) -> Finding:
    return next((finding for finding in counted if finding.verdict not in _DONE), counted[-1])


def _share(lead: Finding, other: Finding, row: Mapping[str, Any]) -> None:
    lead.results = {**lead.results, **{k: v for k, v in other.results.items() if k not in lead.results}}
    if row.get("relieved"):
        lead.results[row["relieved"]] = other.verdict == "relieved"
    if other is not lead and other.due is not None:
        state = f" ({other.verdict.replace('_', ' ')})" if other.closed is not None else ""
        lead.because.append(f"Beside it: {row['step']} by {dates.short(other.due)}{state}.")
