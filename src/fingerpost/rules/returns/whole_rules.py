# SPDX-License-Identifier: Apache-2.0
"""Rules that only the whole return shows: numbers given twice, and shares that are too large. Memory stays small:
a number is kept as a digest of eight bytes, never as text."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from fingerpost.rules.returns.records import PersonRecord, RequestRecord
from fingerpost.rules.returns.rule_book import Scene

# (share above which it is much, fewest cases worth asking about). Ours: the Department has not published its own.
MUCH = {
    "L601": (0.05, 5),
    "L602": (0.10, 5),
    "L603": (0.10, 5),
    "L604": (1.0, 3),
    "L605": (0.20, 10),
    "L606": (0.05, 5),
}
NO_KEY = hash(None)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A person who repeats what an earlier one has."""

    rule: str
    ordinal: int
    line: int
    earlier: int


class Twice:
    """Who repeats a key that another person has."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.keys = array("q")

    def repeats(self, lines: Sequence[int]) -> Iterator[Repeat]:
        """Each later person with a key already seen, in the order of the file; `lines` are those of the people."""
        keys = np.frombuffer(self.keys, dtype=np.int64) if self.keys else np.empty(0, np.int64)
        order = np.argsort(keys, kind="stable")
        same = (keys[order][1:] == keys[order][:-1]) & (keys[order][1:] != NO_KEY)
        places = np.flatnonzero(same)
        earlier, later = order[places], order[places + 1]
        for place in np.argsort(later, kind="stable"):
            one, two = int(later[place]), int(earlier[place])
            yield Repeat(self.rule, one + 1, lines[one], two + 1)


@dataclass(slots=True)
class Counts:
    """How many of what a return holds, for the rules on shares and for last year's comparison."""

    persons: int = 0
    requests: int = 0
    requests_other_source: int = 0
    active: int = 0
    active_without_placement: int = 0
    placements: int = 0
    placements_other: int = 0
    ceased: int = 0
    ceased_other: int = 0
    issued: int = 0
    issued_exception: int = 0
    new_plans: int = 0
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    twice: tuple[Twice, ...] = field(default_factory=lambda: (Twice("L115"), Twice("L119"), Twice("L126")))

    def person(self, person: PersonRecord) -> None:
        """Count one person, and note the numbers and names."""
        self.persons += 1
        self.lines.append(person.line)
        upn, uln, names = self.twice
        upn.keys.append(hash(person.upn))
        uln.keys.append(hash(person.uln))
        named = person.surname and person.forename
        names.keys.append(hash(_who(person)) if named else NO_KEY)

    def repeats(self) -> Iterator[Repeat]:
        """Who repeats a number, or names and birth date."""
        for key in self.twice:
            yield from key.repeats(self.lines)

    def request(self, request: RequestRecord, scene: Scene) -> None:
        """Count one request and what hangs on it."""
        if request.received_on is not None and request.received_on.year == scene.year - 1:
            self.requests += 1
            self.requests_other_source += request.source == "5"
        if scene.assessment is not None:
            self._assessment(scene)
        if request.active is not None:
            self.placements += len(request.active.placements)
            for placement in request.active.placements:
                self.placements_other += placement.setting in ("OTH", "NIEO")

    def _assessment(self, scene: Scene) -> None:
        assessment, plan = scene.assessment, scene.plan
        if assessment is None:
            return
        if (
            assessment.outcome == "Y"
            and assessment.outcome_on
            and assessment.outcome_on.year == scene.year - 1
        ):
            self.issued += 1
            self.issued_exception += assessment.week20 is True
        if scene.plan_active:
            self.active += 1
            self.active_without_placement += scene.active is None or not scene.active.placements
        if plan is not None and plan.ceased_on is not None:
            self.ceased += 1
            self.ceased_other += plan.cease_reason == "9"
        if plan is not None and assessment.outcome == "Y" and plan.started_on is not None:
            self.new_plans += plan.started_on.year == scene.year - 1


def _who(person: PersonRecord) -> tuple[str, str, date | None]:
    return person.surname.casefold(), person.forename.casefold(), person.birth_on


def too_much(counts: Counts) -> Iterator[tuple[str, str]]:
    """Rule and words of each share that is too large."""
    shares = {
        "L601": (counts.placements_other, counts.placements),
        "L602": (counts.ceased_other, counts.ceased),
        "L603": (counts.requests_other_source, counts.requests),
        "L604": (counts.issued_exception, counts.issued),
        "L606": (counts.active_without_placement, counts.active),
    }
    for rule, (part, whole) in shares.items():
        share, least = MUCH[rule]
        if part >= least and whole and (part / whole > share or part == whole):
            yield rule, f"{part} of {whole}"


def changes(counts: Mapping[str, int], before: Mapping[str, int]) -> Iterator[str]:
    """What differs much from the return before (L605), in words."""
    share, least = MUCH["L605"]
    for name in ("active", "requests", "new_plans"):
        now, then = counts[name], before[name]
        if abs(now - then) >= least and abs(now - then) > share * then:
            yield f"{name.replace('_', ' ')} {then} then, {now} now"


def comparable(counts: Counts) -> dict[str, int]:
    """The counts that one return is compared with the next by."""
    return {"active": counts.active, "requests": counts.requests, "new_plans": counts.new_plans}
