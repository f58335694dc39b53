# SPDX-License-Identifier: Apache-2.0
"""Runs duties over a case: each kind of duty has one module that knows how to count it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter

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


def work_out_together(asked: Sequence[tuple[tuple[Duty, ...], Timeline]]) -> list[list[Finding]]:
    """The same for several cases, duty by duty: what one duty needs is then still at hand for the next case."""
    calls: dict[Duty, list[int]] = {}
    for place, (duties, _) in enumerate(asked):
        for duty in duties:
            calls.setdefault(duty, []).append(place)
    found: list[list[Finding]] = [[] for _ in asked]
    for duty in sorted(calls, key=attrgetter("place")):
        for place in calls[duty]:
            finding = _run(duty, asked[place][1])
            if finding is not None:
                found[place].append(finding)
    return found


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
        return plain(duty, "unknown", _beyond(problem))
    if finding is None:
        return None
    if duty.after:
        _add(finding, timeline)
    if duty.holder and finding.right_holder is None:
        finding.right_holder = "appropriate_person" if duty.group == "K" else holders.holder(timeline)
    return finding


def _add(finding: Finding, timeline: Timeline) -> None:
    """What a few duties say besides; if that cannot be counted, the limit itself stands."""
    try:
        afterwards.ADDED[finding.duty.after](finding, timeline)
    except BeyondTable as problem:
        finding.because.append(_beyond(problem))


def _beyond(problem: BeyondTable) -> str:
    return f"Working days cannot be counted: {problem}."


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
