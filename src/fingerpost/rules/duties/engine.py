# SPDX-License-Identifier: Apache-2.0
"""Runs duties over a case: each kind of duty has one module that knows how to count it."""

from collections.abc import Callable, Iterable, Mapping

from fingerpost.rules.calendars.bank_holidays import BeyondTable
from fingerpost.rules.duties import (
    afterwards,
    backward,
    fixed_dates,
    holders,
    limits,
    standing,
    steps,
    windows,
)
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.questions import index
from fingerpost.rules.duties.timeline import Timeline

KINDS: Mapping[str, Callable[[Duty, Timeline], Finding | None]] = {
    "limit": limits.run,
    "window": windows.run,
    "backward": backward.run,
    "before-date": fixed_dates.run,
    "standing": standing.run,
    "steps": steps.run,
    "question": index.run,
}


def work_out(duties: Iterable[Duty], timeline: Timeline) -> list[Finding]:
    """One finding a duty, in register order; a duty that the case does not raise after all is left out."""
    return [finding for duty in duties if (finding := _run(duty, timeline)) is not None]


def work_out_all(duties: Iterable[Duty], timeline: Timeline) -> list[Finding]:
    """One finding for each duty that was asked for by name."""
    timeline.named = True
    return [_run(duty, timeline) or _not_raised(duty) for duty in duties]


def _not_raised(duty: Duty) -> Finding:
    return plain(duty, "not_applicable", "Nothing in this case raises this question.")


def _run(duty: Duty, timeline: Timeline) -> Finding | None:
    if duty.only and not _wanted(duty, timeline):
        return None
    try:
        finding = KINDS[duty.kind](duty, timeline)
    except BeyondTable as problem:
        return plain(duty, "unknown", f"Working days cannot be counted: {problem}.")
    if finding is None:
        return None
    if duty.after:
        afterwards.ADDED[duty.after](finding, timeline)
    if duty.holder and finding.right_holder is None:
        finding.right_holder = "appropriate_person" if duty.group == "K" else holders.holder(timeline)
    return finding


def _wanted(duty: Duty, timeline: Timeline) -> bool:
    """Facts that must be held, further ones, and ones that rule the duty out."""
    if not _meant(duty.only, timeline) or not _meant(duty.also, timeline):
        return False
    return not (duty.never and _meant(duty.never, timeline))


def _meant(only: Mapping[str, tuple[str, ...]], timeline: Timeline) -> bool:
    """Is the case of the sort this duty is for? `only` lists, for facts, the values it is for; '-' means not held."""
    for name, values in only.items():
        held = timeline.facts.get(name)
        if name in timeline.days or name in timeline.undated:
            held = "yes"
        words = [str(value).lower() for value in held] if isinstance(held, list) else [_word(held)]
        if not any(word in values for word in words):
            return False
    return True


def _word(value: object) -> str:
    return "-" if value is None else str(value).lower()
