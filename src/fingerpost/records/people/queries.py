# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads about children that cross tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Seer:
    """Somebody who can see a child, and why."""

    reach_id: UUID | None
    kind: str  # area, team, organisation or user
    holder: str
    role: str | None
    ground: str
    level: str
    from_on: date
    until_on: date | None
    because: str


def who_can_see(person_id: UUID) -> tuple[Seer, ...]:
    """Everybody who can see a child today; empty unless the signed actor is one of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fingerpost.who_can_see(%s) ORDER BY 2, 3, 4, 5", [person_id])
        return tuple(Seer(*row) for row in cursor.fetchall())
