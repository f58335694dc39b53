# SPDX-License-Identifier: AGPL-3.0-or-later
"""A known handful of doubtful records, planted so that the review queue has something true to find."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fingerpost.demo.figures import CENSUS_DAYS
from fingerpost.demo.lives import Child, known, school_age
from fingerpost.demo.people import NAMES
from fingerpost.demo.population import Population
from fingerpost.demo.quotas import shuffled, stream
from fingerpost.rules.identifiers.upn import upn_check_letter
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
    edit: Edit


@dataclass(frozen=True, slots=True)
class Pattern:
    """Who can carry a pattern, in which return it lies, and how the record changes."""

    name: str
    what: str
    year: int
    fits: Callable[[Child], bool]
    edit: Edit
    count: int = 1


def choose(seed: int, area: Population) -> list[Plant]:
    """A different child for each pattern; a small area may hold nobody for some."""
    rng = stream(seed, "doubts")
    order = [c for c in shuffled(rng, area.children) if (c.forename, c.surname) not in NAMES]
    taken: set[Key] = set()
    plants: list[Plant] = []
    for pattern in PATTERNS:
        able = [c for c in order if _key(c) not in taken and pattern.fits(c)]
        for child in able[: pattern.count]:
            taken.add(_key(child))
            plants.append(Plant(pattern.name, pattern.what, pattern.year, _key(child), pattern.edit))
    return plants


def plant(plants: list[Plant], year: int, persons: Iterable[PersonRecord]) -> list[PersonRecord]:
    edits = {p.child: p.edit for p in plants if p.year == year}
    found = (edits.get((p.surname, p.forename, p.birth_on), _same)(p) for p in persons)
    return [replace(p, ordinal=ordinal) for ordinal, p in enumerate((p for p in found if p), 1)]


def listed(plants: list[Plant], years: Mapping[int, list[PersonRecord]]) -> list[dict[str, object]]:
    """For planted.json, with what the published figures themselves bring along."""
    lines = [
        {
            "pattern": p.pattern,
            "what": p.what,
            "return": p.year,
            "surname": p.child[0],
            "forename": p.child[1],
            "birth_on": p.child[2].isoformat(),
        }
        for p in plants
    ]
    return lines + [line for year, persons in years.items() for line in _needless(year, persons)]


def _needless(year: int, persons: list[PersonRecord]) -> Iterator[dict[str, object]]:
    """The published denominators hold exceptions on plans made in time."""
    for person in persons:
        for request in person.requests:
            made = request.assessment
            if (
                made
                and made.week20
                and made.outcome_on
                and request.received_on
                and (made.outcome_on - request.received_on).days <= 140
            ):
                yield {
                    "pattern": "needless-exception", "what": "Week20 is 1 on a plan issued within 140 days, as published",
                    "return": year, "surname": person.surname, "forename": person.forename,
                    "birth_on": person.birth_on.isoformat(),
                }  # fmt: skip


def _key(child: Child) -> Key:
    return child.surname, child.forename, child.birth_on


def _same(person: PersonRecord) -> PersonRecord:
    return person


def _first(person: PersonRecord, **changes: object) -> PersonRecord:
    request: RequestRecord = replace(person.requests[0], **changes)  # type: ignore[arg-type]
    return replace(person, requests=(request, *person.requests[1:]))


# --- who fits ---------------------------------------------------------------------------------------------------------


def _settled(child: Child) -> bool:
    """A plan in all three returns."""
    plan = child.plan
    return (
        len(child.requests) == 1
        and plan is not None
        and plan.held_from == 2023
        and plan.ceased_on is None
        and child.upn is not None
    )


def _issued(child: Child, first: date, last: date) -> bool:
    made = child.requests[0].assessed_on
    return len(child.requests) == 1 and child.plan is not None and made is not None and first <= made <= last


def _dated_in_2024(child: Child) -> bool:
    request = child.requests[0]
    made, came = request.assessed_on, request.received_on
    if not (_issued(child, date(2024, 6, 1), date(2024, 12, 20)) and made and came and child.plan):
        return False
    plain = not request.exception and child.plan.started_on == made and came.year == 2024
    return plain and 141 <= (made - came).days <= 364


def _moved(child: Child, *, this_year: bool) -> bool:
    plan = child.plan
    return plan is not None and plan.moved_in == 2024 and (plan.started_on.year == 2024) == this_year


def _overturned(child: Child) -> bool:
    request = child.requests[0]
    decided = request.decided_on
    return (
        len(child.requests) == 1
        and request.decision == "N"
        and request.assessment == "A"
        and decided is not None
        and decided.year == 2024
    )


def _withdrawn_after_census(child: Child) -> bool:
    request = child.requests[0]
    return (
        len(child.requests) == 1
        and request.decision == "W"
        and request.received_on is not None
        and request.received_on.year == 2023
    )


def _mover(child: Child) -> bool:
    plan = child.plan
    return (
        _settled(child)
        and plan is not None
        and plan.phase_due_on == date(2025, 2, 15)
        and plan.phase_final_on is None
        and school_age(child.birth_on) == 10
    )


# --- what is done to the record -----------------------------------------------------------------------------------------


def _day_and_month_swapped(person: PersonRecord) -> PersonRecord:
    born = person.birth_on
    other = (
        date(born.year, born.day, born.month)
        if born.day <= 12 and born.day != born.month
        else born + timedelta(days=10)
    )
    return replace(person, birth_on=other)


def _temporary_number(person: PersonRecord) -> PersonRecord:
    digits = known(person.upn)[1:12] + "A"
    return replace(person, upn=upn_check_letter(digits) + digits)


def _no_number_yet(person: PersonRecord) -> PersonRecord:
    return replace(person, upn=None, upn_unknown="UN1")


def _second_plan(person: PersonRecord) -> PersonRecord:
    first = person.requests[0]
    made = known(first.assessment)
    plan = known(made.plan)
    older = replace(plan, started_on=known(plan.started_on) - timedelta(days=700))
    other = RequestRecord(outcome="H", assessment=replace(made, outcome="H", plan=older), active=first.active)
    return replace(person, requests=(first, other))


def _no_transfer(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return _first(person, active=replace(active, transfer_la=None))


def _before_it_came(person: PersonRecord) -> PersonRecord:
    """The request is dated after the plan, as one plan of 2024 must be by the published bands."""
    made = known(person.requests[0].assessment)
    return _first(person, received_on=min(known(made.outcome_on) + timedelta(days=20), date(2024, 12, 30)))


def _ceased_before_start(person: PersonRecord) -> PersonRecord:
    made = known(person.requests[0].assessment)
    plan = known(made.plan)
    return _first(
        person,
        assessment=replace(made, plan=replace(plan, started_on=known(plan.ceased_on) + timedelta(days=30))),
    )


def _no_flags(person: PersonRecord) -> PersonRecord:
    return _first(person, mediation=False, tribunal=False)


def _gone(person: PersonRecord) -> None:
    return None


def _another_day(person: PersonRecord) -> PersonRecord:
    made = known(person.requests[0].assessment)
    return _first(person, assessment=replace(made, outcome_on=known(made.outcome_on) + timedelta(days=2)))


def _review_of_an_older_plan(person: PersonRecord) -> PersonRecord:
    request = person.requests[0]
    met = known(known(known(request.assessment).plan).started_on) - timedelta(days=60)
    return _first(
        person,
        active=replace(
            known(request.active),
            review_meeting_on=met,
            last_review_on=met + timedelta(days=20),
            review_outcome="M",
        ),
    )


def _wrong_phase(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return _first(person, active=replace(active, phase_due_on=date(2025, 3, 31)))


def _no_phase(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return _first(person, active=replace(active, phase_due_on=None))


def _twice(person: PersonRecord) -> PersonRecord:
    return replace(person, requests=(*person.requests, person.requests[-1]))


PATTERNS = (
    Pattern("another-birth-date", "same UPN, another birth date in the return of 2024", 2024, _settled, _day_and_month_swapped, 2),
    Pattern("two-upns", "a temporary UPN in the return of 2023, another one since", 2023, _settled, _temporary_number),
    Pattern(
        "number-came-later", "no UPN in the return of 2024 (UN1), one in that of 2025, same names and birth date", 2024,
        lambda c: c.upn is not None and _issued(c, date(2024, 3, 1), date(2024, 12, 20)) and _in_2024(c) and c.birth_on > date(2018, 3, 1),
        _no_number_yet,
    ),
    Pattern("two-active-plans", "two requests with an active plan each", 2025, lambda c: _settled(c) and c.plan is not None and c.plan.started_on > date(2017, 1, 1), _second_plan),
    Pattern("issued-or-moved", "assessment H, plan began in 2024, no TransferLA, in no earlier return", 2025, lambda c: _moved(c, this_year=True), _no_transfer, 2),
    Pattern("missing-or-moved", "an H plan of earlier years that no earlier return holds", 2025, lambda c: _moved(c, this_year=False), _no_transfer, 2),
    Pattern("plan-before-request", "plan issued before the request was received", 2025, lambda c: _dated_in_2024(c) and not _in_2024(c), _before_it_came),
    Pattern("ceased-before-start", "the plan ends before it begins", 2025, lambda c: c.plan is not None and c.plan.ceased_on is not None and c.plan.ceased_on.year == 2024, _ceased_before_start),
    Pattern("overturned-without-flag", "refused, yet assessed, with no mediation or appeal", 2025, _overturned, _no_flags),
    Pattern("lost-request", "open in the return of 2024, absent from that of 2025", 2025, _withdrawn_after_census, _gone),
    Pattern(
        "date-changed", "the plan was issued two days later in the return of 2025 than in that of 2024", 2025,
        lambda c: _issued(c, date(2024, 1, 3), date(2024, 1, 14)) and _safe_to_move(c), _another_day,
    ),
    Pattern(
        "review-before-plan", "the review is older than the plan, which is not H", 2025,
        lambda c: _issued(c, date(2024, 4, 1), date(2024, 12, 1)), _review_of_an_older_plan,
    ),
    Pattern("wrong-phase-date", "year 6, but the date of moves into post-16", 2025, _mover, _wrong_phase),
    Pattern("no-phase-date", "year 6, and no date of the phase transfer", 2025, _mover, _no_phase),
    Pattern(
        "same-request-twice", "two requests received on the same day", 2025,
        lambda c: len(c.requests) == 1 and c.requests[0].received_on is not None and c.requests[0].received_on.year == 2025, _twice,
    ),
)  # fmt: skip


def _in_2024(child: Child) -> bool:
    came = child.requests[0].received_on
    return came is not None and came <= CENSUS_DAYS[2024]


def _safe_to_move(child: Child) -> bool:
    """Two days more leave the plan in the same band of weeks."""
    request = child.requests[0]
    if not (request.received_on and request.assessed_on):
        return False
    days = (request.assessed_on - request.received_on).days
    return not any(days <= limit < days + 2 for limit in (140, 364))
