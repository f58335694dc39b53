# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the verbs of `fingerpost account` share: find what was named, or say in one line what there is instead."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fingerpost.cli.errors import Unusable
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Membership, Organisation, Role, Team, User
from fingerpost.records.foundation.models import Area

OPERATOR = "Operator"  # whoever runs this machine: the first administrator, and nobody can sign in as it


def work(verb: Callable[..., int]) -> Callable[..., int]:
    """All or nothing; what the records refuse becomes the command's one line."""

    @wraps(verb)
    def worked(**said: Any) -> int:
        try:
            with transaction.atomic():
                return verb(**said)
        except accounts.NotPossible as problem:
            raise Unusable(str(problem)) from problem

    return worked


def operator() -> User:
    return accounts.first_service_user(name=OPERATOR)


def now() -> datetime:
    return timezone.localtime()


def said(text: str, what: str) -> str:
    if not text.strip():
        raise Unusable(f"{what} is empty.")
    return text.strip()


def address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise Unusable(f"{email} is not an e-mail address.") from None
    if email.lower().endswith(".invalid"):
        raise Unusable(f"{email}: addresses that end in .invalid are kept for commands and the demo's cast.")
    return email


def area(la_number: str) -> Area:
    found = Area.objects.filter(la_number=la_number).first()
    if found is None:
        known = ", ".join(Area.objects.order_by("la_number").values_list("la_number", flat=True))
        raise Unusable(
            f"area {la_number} is not open here ({known or 'none is'}). See `fingerpost account open-area`."
        )
    return found


def role(code: str) -> Role:
    found = Role.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Role.objects.order_by("code").values_list("code", flat=True))
        raise Unusable(f"there is no role {code}. Roles: {known}.")
    return found


def team(area: Area, code: str) -> Team:
    found = Team.objects.filter(area=area, code__iexact=code).first()
    if found is None:
        known = ", ".join(
            f"{team.code} ({team.name})" for team in Team.objects.filter(area=area).order_by("code")
        )
        raise Unusable(f"area {area.la_number} has no team {code}. Teams: {known}.")
    return found


def organisations(area: Area, said: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(Q(name__iexact=said) | Q(urn=said), area=area)


def organisation(area: Area, said: str) -> Organisation:
    found = list(organisations(area, said)[:2])
    if len(found) != 1:
        raise Unusable(
            f"area {area.la_number} has {'several' if found else 'no'} organisations {said}: give the URN, "
            "or put it on record with `fingerpost account add-organisation`."
        )
    return found[0]


def user(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_service=False).first()
    if found is None:
        raise Unusable(f"there is no user {email}. See `fingerpost account enrol`.")
    return found


def running(user: User, role: Role, area: Area) -> QuerySet[Membership]:
    return Membership.objects.filter(still(), user=user, role=role, area=area)


def still() -> Q:
    return Q(until_on=None) | Q(until_on__gt=timezone.localdate())
