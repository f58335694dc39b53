# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost account let-see`: a parent, carer or young person sees a child's record."""

from datetime import date

from django.utils import timezone

from fingerpost.cli import account_named as named
from fingerpost.cli.errors import Unusable
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import User
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor
from fingerpost.records.people.models import Person
from fingerpost.records.people.sight import sight_of


@named.work
def let_see(
    *, email: str, upn: str, ground: str, because: str, level: str, until: date | None, area: str
) -> int:
    """The database's own function grants the reach, as on a page; it checks the Operator's role first."""
    held, today, user = named.area(area), timezone.localdate(), named.user(email)
    child = _child(held, upn)
    if level == "family":
        _require_family_role(user)
    if until and until <= today:
        raise Unusable(f"--until {until} has come already: give a later day, or leave it out.")
    by = accounts.service_user(
        name=named.OPERATOR, area=held, role="data-officer", from_on=today, at=named.now()
    )
    with actor.acting(by.pk):
        people.grant_reach(
            person=child,
            to=people.Holder(user=user),
            ground=named.said(ground, "--ground"),
            because=named.said(because, "--because"),
            level=level,
            from_on=today,
            until_on=until,
            by=sight_of(by, on=today),
            at=named.now(),
        )
    print(f"{user.name} can see that record. The family reads why on the record's own page.")
    return 0


def _child(area: Area, upn: str) -> Person:
    found = Person.objects.filter(area=area, upn=upn.strip().upper()).first()
    if not isinstance(found, Person):
        raise Unusable(f"area {area.la_number} has no child with that UPN. Is the return loaded?")
    return found


def _require_family_role(user: User) -> None:
    roles = user.memberships.filter(named.still()).values_list("role__permissions", flat=True)
    if not any("family.read" in permissions for permissions in roles):
        raise Unusable(
            f"{user.name} holds no role that opens a family's record: first give parent-or-carer or young-person "
            "with `fingerpost account give-role`."
        )
