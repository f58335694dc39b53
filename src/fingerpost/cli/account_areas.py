# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost account`: areas, teams and organisations."""

import re

from fingerpost.cli import account_named as named
from fingerpost.cli.errors import Unusable
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Organisation, Team
from fingerpost.records.foundation import actions as foundation
from fingerpost.records.foundation.models import Area


@named.work
def open_area(*, la_number: str, name: str, council: str) -> int:
    if not re.fullmatch(r"[0-9]{3}", la_number):
        raise Unusable(
            f"{la_number} is not the number of a local authority: it has three figures, as in 888."
        )
    if Area.objects.filter(la_number=la_number).exists():
        raise Unusable(f"area {la_number} is open already.")
    by, at = named.operator(), named.now()
    area = foundation.open_area(la_number=la_number, name=named.said(name, "NAME"), by=by.pk, at=at)
    body = accounts.add_organisation(
        area=area, kind="council", name=council or f"{name} council", by=by.pk, at=at
    )
    accounts.add_team(organisation=body, code="FD", name="Front door", by=by.pk, at=at, front_door=True)
    print(f"Area {la_number} {name} is open, with a front door team (FD) that holds new children.")
    return 0


@named.work
def add_team(*, code: str, name: str, area: str) -> int:
    held = named.area(area)
    if Team.objects.filter(area=held, code__iexact=code).exists():
        raise Unusable(f"area {area} has a team {code} already.")
    council = Organisation.objects.get(area=held, kind="council")
    accounts.add_team(
        organisation=council,
        code=named.said(code, "CODE"),
        name=named.said(name, "NAME"),
        by=named.operator().pk,
        at=named.now(),
    )
    print(f"Team {code}, {name}, is open.")
    return 0


@named.work
def add_organisation(*, kind: str, name: str, urn: str, area: str) -> int:
    held = named.area(area)
    if named.organisations(held, name).exists() or (urn and named.organisations(held, urn).exists()):
        raise Unusable(f"area {area} has {name} on record already.")
    by, at = named.operator().pk, named.now()
    if urn:
        row = accounts.OrganisationRow(kind, named.said(name, "NAME"), urn, None, None)
        accounts.load_organisations(area=held, rows=[row], by=by, at=at)
    else:
        accounts.add_organisation(area=held, kind=kind, name=named.said(name, "NAME"), by=by, at=at)
    print(f"{name} is on record.")
    return 0
