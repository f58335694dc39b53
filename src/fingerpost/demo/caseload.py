# SPDX-License-Identifier: AGPL-3.0-or-later
"""The caseload list that no return holds: team by home district, officers by turn, about 250 cases each."""

from collections.abc import Iterator, Mapping
from math import ceil

from fingerpost.demo.names import Namer
from fingerpost.demo.people import SURNAMES
from fingerpost.demo.population import Population
from fingerpost.demo.postcodes import DISTRICTS
from fingerpost.demo.quotas import stream
from fingerpost.rules.returns.records import PersonRecord

COLUMNS = (
    "upn", "surname", "forename", "birth_on", "team", "officer_code", "officer_name", "first_return", "last_return",
)  # fmt: skip
PER_OFFICER = 250
TEAMS = ("North", "South", "East")


def officers(seed: int, team: str, cases: int) -> list[tuple[str, str]]:
    """Code and invented name of each officer of a team."""
    namer = Namer(stream(seed, "officers", team), SURNAMES)
    count = max(1, ceil(cases / PER_OFFICER))
    return [(f"{team[0]}{number:02d}", " ".join(namer.next())) for number in range(1, count + 1)]


def rows(
    seed: int, area: Population, years: Mapping[int, list[PersonRecord]]
) -> Iterator[tuple[object, ...]]:
    """One line for everybody in any return; an officer for those whom the last one holds."""
    homes = {d.code: d.team for d in DISTRICTS}
    teams = {(c.surname, c.forename): homes[c.district.code] for c in area.children if c.district}
    people: dict[tuple[str, str, str, str], list[int]] = {}
    for year, persons in years.items():
        for p in persons:
            people.setdefault((p.upn or "", p.surname, p.forename, p.birth_on.isoformat()), []).append(year)
    last = max(years)
    places = dict.fromkeys(TEAMS, 0)
    staff = {
        team: officers(
            seed,
            team,
            sum(1 for key, held in people.items() if last in held and teams[key[1], key[2]] == team),
        )
        for team in TEAMS
    }
    for key in sorted(people):
        held = people[key]
        team = teams[key[1], key[2]]
        officer: tuple[str, str] = ("", "")
        if last in held:
            officer = staff[team][places[team] % len(staff[team])]
            places[team] += 1
        yield (*key, team, *officer, min(held), max(held))
