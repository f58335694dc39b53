# SPDX-License-Identifier: AGPL-3.0-or-later
"""What returns left to decide, and which returns were loaded."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.models import HeldItem, ReturnFile


@dataclass(frozen=True, slots=True)
class HeldView:
    """One doubtful pattern, held for review."""

    id: UUID
    pattern: str
    question: str
    offer: tuple[str, ...]
    state: str
    year: int
    line: int
    decision: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str


def held_of(person_id: UUID, case_id: UUID, sight: Sight) -> tuple[HeldView, ...]:
    """Held items of a case and those of its child alone, open ones first. One query."""
    rows = HeldItem.objects.visible_to(sight).filter(person_id=person_id, case_id__in=[case_id])
    rows = rows | HeldItem.objects.visible_to(sight).filter(person_id=person_id, case_id=None)
    found = rows.select_related("file", "decided_by").order_by("-state", "pattern", "line")
    return tuple(_view(item) for item in found if isinstance(item, HeldItem))


def _view(item: HeldItem) -> HeldView:
    return HeldView(
        id=item.pk,
        pattern=item.pattern,
        question=item.question,
        offer=tuple(item.offer),
        state=item.state,
        year=item.file.year,
        line=item.line,
        decision=item.decision,
        decided_by=item.decided_by.name if item.decided_by else None,
        decided_at=item.decided_at,
        reason=item.reason,
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """One return that was loaded."""

    year: int
    census_on: date
    serial: str
    state: str
    persons_done: int
    persons_total: int
    finished_at: datetime | None
    counts: dict[str, int]


def loaded(area_id: UUID) -> tuple[Loaded, ...]:
    """Returns of an area, newest first."""
    fields = (
        "year",
        "census_on",
        "serial",
        "state",
        "persons_done",
        "persons_total",
        "finished_at",
        "counts",
    )
    rows = ReturnFile.objects.filter(area_id=area_id).order_by("-year", "-serial")
    return tuple(Loaded(*row) for row in rows.values_list(*fields))
