# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost account list`: who holds which role, until when."""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date

from fingerpost.cli import account_named as named
from fingerpost.kit.words import plural
from fingerpost.records.accounts.models import Membership
from fingerpost.records.foundation.models import Area


def roles_held(*, area: str, as_json: bool) -> int:
    rows = _rows(named.area(area) if area else None)
    if as_json:
        print(json.dumps([asdict(row) for row in rows], default=str))
        return 0
    for row in rows:
        until = f", until {row.until_on}" if row.until_on else ""
        print(f"{row.email}  {row.name}: {row.role}, {row.place}, from {row.from_on}{until}")
    print(f"{plural(len(rows), 'role')} held", file=sys.stderr)
    return 0


@dataclass(frozen=True, slots=True)
class Held:
    """One role of one user."""

    email: str
    name: str
    role: str
    area: str
    place: str
    from_on: date
    until_on: date | None


def _rows(area: Area | None) -> tuple[Held, ...]:
    found = Membership.objects.filter(named.still(), **({"area": area} if area else {}))
    found = found.select_related("user", "role", "area", "team", "organisation")
    return tuple(_row(held) for held in found.order_by("user__name", "role", "from_on"))


def _row(held: Membership) -> Held:
    place = str(held.team or held.organisation or held.area)
    user, number = held.user, held.area.la_number
    return Held(user.email, user.name, held.role_id, number, place, held.from_on, held.until_on)
