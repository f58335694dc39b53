# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each verb of `fingerpost account` does: find what was named, call the verb of the records, say what is so."""

import json
import re
import secrets
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fingerpost.cli.errors import Unusable
from fingerpost.kit.words import plural
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Membership, Organisation, Role, Scope, Team, User
from fingerpost.records.foundation import actions as foundation
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor
from fingerpost.records.people.models import Person
from fingerpost.records.people.sight import sight_of

OPERATOR = "Operator"  # whoever runs this machine: the first administrator, and nobody can sign in as it
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is read as another


def _work(verb: Callable[..., int]) -> Callable[..., int]:
    """All or nothing; what the records refuse becomes the command's one line."""

    @wraps(verb)
    def worked(**said: Any) -> int:
        try:
            with transaction.atomic():
                return verb(**said)
        except accounts.NotPossible as problem:
            raise Unusable(str(problem)) from problem

    return worked


# -- areas ----------------------------------------------------------------------------------------------------------


@_work
def open_area(*, la_number: str, name: str, council: str) -> int:
    if not re.fullmatch(r"[0-9]{3}", la_number):
        raise Unusable(
            f"{la_number} is not the number of a local authority: it has three figures, as in 888."
        )
    if Area.objects.filter(la_number=la_number).exists():
        raise Unusable(f"area {la_number} is open already.")
    by, at = _operator(), _now()
    area = foundation.open_area(la_number=la_number, name=_said(name, "NAME"), by=by.pk, at=at)
    body = accounts.add_organisation(
        area=area, kind="council", name=council or f"{name} council", by=by.pk, at=at
    )
    accounts.add_team(organisation=body, code="FD", name="Front door", by=by.pk, at=at, front_door=True)
    print(f"Area {la_number} {name} is open, with a front door team (FD) that holds new children.")
    return 0


@_work
def add_team(*, code: str, name: str, area: str) -> int:
    held = _area(area)
    if Team.objects.filter(area=held, code__iexact=code).exists():
        raise Unusable(f"area {area} has a team {code} already.")
    council = Organisation.objects.get(area=held, kind="council")
    accounts.add_team(
        organisation=council,
        code=_said(code, "CODE"),
        name=_said(name, "NAME"),
        by=_operator().pk,
        at=_now(),
    )
    print(f"Team {code}, {name}, is open.")
    return 0


@_work
def add_organisation(*, kind: str, name: str, urn: str, area: str) -> int:
    held = _area(area)
    if _organisations(held, name).exists() or (urn and _organisations(held, urn).exists()):
        raise Unusable(f"area {area} has {name} on record already.")
    by, at = _operator().pk, _now()
    if urn:
        row = accounts.OrganisationRow(kind, _said(name, "NAME"), urn, None, None)
        accounts.load_organisations(area=held, rows=[row], by=by, at=at)
    else:
        accounts.add_organisation(area=held, kind=kind, name=_said(name, "NAME"), by=by, at=at)
    print(f"{name} is on record.")
    return 0


# -- users ----------------------------------------------------------------------------------------------------------


@_work
def enrol(*, email: str, name: str, role: str, area: str, team: str, organisation: str) -> int:
    password = "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(5)) for _ in range(4))
    user = accounts.enrol(
        email=_address(email), name=_said(name, "--name"), password=password, by=_operator().pk, at=_now()
    )
    given = _give(user, role, area, team, organisation)
    print(f"{name} can sign in as {email}. First password, shown this once: {password}")
    step = (
        "Staff are asked to set up their second step before any page opens. " if given.role.is_staff else ""
    )
    print(f"{step}Hand it over in person or by telephone, and ask them to change it under 'Your account'.")
    return 0


@_work
def give_role(*, email: str, role: str, area: str, team: str, organisation: str) -> int:
    user = _user(email)
    given = _give(user, role, area, team, organisation)
    print(f"{user.name} is {given.role.name} from {given.from_on:%-d %B %Y}.")
    return 0


def _give(user: User, role: str, area: str, team: str, organisation: str) -> Membership:
    kind, held = _role(role), _area(area)
    if kind.scope == Scope.REACH and kind.is_staff and not organisation:
        raise Unusable(f"a {kind.name} works at a school or body: name it with --organisation.")
    if team and kind.scope != Scope.TEAM:
        raise Unusable(f"a {kind.name} does not work in a team: leave out --team.")
    within = _team(held, team) if team else None
    where = _organisation(held, organisation) if organisation else None
    if _running(user, kind, held).filter(team=within, organisation=where).exists():
        raise Unusable(f"{user.name} holds that role already.")
    return accounts.give_role(
        user=user,
        role=kind,
        area=held,
        team=within,
        organisation=where,
        from_on=timezone.localdate(),
        by=_operator().pk,
        at=_now(),
    )


