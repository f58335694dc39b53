# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which area and which year's return a page is about, and whether the reader works there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from fingerpost.desks.doors.page import ReaderRequest
from fingerpost.kit.words import Link
from fingerpost.records.returns import access
from fingerpost.records.returns.readiness import findings
from fingerpost.rules.returns import layout


@dataclass(frozen=True, slots=True)
class Place:
    """One year's return of one area."""

    area_id: UUID
    la: str
    area: str
    year: int
    census_on: date
    whole: bool  # the reader works for the whole area, not for a team of it

    def is_ahead(self, on: date) -> bool:
        """Census day is to come, so what the return will hold can still change."""
        return on < self.census_on

    def address(self, name: str, *more: object) -> str:
        return reverse(f"office:{name}", args=[self.la, self.year, *more])

    def trail(self, *links: Link) -> tuple[Link, ...]:
        """The way back from a page of this return."""
        return (Link(f"Return of {self.year}", self.address("readiness")), *links)


def find(request: ReaderRequest, la: str, year: int) -> Place:
    """The place of an address, or "not found" for one that the reader has nothing to do with."""
    area = next((one for one in findings.areas_of(request.sight) if one.la_number == la), None)
    if area is None:
        raise Http404("No such area, or not one of yours.")
    try:
        census_on = layout.of(year).census_on
    except layout.UnknownYear as unknown:
        raise Http404(str(unknown)) from unknown
    return Place(area.pk, la, area.name, year, census_on, area.pk in request.sight.areas)


def may_prepare(request: ReaderRequest, place: Place) -> bool:
    return request.sight.may(access.PREPARE) and place.area_id in request.sight.write_areas
