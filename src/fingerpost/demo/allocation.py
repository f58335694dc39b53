# SPDX-License-Identifier: AGPL-3.0-or-later
"""The made-up caseload list: which team and which officer each child begins with. No return holds that."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fingerpost.demo.area import OPENED_ON, MadeArea
from fingerpost.demo.cast import address
from fingerpost.demo.people import OFFICERS
from fingerpost.demo.postcodes import BLOCKS
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Role, User
from fingerpost.records.foundation.models import District
from fingerpost.records.returns.loading.children import PlaceOf, Placing
from fingerpost.rules.returns.records import PersonRecord

Row = dict[str, str]
Key = tuple[str, str, str]


def place_of(made: MadeArea, file: Path, *, at: datetime) -> PlaceOf:
    """A function from a child of a return to the team, district and officer of the list."""
    rows = _rows(file)
    officers = _officers(made, rows, at)
    listed: dict[str | Key, Row] = {row["upn"]: row for row in rows if row["upn"]}
    listed |= {(row["surname"], row["forename"], row["birth_on"]): row for row in rows}
    return _placer(made, listed, officers, _districts(made))


def _placer(
    made: MadeArea, listed: dict[str | Key, Row], officers: dict[str, User], districts: dict[str, District]
) -> Callable[[PersonRecord], Placing]:
    def place(child: PersonRecord) -> Placing:
        names = (child.surname, child.forename, child.birth_on.isoformat())
        row = listed.get(child.upn or "") or listed.get(names)
        district = districts.get(child.postcode or "")
        if row is None:
            return Placing(made.front_door.pk, district.pk if district else None)
        officer = officers.get(row["officer_code"])
        return Placing(
            made.teams[row["team"]].pk, district.pk if district else None, officer.pk if officer else None
        )

    return place


def _rows(file: Path) -> list[Row]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _officers(made: MadeArea, rows: list[Row], at: datetime) -> dict[str, User]:
    """Each officer of the list as a user. Nobody can sign in as them but as those of the cast, who are named there."""
    role = Role.objects.get(code="case-officer")
    named = {row["officer_code"]: row for row in rows if row["officer_code"]}
    return {code: _officer(made, code, row, role, at) for code, row in sorted(named.items())}


def _officer(made: MadeArea, code: str, row: Row, role: Role, at: datetime) -> User:
    name = row["officer_name"]
    email = address(name) if name in OFFICERS.values() else f"{code.lower()}@caseload.invalid"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    by, team = made.builder.pk, made.teams[row["team"]]
    user = accounts.enrol(email=email, name=name, password=None, by=by, at=at)
    accounts.give_role(user=user, role=role, area=made.area, team=team, from_on=OPENED_ON, by=by, at=at)
    return user


def _districts(made: MadeArea) -> dict[str, District]:
    known = {district.code: district for district in District.objects.filter(area=made.area)}
    return {postcode.text: known[postcode.district.code] for block in BLOCKS for postcode in block}
