# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bulk verb of this room: many cases with their facts at once, by COPY, with their clocks worked out."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fingerpost.records.cases.batching import Batch
from fingerpost.records.cases.differing import Standing
from fingerpost.records.cases.incoming import Incoming, Loaded, Source
from fingerpost.records.foundation import copying, journal
from fingerpost.records.foundation.copying import plain
from fingerpost.records.foundation.models import Origin

STANDING = (
    "SELECT f.id::text, f.case_id::text, f.name, f.on, f.value, f.of, f.census_on, f.origin, f.certainty,"
    " f.retracts, f.sent_on, f.channel, f.deemed_served_on, f.received_on, p.on, p.value"
    " FROM unnest(%s::uuid[], %s::uuid[]) AS w(team_id, person_id)"
    " JOIN cases_fact f ON f.team_id = w.team_id AND f.person_id = w.person_id"
    " LEFT JOIN cases_fact p ON p.id = f.supersedes_id"
    " WHERE NOT EXISTS (SELECT 1 FROM cases_fact n WHERE n.supersedes_id = f.id)"
)


@transaction.atomic
def load(rows: Sequence[Incoming], *, area_id: UUID, by: UUID, at: datetime, source: Source) -> Loaded:
    """Write what is new, supersede what changed, leave the rest; then clocks and stages of the cases touched."""
    held = _standing(rows)
    batch = Batch(area_id, by, at, source)
    for row in rows:
        batch.take(row, held.get(row.case_id, []))
    batch.write()
    journal.record(
        "cases.loaded",
        by=by,
        at=at,
        area_id=area_id,
        origin=Origin.IMPORTED,
        detail={"source": source.fingerprint, "rows": len(rows), "added": batch.done.added},
    )
    return batch.done


def _standing(rows: Iterable[Incoming]) -> dict[str, list[Standing]]:
    known = {row.person_id: row.team_id for row in rows if not row.is_new}
    held: dict[str, list[Standing]] = {}
    if known:
        for found in copying.ask(STANDING, [list(known.values()), list(known)]):
            fact = Standing._make((*found[:4], _loaded(found[4]), *found[5:15], _loaded(found[15])))
            held.setdefault(fact.case_id, []).append(fact)
    return {plain(case_id): facts for case_id, facts in held.items()}


def _loaded(value: str | None) -> object:
    return None if value is None else json.loads(value)  # Django leaves jsonb as text on a plain cursor
