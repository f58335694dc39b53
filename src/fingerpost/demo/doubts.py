# SPDX-License-Identifier: AGPL-3.0-or-later
"""A known handful of doubtful records, planted so that the review queue has something true to find."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fingerpost.demo import doubt_patterns
from fingerpost.demo.lives import Child, school_age
from fingerpost.demo.people import NAMES
from fingerpost.demo.population import Population
from fingerpost.demo.quotas import shuffled, stream
from fingerpost.rules.returns.records import PersonRecord, RequestRecord

Edit = Callable[[PersonRecord], PersonRecord | None]
Key = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Plant:
    """One doubtful pattern in the records of one child, put into one return."""

    pattern: str
    what: str
    year: int
    child: Key
    upn: str | None
    edit: Edit


def choose(seed: int, area: Population) -> list[Plant]:
    """A different child for each pattern; a small area may hold nobody for some."""
    rng = stream(seed, "doubts")
    order = [c for c in shuffled(rng, area.children) if (c.forename, c.surname) not in NAMES]
    taken: set[Key] = set()
    plants: list[Plant] = []
    for pattern in doubt_patterns.PATTERNS:
        able = [c for c in order if _key(c) not in taken and pattern.fits(c)]
        for child in able[: pattern.count]:
            taken.add(_key(child))
            plants.append(
                Plant(pattern.name, pattern.what, pattern.year, _key(child), child.upn, pattern.edit)
            )
    return plants


def plant(plants: list[Plant], year: int, persons: Iterable[PersonRecord]) -> list[PersonRecord]:
    edits = {p.child: p.edit for p in plants if p.year == year}
    found = (edits.get((p.surname, p.forename, p.birth_on), _same)(p) for p in persons)
    return [replace(p, ordinal=ordinal) for ordinal, p in enumerate((p for p in found if p), 1)]


def listed(plants: list[Plant], years: Mapping[int, list[PersonRecord]]) -> list[dict[str, object]]:
    """For planted.json, with what the published figures themselves bring along."""
    lines = [_line(p.pattern, p.what, p.year, p.child, p.upn) for p in plants]
    return lines + [line for year, persons in years.items() for line in _as_published(year, persons)]


def _line(pattern: str, what: str, year: int, who: Key, upn: str | None) -> dict[str, object]:
    surname, forename, birth_on = who
    return {
        "pattern": pattern,
        "what": what,
        "return": year,
        "upn": upn,
        "surname": surname,
        "forename": forename,
        "birth_on": birth_on.isoformat(),
    }


def _as_published(year: int, persons: list[PersonRecord]) -> Iterator[dict[str, object]]:
    """The published denominators hold exceptions on plans made in time, the published ages one of 25."""
    for person in persons:
        who = (person.surname, person.forename, person.birth_on)
        if any(_needless(request) for request in person.requests):
            what = "Week20 is 1 on a plan issued within 140 days, as published"
            yield _line("needless-exception", what, year, who, person.upn)
        if any(request.active for request in person.requests) and _too_old(person, year):
            what = "aged 25 on the 31 August before census day, as published"
            yield _line("too-old", what, year, who, person.upn)


def _needless(request: RequestRecord) -> bool:
    made = request.assessment
    if made is None or made.outcome_on is None or request.received_on is None:
        return False
    return bool(made.week20) and (made.outcome_on - request.received_on).days <= 140


def _too_old(person: PersonRecord, year: int) -> bool:
    plans = (r.assessment.plan for r in person.requests if r.assessment)
    active = any(plan and plan.ceased_on is None for plan in plans)
    return active and school_age(person.birth_on, year - 1) >= 25


def _key(child: Child) -> Key:
    return child.surname, child.forename, child.birth_on


def _same(person: PersonRecord) -> PersonRecord:
    return person
