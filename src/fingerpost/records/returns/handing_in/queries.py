# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which returns were made here, and which are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.models import PreparationAsked, PreparedFile, PreparedReturn

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


ANSWERS = ("dmo", "dco", "dsco", "spelling", "because")


@dataclass(frozen=True, slots=True)
class Asked:
    """A return that somebody asked a worker to make, and what came of it: neither is known while it waits."""

    at: datetime
    by: str
    answers: dict[str, str]
    prepared_id: UUID | None
    refused: str

    @property
    def waits(self) -> bool:
        return self.prepared_id is None and not self.refused


def asked(area_id: UUID, year: int, sight: Sight) -> Asked | None:
    """The newest that was asked for. One query."""
    rows = PreparationAsked.objects.filter(area_id=area_id, year=year, area_id__in=sight.areas)
    row = rows.select_related("by", "ended").order_by("-at").first()
    if row is None:
        return None
    ended = getattr(row, "ended", None)
    answers = {name: getattr(row, name) for name in ANSWERS}
    return Asked(row.at, row.by.name, answers, ended and ended.prepared_id, ended.why if ended else "")