@_work
def end_role(*, email: str, role: str, area: str, team: str, until: date | None) -> int:
    user, kind, held = _user(email), _role(role), _area(area)
    roles = _running(user, kind, held)
    found = list(roles.filter(team=_team(held, team)) if team else roles)
    if len(found) != 1:
        raise Unusable(
            f"{user.name} holds {len(found)} roles {role} in area {area}: "
            + (
                "say which with --team."
                if found
                else "there is nothing to end. See `fingerpost account list`."
            )
        )
    last = until or timezone.localdate()
    if last <= found[0].from_on:
        raise Unusable(
            f"the role began on {found[0].from_on} and cannot end on or before that day: give a later --until."
        )
    accounts.end_role(membership=found[0], until_on=last, by=_operator().pk, at=_now())
    print(f"{user.name} is no longer {kind.name} from {last:%-d %B %Y}.")
    return 0


@_work
def let_see(
    *, email: str, upn: str, ground: str, because: str, level: str, until: date | None, area: str
) -> int:
    """The database's own function grants the reach, as on a page; it checks the Operator's role first."""
    held, today, user = _area(area), timezone.localdate(), _user(email)
    child = _child(held, upn)
    if level == "family":
        _require_family_role(user)
    if until and until <= today:
        raise Unusable(f"--until {until} has come already: give a later day, or leave it out.")
    by = accounts.service_user(name=OPERATOR, area=held, role="data-officer", from_on=today, at=_now())
    with actor.acting(by.pk):
        people.grant_reach(
            person=child,
            to=people.Holder(user=user),
            ground=_said(ground, "--ground"),
            because=_said(because, "--because"),
            level=level,
            from_on=today,
            until_on=until,
            by=sight_of(by, on=today),
            at=_now(),
        )
    print(f"{user.name} can see that record. The family reads why on the record's own page.")
    return 0


def _child(area: Area, upn: str) -> Person:
    found = Person.objects.filter(area=area, upn=upn.strip().upper()).first()
    if not isinstance(found, Person):
        raise Unusable(f"area {area.la_number} has no child with that UPN. Is the return loaded?")
    return found


def _require_family_role(user: User) -> None:
    roles = user.memberships.filter(_still()).values_list("role__permissions", flat=True)
    if not any("family.read" in permissions for permissions in roles):
        raise Unusable(
            f"{user.name} holds no role that opens a family's record: first give parent-or-carer or young-person "
            "with `fingerpost account give-role`."
        )


def roles_held(*, area: str, as_json: bool) -> int:
    rows = _rows(_area(area) if area else None)
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
    found = Membership.objects.filter(_still(), **({"area": area} if area else {}))
    found = found.select_related("user", "role", "area", "team", "organisation")
    return tuple(_row(held) for held in found.order_by("user__name", "role", "from_on"))


def _row(held: Membership) -> Held:
    place = str(held.team or held.organisation or held.area)
    user, number = held.user, held.area.la_number
    return Held(user.email, user.name, held.role_id, number, place, held.from_on, held.until_on)


# -- what was named -------------------------------------------------------------------------------------------------


def _operator() -> User:
    return accounts.first_service_user(name=OPERATOR)


def _now() -> datetime:
    return timezone.localtime()


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise Unusable(f"{what} is empty.")
    return text.strip()


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise Unusable(f"{email} is not an e-mail address.") from None
    if email.lower().endswith(".invalid"):
        raise Unusable(f"{email}: addresses that end in .invalid are kept for commands and the demo's cast.")
    return email


def _area(la_number: str) -> Area:
    found = Area.objects.filter(la_number=la_number).first()
    if found is None:
        known = ", ".join(Area.objects.order_by("la_number").values_list("la_number", flat=True))
        raise Unusable(
            f"area {la_number} is not open here ({known or 'none is'}). See `fingerpost account open-area`."
        )
    return found


def _role(code: str) -> Role:
    found = Role.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Role.objects.order_by("code").values_list("code", flat=True))
        raise Unusable(f"there is no role {code}. Roles: {known}.")
    return found


def _team(area: Area, code: str) -> Team:
    found = Team.objects.filter(area=area, code__iexact=code).first()
    if found is None:
        known = ", ".join(
            f"{team.code} ({team.name})" for team in Team.objects.filter(area=area).order_by("code")
        )
        raise Unusable(f"area {area.la_number} has no team {code}. Teams: {known}.")
    return found


def _organisations(area: Area, said: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(Q(name__iexact=said) | Q(urn=said), area=area)


def _organisation(area: Area, said: str) -> Organisation:
    found = list(_organisations(area, said)[:2])
    if len(found) != 1:
        raise Unusable(
            f"area {area.la_number} has {'several' if found else 'no'} organisations {said}: give the URN, "
            "or put it on record with `fingerpost account add-organisation`."
        )
    return found[0]


def _user(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_service=False).first()
    if found is None:
        raise Unusable(f"there is no user {email}. See `fingerpost account enrol`.")
    return found


def _running(user: User, role: Role, area: Area) -> QuerySet[Membership]:
    return Membership.objects.filter(_still(), user=user, role=role, area=area)


def _still() -> Q:
    return Q(until_on=None) | Q(until_on__gt=timezone.localdate())
