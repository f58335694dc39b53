# SPDX-License-Identifier: AGPL-3.0-or-later
"""What returns left to decide, which returns were loaded, and which were made here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.models import HeldItem, PreparedFile, PreparedReturn, ReturnFile


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


DRAFT, SIGNED, REPLACED = "draft", "signed", "replaced"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One return made here, how it was checked, and who answers for it."""

    id: UUID
    year: int
    serial: str
    spelling: str
    census_on: date
    as_at_on: date
    fingerprint: str
    bytes: int
    persons: int
    errors: int
    queries: int
    broken: tuple[tuple[str, str, int], ...]  # rule, level, how often
    rule_book: str
    made_at: datetime
    made_by: str
    because: str
    is_newest: bool
    has_file: bool
    standing: (
        str  # draft; signed; replaced: by a newer draft if it was one, by a newer signed one if it was signed
    )
    signed_at: datetime | None
    signed_by: str | None
    reason: str


def prepared(area_id: UUID, sight: Sight) -> tuple[Prepared, ...]:
    """Returns of an area made here, newest first. The files themselves stay where they are. Two queries."""
    return _prepared(PreparedReturn.objects.filter(area_id=area_id), sight)


def _prepared(rows: QuerySet[PreparedReturn], sight: Sight) -> tuple[Prepared, ...]:
    held = list(rows.filter(area_id__in=sight.areas).select_related("by", "sign_off__by", "newer"))
    with_file = set(PreparedFile.objects.filter(prepared__in=held).values_list("prepared_id", flat=True))
    found: list[Prepared] = []
    signed: set[int] = set()
    for row in _newest_first(held):
        found.append(_made(row, has_file=row.pk in with_file, newer_signed=row.year in signed))
        if hasattr(row, "sign_off"):
            signed.add(row.year)
    return tuple(found)


def _newest_first(held: list[PreparedReturn]) -> Iterator[PreparedReturn]:
    """Each year's from the one that nothing supersedes down to the first."""
    by_id = {row.pk: row for row in held}
    for newest in sorted((row for row in held if not hasattr(row, "newer")), key=lambda row: -row.year):
        row: PreparedReturn | None = newest
        while row is not None:
            yield row
            row = by_id.get(row.supersedes_id) if row.supersedes_id else None


def _made(row: PreparedReturn, *, has_file: bool, newer_signed: bool) -> Prepared:
    sign_off, is_newest = getattr(row, "sign_off", None), not hasattr(row, "newer")
    stands = not newer_signed if sign_off else is_newest
    return Prepared(
        id=row.pk,
        year=row.year,
        serial=row.serial,
        spelling=row.spelling,
        census_on=row.census_on,
        as_at_on=row.as_at_on,
        fingerprint=row.fingerprint,
        bytes=row.bytes,
        persons=row.persons,
        errors=row.errors,
        queries=row.queries,
        broken=tuple((*key.split(), n) for key, n in row.broken.items()),
        rule_book=row.rule_book,
        made_at=row.made_at,
        made_by=row.by.name,
        because=row.because,
        is_newest=is_newest,
        has_file=has_file,
        standing=REPLACED if not stands else SIGNED if sign_off else DRAFT,
        signed_at=sign_off.at if sign_off else None,
        signed_by=sign_off.by.name if sign_off else None,
        reason=sign_off.reason if sign_off else "",
    )
