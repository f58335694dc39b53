# SPDX-License-Identifier: Apache-2.0
"""The public answer: where each duty of a case stands, and why, for an officer and for a family. Reads no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import engine, family, register, timeline
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.facts import CaseFacts
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.register import Register
from fingerpost.rules.duties.vocabulary import UnknownName, nearest


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty in one case. `closed_on`: the day it was met. `due` None: unknown, relieved or without a number."""

    duty: str
    title: str
    started_on: date | None
    due: date | None
    earliest: date | None
    latest_safe: date | None
    latest_arguable: date | None
    closed_on: date | None
    verdict: str
    days_late: int | None
    standard: str
    strength: str
    certainty: str
    relief: str | None
    residual_duty: str | None
    right_holder: str | None
    citation: str
    because: tuple[str, ...]
    family: tuple[str, ...]
    family_title: str = ""
    results: Mapping[str, object] = field(default_factory=dict)


def answer(
    case: CaseFacts,
    *,
    today: date | None,
    duties: Collection[str] | None = None,
    law: Register | None = None,
) -> tuple[Clock, ...]:
    """Every duty asked for, in register order; without `duties`, every duty that something in the case calls for."""
    law = law or register.current()
    line = timeline.of(case, today)
    if duties is None:
        found = engine.work_out(engaged(line, law), line)
    else:
        found = engine.work_out_all(_asked(frozenset(duties), law), line)
    return tuple(_clock(finding, line) for finding in found)


def engaged(line: timeline.Timeline, law: Register, within: int = -1) -> tuple[Duty, ...]:
    """The duties that some event or fact of the case calls for."""
    return law.engaged(line.names, within)


@lru_cache(maxsize=256)
def _asked(wanted: frozenset[str], law: Register) -> tuple[Duty, ...]:
    for name in sorted(wanted - law.duties.keys()):
        raise UnknownName(f"duties: '{name}' is not in the register{nearest(name, list(law.ids))}")
    return tuple(duty for duty in law.duties.values() if duty.id in wanted)


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else dates.day(ordinal)


def _clock(finding: Finding, line: timeline.Timeline) -> Clock:
    duty = finding.duty
    return Clock(
        duty=duty.id,
        title=duty.title,
        family_title=duty.family_title,
        started_on=_day(finding.started),
        due=_day(finding.due),
        earliest=_day(finding.earliest),
        latest_safe=_day(finding.latest_safe),
        latest_arguable=_day(finding.latest_arguable),
        closed_on=_day(finding.closed),
        verdict=finding.verdict,
        days_late=finding.days_late,
        standard=duty.standard,
        strength=duty.strength,
        certainty=finding.certainty,
        relief=_relief(finding),
        residual_duty=finding.residual_duty,
        right_holder=finding.right_holder,
        citation=finding.citation,
        because=tuple(finding.because),
        family=family.words(finding, line),
        results=finding.results,
    )


def _relief(finding: Finding) -> str | None:
    """The claims in one line."""
    if not finding.relief:
        return None
    return "; ".join(f"{row['ground']}: {row['applies']}, {row['why']}" for row in finding.relief)
