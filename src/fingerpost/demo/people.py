# SPDX-License-Identifier: AGPL-3.0-or-later
"""The few named, invented children of the sign-ins, the same at every scale; each takes the place of a child."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from fingerpost.demo.lives import Child, Plan, Review, school_age
from fingerpost.demo.postcodes import BLOCKS, DISTRICTS
from fingerpost.rules.identifiers.upn import upn_check_letter


@dataclass(frozen=True, slots=True)
class Cast:
    key: str
    forename: str
    surname: str
    birth_on: date
    sex: str
    upn: str
    district: str
    team: str
    postcode: str
    story: str


def _upn(year: int, serial: int) -> str:
    digits = f"8880042{year % 100:02d}{serial}"
    return upn_check_letter(digits) + digits


def _cast(key: str, names: str, birth_on: date, sex: str, serial: int, *, district: str, story: str) -> Cast:
    forename, surname = names.split()
    place = next(i for i, d in enumerate(DISTRICTS) if d.name == district)
    return Cast(
        key=key,
        forename=forename,
        surname=surname,
        birth_on=birth_on,
        sex=sex,
        upn=_upn(birth_on.year + 5, serial),
        district=district,
        team=DISTRICTS[place].team,
        postcode=BLOCKS[place][serial - 990].text,
        story=story,
    )


WREN_RECEIVED_ON = date(2024, 6, 11)
OFFICERS = {"East": "Robin Carter", "South": "Martin Thatcher"}
"""The first officer of a team is somebody the visitor can be, so that "my cases" are about 250."""

CAST = (
    _cast(
        "wren",
        "Wren Hollybank",
        date(2017, 5, 9),
        "F",
        991,
        district="Burnley",
        story="request of 11 June 2024, no decision yet",
    ),
    _cast(
        "rowan",
        "Rowan Fernsby",
        date(2007, 3, 14),
        "M",
        992,
        district="Preston",
        story="at college; review met 8 January 2025",
    ),
    _cast(
        "skye",
        "Skye Thistlewood",
        date(2014, 2, 20),
        "F",
        993,
        district="Chorley",
        story="year 6; plan due before 15 February 2025",
    ),
    _cast(
        "ash",
        "Ash Meadowcroft",
        date(2012, 10, 3),
        "M",
        994,
        district="Lancaster",
        story="last review met in 2023; the next is late",
    ),
)
COLLEGE, PRIMARY = "general_fe_tertiary_colleges", "mainstream_la_maintained"
NAMES = {(person.forename, person.surname) for person in CAST}
SURNAMES = {person.surname for person in CAST}


def enter(children: Sequence[Child]) -> None:
    """Gives each of the cast the life of the child whose story fits best; at full size everybody's counts stay."""
    _wren(children)
    _rowan(children)
    _skye(children)
    _ash(children)


def _become(person: Cast, child: Child) -> None:
    child.forename, child.surname, child.sex = person.forename, person.surname, person.sex
    child.upn, child.upn_missing, child.postcode = person.upn, None, person.postcode
    child.birth_on = person.birth_on
    child.district = next(d for d in DISTRICTS if d.name == person.district)


def _take(person: Cast, children: Sequence[Child], score: Callable[[Child, Plan], int]) -> Plan:
    """The child with a plan of some years that fits best; a small area may hold none that fits wholly."""
    able = [c for c in children if len(c.requests) == 1 and (c.forename, c.surname) not in NAMES]
    held = [(c, c.plan) for c in able if c.plan and c.plan.ceased_on is None]
    child, plan = max(held, key=lambda pair: (score(*pair), pair[1].started_on < date(2021, 1, 1)))
    _become(person, child)
    return plan


def _wren(children: Sequence[Child]) -> None:
    """The oldest open request of 2024; older ones of the year before live in the other teams."""
    waiting = [(c, r) for c in children for r in c.requests if r.decision == "A" and r.received_on]
    of_year = [
        (c, r) for c, r in waiting if r.received_on and r.received_on.year == 2024 and len(c.requests) == 1
    ]
    child, request = min(of_year, key=lambda pair: pair[1].received_on or date.max)
    for other, older in waiting:
        if older.received_on and older.received_on < WREN_RECEIVED_ON:
            other.district, other.postcode = DISTRICTS[4], BLOCKS[4][7].text
    request.received_on, request.source = WREN_RECEIVED_ON, "1"
    _become(CAST[0], child)


def _rowan(children: Sequence[Child]) -> None:
    """A college student whose review is swapped with one that met in January and awaits its decision."""
    plan = _take(CAST[1], children, lambda c, p: 2 * _stays_at(p, COLLEGE) + (school_age(c.birth_on) == 17))
    awaiting = [c.plan for c in children if c.plan and not c.plan.ceased_on and _awaits(c.plan)]
    if awaiting and not _awaits(plan):
        awaiting[0].reviews, plan.reviews = plan.reviews, awaiting[0].reviews
    plan.reviews = [*plan.reviews[:-1], Review(date(2025, 1, 8))]


def _awaits(plan: Plan) -> bool:
    return bool(plan.reviews) and plan.reviews[-1].decided_on is None and plan.reviews[-1].met_on.year == 2025


def _stays_at(plan: Plan, kind: str) -> bool:
    return bool(plan.stays) and plan.stays[-1].kind == kind and not plan.stays[-1].left_on


def _skye(children: Sequence[Child]) -> None:
    """In year 6 of a maintained primary, with a review of last autumn that decided to amend."""

    def score(child: Child, plan: Plan) -> int:
        waits = plan.phase_due_on is not None and plan.phase_final_on is None
        autumn = bool(plan.reviews) and plan.reviews[-1].met_on > date(2024, 9, 10)
        amends = autumn and plan.reviews[-1].outcome == "A"
        return 4 * (waits and school_age(child.birth_on) == 10) + 2 * _stays_at(plan, PRIMARY) + amends

    plan = _take(CAST[2], children, score)
    plan.phase_due_on, plan.phase_final_on = date(2025, 2, 15), None


def _ash(children: Sequence[Child]) -> None:
    """Last reviewed in 2023, so that the next review is long late."""

    def score(child: Child, plan: Plan) -> int:
        last = plan.reviews[-1] if plan.reviews else None
        late = last is not None and date(2023, 2, 1) < last.met_on < date(2023, 10, 1)
        decided = late and last is not None and last.decided_on is not None and last.decided_on.year == 2023
        return 2 * decided + (school_age(child.birth_on) == 11)

    plan = _take(CAST[3], children, score)
    last = plan.reviews[-1] if plan.reviews else None
    if last is None or last.decided_on is None or last.decided_on.year > 2023:
        plan.reviews = [Review(date(2023, 5, 12), date(2023, 6, 2), "M")]
