# SPDX-License-Identifier: AGPL-3.0-or-later
"""The made-up area itself: districts, the council's teams, and every school and college of establishments.csv."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from fingerpost.demo.postcodes import DISTRICTS
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Organisation, Team, User
from fingerpost.records.foundation import actions as foundation
from fingerpost.records.foundation.models import Area, District

LA_NUMBER = "888"
OPENED_ON = date(2022, 1, 1)
TEAMS = ("North", "South", "East")


@dataclass(frozen=True, slots=True)
class MadeArea:
    """What the rest of the made-up area is built on."""

    area: Area
    council: Organisation
    front_door: Team
    teams: dict[str, Team]
    builder: User


def open_area(*, at: datetime) -> MadeArea:
    """Open Lancashire's made-up double with its council, front door and three area teams."""
    builder = accounts.first_service_user(name="Demo builder")
    area = foundation.open_area(
        la_number=LA_NUMBER, name="Lancashire", ons_code="E10000017", by=builder.pk, at=at
    )
    for district in DISTRICTS:
        foundation.add_district(area=area, code=district.code, name=district.name, by=builder.pk, at=at)
    council = accounts.add_organisation(
        area=area, kind="council", name="County council", by=builder.pk, at=at
    )
    front = accounts.add_team(
        organisation=council, code="FD", name="Front door", by=builder.pk, at=at, front_door=True
    )
    teams = {name: _team(council, name, builder.pk, at) for name in TEAMS}
    return MadeArea(area, council, front, teams, builder)


def find() -> MadeArea | None:
    """The made-up area, if it has been opened already."""
    area = Area.objects.filter(la_number=LA_NUMBER).first()
    builder = accounts.find_service_user("Demo builder")
    if area is None or builder is None:
        return None
    teams = {team.name.removesuffix(" team"): team for team in Team.objects.filter(area=area)}
    council = Organisation.objects.get(area=area, kind="council")
    return MadeArea(area, council, teams["Front door"], {name: teams[name] for name in TEAMS}, builder)


def _team(council: Organisation, name: str, by: UUID, at: datetime) -> Team:
    return accounts.add_team(organisation=council, code=name[0], name=f"{name} team", by=by, at=at)


def load_establishments(made: MadeArea, file: Path, *, at: datetime) -> int:
    """Every school, college and provider of the file, in one journal entry."""
    districts = {d.name: d.pk for d in District.objects.filter(area=made.area)}
    with file.open(newline="", encoding="utf-8") as lines:
        rows = [
            accounts.OrganisationRow(
                kind=row["kind"],
                name=row["name"],
                urn=row["urn"] or None,
                ukprn=row["ukprn"] or None,
                district_id=districts.get(row["district"]),
            )
            for row in csv.DictReader(line for line in lines if not line.startswith("#"))
        ]
    return accounts.load_organisations(area=made.area, rows=rows, by=made.builder.pk, at=at)
