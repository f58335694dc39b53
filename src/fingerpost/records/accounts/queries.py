# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads about accounts."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from fingerpost.records.accounts.models import Membership, User

DEMO_DOMAIN = (
    "demo.invalid"  # reserved: only the made-up cast has such an address, and no letter can reach it
)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody of the made-up cast."""

    id: UUID
    name: str
    role: str
    place: str
    is_staff: bool


def demo_users() -> tuple[DemoUser, ...]:
    """The made-up cast in the order of their names, each once."""
    held = (
        Membership.objects.filter(
            user__email__endswith=f"@{DEMO_DOMAIN}", user__is_active=True, until_on=None
        )
        .select_related("user", "role", "team", "organisation", "area")
        .order_by("user__name", "user_id")
    )
    return tuple(_demo_user(list(roles)) for _, roles in groupby(held, key=lambda m: m.user_id))


def _demo_user(held: list[Membership]) -> DemoUser:
    first = held[0]
    places = {str(m.team or m.organisation or m.area) for m in held}
    return DemoUser(
        id=first.user_id,
        name=first.user.name,
        role=", ".join(sorted({m.role.name for m in held})),
        place=", ".join(sorted(places)),
        is_staff=any(m.role.is_staff for m in held),
    )


def demo_user(user_id: UUID) -> User | None:
    """One of the made-up cast, or nobody: a real account is never found here."""
    return User.objects.filter(pk=user_id, email__endswith=f"@{DEMO_DOMAIN}", is_active=True).first()
