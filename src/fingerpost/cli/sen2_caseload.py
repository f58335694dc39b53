# SPDX-License-Identifier: AGPL-3.0-or-later
"""The caseload list of `fingerpost sen2 import`: which team, and which officer, each new child goes to."""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.cli.errors import Unusable
from fingerpost.rules.returns.records import PersonRecord

if TYPE_CHECKING:
    from fingerpost.records.accounts.models import User
    from fingerpost.records.foundation.models import Area
    from fingerpost.records.returns.loading.children import PlaceOf, Placing


def places(name: str, area: "Area") -> "PlaceOf":
    """Children are found by UPN, else by names and birth date; whoever is not listed goes to the front door."""
    from fingerpost.records.accounts.models import Team
    from fingerpost.records.returns.loading.children import Placing

    teams = {
        word.casefold(): team for team in Team.objects.filter(area=area) for word in (team.code, team.name)
    }
    door = next((team for team in teams.values() if team.is_front_door), None)
    if door is None:
        raise Unusable("the area has no front door team to hold new children. Open one first.")
    rest = Placing(door.pk)
    listed = dict(_listed(name, teams, _officers()))

    def place_of(record: PersonRecord) -> "Placing":
        found = listed.get(record.upn or "") or listed.get(
            "|".join((record.surname.casefold(), record.forename.casefold(), record.birth_on.isoformat()))
        )
        return found or rest

    return place_of


def _officers() -> "Callable[[str], User]":
    from fingerpost.records.accounts.models import User

    held: Mapping[str, User] = {user.email.casefold(): user for user in User.objects.filter(is_active=True)}
    return lambda email: held[email.casefold()]


def _listed(
    name: str, teams: Mapping[str, object], officer_of: "Callable[[str], User]"
) -> "Iterator[tuple[str, Placing]]":
    from fingerpost.records.returns.loading.children import Placing

    try:
        with Path(name).open(encoding="utf-8-sig", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), start=2):
                team = teams.get((row.get("team") or "").strip().casefold())
                if team is None:
                    raise Unusable(
                        f"{name}, line {line}: '{row.get('team')}' is no team of this area; give its code."
                    )
                email = (row.get("officer") or "").strip()
                officer = officer_of(email).pk if email else None
                yield _key(row), Placing(team.pk, officer_id=officer)  # type: ignore[attr-defined]
    except (OSError, UnicodeDecodeError) as problem:
        raise Unusable(
            f"{name}: cannot be read ({problem}); give a CSV with the columns upn and team."
        ) from problem
    except KeyError as problem:
        raise Unusable(f"{name}: there is no user {problem}; enrol the officer first.") from problem


def _key(row: Mapping[str, str]) -> str:
    names = (row.get("surname") or "", row.get("forename") or "", row.get("birth_on") or "")
    return (row.get("upn") or "").strip() or "|".join(part.strip().casefold() for part in names)
