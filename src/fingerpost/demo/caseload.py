# SPDX-License-Identifier: AGPL-3.0-or-later
"""The caseload list that no return holds: team by home district, officers by turn, about 250 cases each."""

from collections.abc import Iterator, Mapping
from math import ceil

from fingerpost.demo.lives import Child, known, school_age
from fingerpost.demo.names import Namer
from fingerpost.demo.people import OFFICERS, SURNAMES
from fingerpost.demo.population import Population
from fingerpost.demo.quotas import stream
from fingerpost.rules.returns.records import PersonRecord, RequestRecord

COLUMNS = (
    "upn", "surname", "forename", "birth_on", "team", "officer_code", "officer_name", "first_return", "last_return",
    "phase_transfer_kind", "phase_transfer_year",
)  # fmt: skip
PER_OFFICER = 250
TEAMS = ("North", "South", "East")
TRANSFERS = {3: "early_years_to_school", 10: "primary_to_secondary", 15: "secondary_to_post_16_institution"}
"""Which move is due in September 2025, by age on 31 August 2024. The return gives the due date only."""

Key = tuple[str, str, str, str]


def officers(seed: int, team: str, cases: int) -> list[tuple[str, str]]:
    """Code and invented name of each officer of a team; the first may be one of the sign-ins."""
    namer = Namer(stream(seed, "officers", team), SURNAMES)
    count = max(1, ceil(cases / PER_OFFICER))
    names = [" ".join(namer.next()) for _ in range(count)]
    names[0] = OFFICERS.get(team, names[0])
    return [(f"{team[0]}{number:02d}", name) for number, name in enumerate(names, 1)]


def rows(
    seed: int, area: Population, years: Mapping[int, list[PersonRecord]]
) -> Iterator[tuple[object, ...]]:
    """One line for everybody in any return; an officer for those with something open or active in the last one."""
    children = {(c.surname, c.forename): c for c in area.children}
    held = _returns_of(years)
    live = {_key(p) for p in years[max(years)] if any(_live(request) for request in p.requests)}
    teams = {key: _team(children[key[1], key[2]]) for key in held}
    staff = {team: officers(seed, team, sum(teams[key] == team for key in live)) for team in TEAMS}
    turns = dict.fromkeys(TEAMS, 0)
    for key in sorted(held):
        team = teams[key]
        officer = ("", "")
        if key in live:
            officer = staff[team][turns[team] % len(staff[team])]
            turns[team] += 1
        yield (*key, team, *officer, min(held[key]), max(held[key]), *_transfer(children[key[1], key[2]]))


def _returns_of(years: Mapping[int, list[PersonRecord]]) -> dict[Key, list[int]]:
    held: dict[Key, list[int]] = {}
    for year, persons in years.items():
        for person in persons:
            held.setdefault(_key(person), []).append(year)
    return held


def _key(person: PersonRecord) -> Key:
    return person.upn or "", person.surname, person.forename, person.birth_on.isoformat()


def _live(request: RequestRecord) -> bool:
    made = request.assessment
    if request.outcome == "A" or (made and made.outcome in "AY" and not made.plan):
        return True
    return bool(made and made.plan and made.plan.ceased_on is None)


def _team(child: Child) -> str:
    return known(child.district).team


def _transfer(child: Child) -> tuple[str, str]:
    due = child.plan is not None and child.plan.phase_due_on is not None
    kind = TRANSFERS.get(school_age(child.birth_on)) if due else None
    return (kind, "2025") if kind else ("", "")
