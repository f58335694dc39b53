# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about accounts: areas' organisations and teams, users, and the roles they hold."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fingerpost.records.accounts.models import Membership, Organisation, Role, Scope, Team, User
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Area

SERVICE_DOMAIN = "service.invalid"  # reserved: no mailbox can ever be there


class NotPossible(Exception):
    """What was asked of the accounts does not fit, and why."""


@transaction.atomic
def add_team(
    *, organisation: Organisation, code: str, name: str, by: UUID, at: datetime, front_door: bool = False
) -> Team:
    """Open a team; the front door holds every child nobody has taken yet."""
    team = Team.objects.create(
        area_id=organisation.area_id,
        organisation=organisation,
        code=code,
        name=name,
        is_front_door=front_door,
    )
    journal.record(
        "team.added", by=by, at=at, area_id=team.area_id, subject=("team", team.pk), detail={"code": code}
    )
    return team


@transaction.atomic
def enrol(*, email: str, name: str, password: str | None, by: UUID | None, at: datetime) -> User:
    """Make a user. Without a password nobody can sign in as them (but the demo's one-click door)."""
    if User.objects.filter(email__iexact=email).exists():
        raise NotPossible(f"there is a user {email} already; give them another role instead.")
    user = User.objects.enrol(email=email, name=name, password=password)
    journal.record(
        "user.enrolled", by=by or user.pk, at=at, subject=("user", user.pk), detail={"email": email}
    )
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role,
    area: Area,
    from_on: date,
    by: UUID,
    at: datetime,
    team: Team | None = None,
    organisation: Organisation | None = None,
) -> Membership:
    """Let a user hold a role from a day on."""
    if role.scope == Scope.TEAM and team is None:
        raise NotPossible(f"a {role.name.lower()} works in a team: say which.")
    held = Membership.objects.create(
        user=user, role=role, area=area, team=team, organisation=organisation, from_on=from_on
    )
    detail = {"role": role.code, "team": team and team.pk, "organisation": organisation and organisation.pk}
    journal.record("role.given", by=by, at=at, area_id=area.pk, subject=("user", user.pk), detail=detail)
    return held


@transaction.atomic
def end_role(*, membership: Membership, until_on: date, by: UUID, at: datetime) -> None:
    """End a role: `until_on` is the first day on which it no longer holds."""
    Membership.objects.filter(pk=membership.pk).update(until_on=until_on)
    journal.record(
        "role.ended",
        by=by,
        at=at,
        area_id=membership.area_id,
        subject=("user", membership.user_id),
        detail={"until_on": until_on},
    )


@transaction.atomic
def service_user(*, name: str, area: Area, role: str, from_on: date, at: datetime) -> User:
    """The user in whose name a command works; made on first use, and nobody can sign in as it."""
    email = f"{name.lower().replace(' ', '-')}@{SERVICE_DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.enrol(email=email, name=name)
        User.objects.filter(pk=user.pk).update(is_service=True)
    _hold(user, area=area, role=role, from_on=from_on)
    return user


def _hold(user: User, *, area: Area, role: str, from_on: date) -> None:
    if not Membership.objects.filter(user=user, role_id=role, area=area, until_on=None).exists():
        Membership.objects.create(user=user, role_id=role, area=area, from_on=from_on)
