# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about areas."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Area, District


@transaction.atomic
def open_area(*, la_number: str, name: str, by: UUID, at: datetime, ons_code: str = "") -> Area:
    """Begin the record of a local area partnership."""
    area = Area.objects.create(la_number=la_number, name=name, ons_code=ons_code)
    journal.record(
        "area.opened", by=by, at=at, area_id=area.pk, subject=("area", area.pk), detail={"la": la_number}
    )
    return area


@transaction.atomic
def add_district(*, area: Area, code: str, name: str, by: UUID, at: datetime) -> District:
    """Name a district of an area."""
    district = District.objects.create(area=area, code=code, name=name)
    journal.record(
        "district.added",
        by=by,
        at=at,
        area_id=area.pk,
        subject=("district", district.pk),
        detail={"code": code},
    )
    return district
