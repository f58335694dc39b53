# SPDX-License-Identifier: Apache-2.0
"""Runs duties over a case: each kind of duty has one module that knows how to count it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

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

Way = Callable[[Duty, Timeline], Finding | None]
KINDS: Mapping[str, Way] = {
    "limit": limits.run,
    "window": windows.run,
    "backward": backward.run,
    "before-date": fixed_dates.run,
    "standing": standing.run,
    "steps": steps.run,
}


@cache
def _way(duty: Duty) -> Way:
    """The function that works this duty out, looked up once for each duty of a register."""
    return index.ASKED[str(duty.more["ask"])] if duty.kind == "question" else KINDS[duty.kind]


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
        finding = _way(duty)(duty, timeline)
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
    return all(_is_among(values, _held(name, timeline)) for name, values in only.items())


def _held(name: str, timeline: Timeline) -> object:
    """What a case says under a name; of an event only that it happened."""
    if name not in timeline.names:
        return None
    return "yes" if timeline.happened(name) else timeline.facts[name]


def _is_among(values: tuple[str, ...], held: object) -> bool:
    if held is None:
        return "-" in values
    if isinstance(held, list):
        return any(str(value).lower() in values for value in held)
    return str(held).lower() in values
