# SPDX-License-Identifier: Apache-2.0
"""Runs duties over a case: each kind of duty has one module that knows how to count it."""

from collections.abc import Callable, Iterable, Mapping

from fingerpost.rules.calendars.bank_holidays import BeyondTable
from fingerpost.rules.duties import fixed_dates, limits
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline

KINDS: Mapping[str, Callable[[Duty, Timeline], Finding]] = {
    "limit": limits.run,
    "before-date": fixed_dates.run,
}


def work_out(duties: Iterable[Duty], timeline: Timeline) -> list[Finding]:
    """One finding a duty, in register order."""
    return [_run(duty, timeline) for duty in duties]


def _run(duty: Duty, timeline: Timeline) -> Finding:
    try:
        return KINDS[duty.kind](duty, timeline)
    except BeyondTable as problem:
        return plain(duty, "unknown", f"Working days cannot be counted: {problem}.")
