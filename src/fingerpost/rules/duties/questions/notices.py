# SPDX-License-Identifier: Apache-2.0
"""What a letter must carry (section 6 of the register): complete, or defective with what is missing."""

from typing import Any

from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline


def contents(duty: Duty, timeline: Timeline) -> Finding | None:
    """Compare `notice_contents` with the list of the law file, for the letter that this case is about."""
    if not _about(duty, timeline):
        return None
    held = timeline.facts.get("notice_contents")
    if held is None:
        return plain(duty, "unknown", "notice_contents is not held, so the letter cannot be checked.")
    needed: Any = duty.more["needs"]
    if timeline.facts.get("review_outcome") == "amend" and "needs_if_amend" in duty.more:
        needed = duty.more["needs_if_amend"]
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
    """Is this the letter in question? Told by the latest step of the case."""
    if "of" in duty.more:
        wanted: Any = duty.more["of"]
        return any(_matches(condition, timeline) for condition in wanted)
    return True


def _matches(condition: str, timeline: Timeline) -> bool:
    name, _, value = condition.partition("=")
    if value:
        return timeline.facts.get(name) == value
    return name in timeline.facts or timeline.happened(name)
