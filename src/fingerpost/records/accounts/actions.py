# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about accounts: areas' organisations and teams, users, and the roles they hold."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from fingerpost.records.accounts.models import Membership, Organisation, Role, Scope, Team, User
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Area, Origin

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
def reset_password(*, user: User, password: str, because: str, by: UUID, at: datetime) -> None:
    """Another password in place of a lost one. A session carries a mark of the old one, so all of them end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _note("user.password-reset", user, by, at, because)


@transaction.atomic
def reset_second_step(*, user: User, because: str, by: UUID, at: datetime) -> int:
    """Forget codes and recovery codes. How many there were; nothing is noted if there were none."""
    forgotten, _ = Authenticator.objects.filter(user=user).delete()
    if forgotten:
        _note("user.second-step-reset", user, by, at, because)
    return int(forgotten)


def _note(kind: str, user: User, by: UUID, at: datetime, because: str) -> None:
    journal.record(kind, by=by, at=at, subject=("user", user.pk), detail={"because": because})


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
def add_organisation(*, area: Area, kind: str, name: str, by: UUID, at: datetime) -> Organisation:
    """Put a council, school, college or health body on record."""
    made = Organisation.objects.create(area=area, kind=kind, name=name)
    journal.record(
        "organisation.added",
        by=by,
        at=at,
        area_id=area.pk,
        subject=("organisation", made.pk),
        detail={"name": name},
    )
    return made


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One line of a list of establishments."""

    kind: str
    name: str
    urn: str | None
    ukprn: str | None
    district_id: UUID | None


@transaction.atomic
def load_organisations(*, area: Area, rows: Sequence[OrganisationRow], by: UUID, at: datetime) -> int:
    """Load a list of establishments: new ones are added, known ones (by URN, UKPRN, else name) keep their identity."""
    held = Organisation.objects.filter(area=area)
    known = {_known_by(urn, ukprn, name) for urn, ukprn, name in held.values_list("urn", "ukprn", "name")}
    new = [row for row in rows if _known_by(row.urn, row.ukprn, row.name) not in known]
    Organisation.objects.bulk_create([Organisation(area=area, **asdict(row)) for row in new], batch_size=1000)
    journal.record(
        "organisations.loaded",
        by=by,
        at=at,
        area_id=area.pk,
        origin=Origin.IMPORTED,
        detail={"added": len(new)},
    )
    return len(new)


def _known_by(urn: str | None, ukprn: str | None, name: str) -> tuple[str, str]:
    if urn:
        return "urn", urn
    return ("ukprn", ukprn) if ukprn else ("name", name)


def first_service_user(*, name: str) -> User:
    """The user in whose name a command works; made on first use, and nobody can sign in as it."""
    return find_service_user(name) or User.objects.create(
        email=_service_address(name), name=name, password=make_password(None), is_service=True
    )


def find_service_user(name: str) -> User | None:
    return User.objects.filter(email=_service_address(name), is_service=True).first()


def _service_address(name: str) -> str:
    return f"{name.lower().replace(' ', '-')}@{SERVICE_DOMAIN}"


@transaction.atomic
def service_user(*, name: str, area: Area, role: str, from_on: date, at: datetime) -> User:
    """A service user with a role in an area, for a command that works on its children."""
    user = first_service_user(name=name)
    if not Membership.objects.filter(user=user, role_id=role, area=area, until_on=None).exists():
        give_role(user=user, role=Role.objects.get(code=role), area=area, from_on=from_on, by=user.pk, at=at)
    return user
