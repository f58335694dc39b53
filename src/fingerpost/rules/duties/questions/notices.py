# SPDX-License-Identifier: Apache-2.0
"""What a letter must carry (section 6 of the register): complete, or defective with what is missing."""

from typing import Any

from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline

_TELLING = ("assessment_decision", "review_outcome")  # facts that say which letter a case is about


def contents(duty: Duty, timeline: Timeline) -> Finding | None:
    """Compare `notice_contents` with the list of the law file, for the letter that this case is about."""
    if not _about(duty, timeline):
        return None
    held = timeline.facts.get("notice_contents")
    if held is None:
        return plain(duty, "unknown", "notice_contents is not held, so the letter cannot be checked.")
    if timeline.facts.get("review_outcome") == "amend" and "needs_if_amend" in duty.more:
        return _amending(_compared(duty, held, duty.more["needs_if_amend"]), timeline)
    return _compared(duty, held, duty.more["needs"])


def _amending(finding: Finding, timeline: Timeline) -> Finding:
    """A decision to amend goes out with the proposed amendments themselves; a bare letter does not do (R 22(2))."""
    enclosed = timeline.facts.get("proposed_amendments_enclosed")
    if enclosed is False:
        finding.verdict = "defective"
        finding.because.append("It does not carry the proposed amendments, as it must (R 20(10), 22(2)).")
    elif enclosed is None and finding.verdict == "complete":
        finding.verdict = "unknown"
        finding.because.append("proposed_amendments_enclosed is not held, and the letter must carry them.")
    return finding


def _compared(duty: Duty, held: object, needed: Any) -> Finding:
    carried = {str(key) for key in held} if isinstance(held, list) else {str(held)}
    missing = [key for key in needed if key not in carried]
    finding = plain(
        duty, "defective" if missing else "complete", f"The letter must carry: {', '.join(needed)}."
    )
    finding.results["missing_contents"] = missing
    finding.because.append(f"It lacks {', '.join(missing)}." if missing else "It carries everything.")
    spare: Any = duty.more.get("not_needed", [])
    for key in carried & set(spare):
        finding.because.append(f"{key} need not be in this letter.")
    return finding


def _about(duty: Duty, timeline: Timeline) -> bool:
    """Is this the letter in question? The case says so; or it says nothing, and the letter was asked for by name."""
    wanted: Any = duty.more.get("of")
    if wanted is None or any(_matches(condition, timeline) for condition in wanted):
        return True
    return timeline.named and not timeline.days and timeline.facts.keys().isdisjoint(_TELLING)


def _matches(condition: str, timeline: Timeline) -> bool:
    name, _, value = condition.partition("=")
    if value:
        return timeline.facts.get(name) == value
    return name in timeline.facts or timeline.happened(name)
