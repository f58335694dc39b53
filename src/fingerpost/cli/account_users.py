# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost account`: users, their roles, and what they need to sign in."""

import secrets
from datetime import date

from django.utils import timezone

from fingerpost.cli import account_named as named
from fingerpost.cli.errors import Unusable
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Membership, Scope, User

HAND_OVER = "Hand it over in person or by telephone, and ask them to change it under 'Your account'."
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is read as another


@named.work
def enrol(*, email: str, name: str, role: str, area: str, team: str, organisation: str) -> int:
    password = _password()
    user = accounts.enrol(
        email=named.address(email),
        name=named.said(name, "--name"),
        password=password,
        by=named.operator().pk,
        at=named.now(),
    )
    given = _give(user, role, area, team, organisation)
    print(f"{name} can sign in as {email}. First password, shown this once: {password}")
    step = (
        "Staff are asked to set up their second step before any page opens. " if given.role.is_staff else ""
    )
    print(f"{step}{HAND_OVER}")
    return 0


def _password() -> str:
    return "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(5)) for _ in range(4))


@named.work
def reset_password(*, email: str, because: str) -> int:
    """For a lost password: the old one, and every session begun with it, are of no use from now on."""
    user, password = named.user(email), _password()
    why = named.said(because, "--because")
    accounts.reset_password(user=user, password=password, because=why, by=named.operator().pk, at=named.now())
    print(f"{user.name} is signed out everywhere. New password, shown this once: {password}")
    print(HAND_OVER)
    return 0


@named.work
def reset_second_step(*, email: str, because: str) -> int:
    """For a lost telephone: codes and recovery codes are forgotten, and the next sign-in sets them up again."""
    user = named.user(email)
    why = named.said(because, "--because")
    forgotten = accounts.reset_second_step(user=user, because=why, by=named.operator().pk, at=named.now())
    if not forgotten:
        raise Unusable(f"{user.name} has no second step to forget.")
    print(
        f"The second step of {user.name} is forgotten; the next sign-in asks to set it up before any page opens."
    )
    print("If the telephone may be in other hands, run `fingerpost account reset-password` as well.")
    return 0


@named.work
def give_role(*, email: str, role: str, area: str, team: str, organisation: str) -> int:
    user = named.user(email)
    given = _give(user, role, area, team, organisation)
    print(f"{user.name} is {given.role.name} from {given.from_on:%-d %B %Y}.")
    return 0


def _give(user: User, role: str, area: str, team: str, organisation: str) -> Membership:
    kind, held = named.role(role), named.area(area)
    if kind.scope == Scope.REACH and kind.is_staff and not organisation:
        raise Unusable(f"a {kind.name} works at a school or body: name it with --organisation.")
    if team and kind.scope != Scope.TEAM:
        raise Unusable(f"a {kind.name} does not work in a team: leave out --team.")
    within = named.team(held, team) if team else None
    where = named.organisation(held, organisation) if organisation else None
    if named.running(user, kind, held).filter(team=within, organisation=where).exists():
        raise Unusable(f"{user.name} holds that role already.")
    return accounts.give_role(
        user=user,
        role=kind,
        area=held,
        team=within,
        organisation=where,
        from_on=timezone.localdate(),
        by=named.operator().pk,
        at=named.now(),
    )


@named.work
def end_role(*, email: str, role: str, area: str, team: str, until: date | None) -> int:
    user, kind, held = named.user(email), named.role(role), named.area(area)
    roles = named.running(user, kind, held)
    found = list(roles.filter(team=named.team(held, team)) if team else roles)
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
    accounts.end_role(membership=found[0], until_on=last, by=named.operator().pk, at=named.now())
    print(f"{user.name} is no longer {kind.name} from {last:%-d %B %Y}.")
    return 0
