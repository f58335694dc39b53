# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the return of a year stands, in a line: what is signed, and what waits for a signature."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from fingerpost.desks.office.place import Place
from fingerpost.kit.words import Link, day
from fingerpost.records.returns.handing_in.queries import DRAFT, SIGNED, Prepared


@dataclass(frozen=True, slots=True)
class StandingShown:
    """The line, and where to look at the newest return it speaks of."""

    text: str
    link: Link | None


def line(found: Iterable[Prepared], place: Place) -> StandingShown:
    """Newest first; what was replaced is not spoken of."""
    of_year = [one for one in found if one.year == place.year]
    signed = next((_signed(one) for one in of_year if one.standing == SIGNED), "")
    waiting = next((_waiting(one) for one in of_year if one.standing == DRAFT), "")
    said = "; ".join(part for part in (signed, waiting) if part)
    if not said:
        return StandingShown(f"No return of {place.year} is prepared yet.", None)
    newest = of_year[0]
    look = Link(f"Look at serial {newest.serial}", place.address("return", newest.id))
    return StandingShown(f"{said[:1].upper()}{said[1:]}.", look)


def _signed(one: Prepared) -> str:
    on = timezone.localtime(one.signed_at).date()
    return f"serial {one.serial} was signed by {one.signed_by} on {day(on)}"


def _waiting(one: Prepared) -> str:
    return f"serial {one.serial} waits for a signature"
