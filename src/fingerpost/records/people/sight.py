# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one user may see and do, worked out in Python from their memberships: the first wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q

from fingerpost.records.accounts.models import Membership, Scope, User


@dataclass(frozen=True, slots=True)
class Sight:
    """The areas, teams and single children a user reaches, and the permissions of their roles."""

    user_id: UUID
    name: str
    areas: frozenset[UUID]
    teams: frozenset[UUID]
    persons: frozenset[UUID]
    family: frozenset[UUID]  # of those, the reader's own family
    write_areas: frozenset[UUID]
    write_teams: frozenset[UUID]
    permissions: frozenset[str]
    roles: tuple[str, ...]
    is_staff: bool

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def sees(self, *, area_id: UUID, team_id: UUID, person_id: UUID) -> bool:
        return area_id in self.areas or team_id in self.teams or person_id in self.persons

    def changes(self, *, area_id: UUID, team_id: UUID) -> bool:
        return area_id in self.write_areas or team_id in self.write_teams


def sight_of(user: User, *, on: date) -> Sight:
    """Read the memberships that hold on a day, and the children reached one by one (one query each)."""
    held = list(_memberships(user, on))
    persons, family = _reached()
    return Sight(
        user_id=user.pk,
        name=user.name,
        areas=frozenset(m.area_id for m in held if m.role.scope == Scope.AREA),
        teams=frozenset(m.team_id for m in held if m.role.scope == Scope.TEAM and m.team_id),
        persons=persons,
        family=family,
        write_areas=frozenset(m.area_id for m in held if m.role.scope == Scope.AREA and m.role.may_write),
        write_teams=frozenset(
            m.team_id for m in held if m.role.scope == Scope.TEAM and m.team_id and m.role.may_write
        ),
        permissions=frozenset(name for m in held for name in m.role.permissions),
        roles=tuple(sorted({m.role.name for m in held})),
        is_staff=any(m.role.is_staff for m in held),
    )


def _memberships(user: User, on: date) -> Iterable[Membership]:
    holds = Q(until_on=None) | Q(until_on__gt=on)
    return user.memberships.filter(holds, from_on__lte=on).select_related("role")


def _reached() -> tuple[frozenset[UUID], frozenset[UUID]]:
    # people_reach is closed to the web login; these functions answer for the signed actor only.
    with connection.cursor() as cursor:
        cursor.execute("SELECT fingerpost.reached(), fingerpost.own_family()")
        persons, family = cursor.fetchone()
    return frozenset(persons), frozenset(family)


def require(sight: Sight, permission: str, *, area_id: UUID, team_id: UUID, person_id: UUID) -> None:
    """Refuse unless the user holds the permission and may change this child's record."""
    seen = sight.sees(area_id=area_id, team_id=team_id, person_id=person_id)
    if not (sight.may(permission) and seen and sight.changes(area_id=area_id, team_id=team_id)):
        raise PermissionDenied(
            f"{sight.name} may not do this: {permission} is needed for this child's record."
        )
