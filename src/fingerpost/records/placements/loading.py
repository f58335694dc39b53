# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bulk verb of this room: the placements of many plans on one census day, by COPY."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fingerpost.records.cases.incoming import Source
from fingerpost.records.foundation import copying, journal
from fingerpost.records.foundation.models import Origin

COLUMNS = (
    *("id", "team_id", "person_id", "plan_id", "place", "organisation_id", "urn", "ukprn", "setting"),
    *("setting_other", "rank", "entered_on", "left_on", "sen_unit", "resourced", "residential", "work_based"),
    "attendance",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """The picture of one plan; each placement's values in the order of COLUMNS from `place` on."""

    plan_id: str
    person_id: str
    team_id: str
    placements: Sequence[tuple[object, ...]]


@transaction.atomic
def load(rows: Sequence[Incoming], *, area_id: UUID, by: UUID, at: datetime, source: Source) -> int:
    """Add the picture of one census day; a resubmission replaces its own day's."""
    if source.again:
        copying.tell(
            "DELETE FROM placements_placement WHERE census_on = %s AND plan_id = ANY(%s::uuid[])"
            " AND person_id = ANY(%s::uuid[]) AND team_id = ANY(%s::uuid[])",
            [
                source.census_on,
                [row.plan_id for row in rows],
                list({row.person_id for row in rows}),
                list({row.team_id for row in rows}),
            ],
        )
    lines = [
        f"{copying.new_id()}\t{row.team_id}\t{row.person_id}\t{row.plan_id}\t{copying.line(values)}"
        for row in rows
        for values in row.placements
    ]
    constant = {"area_id": area_id, "census_on": source.census_on}
    added = copying.copy("placements_placement", COLUMNS, lines, constant=constant)
    journal.record(
        "placements.loaded",
        by=by,
        at=at,
        area_id=area_id,
        origin=Origin.IMPORTED,
        detail={"source": source.fingerprint, "added": added},
    )
    return added
