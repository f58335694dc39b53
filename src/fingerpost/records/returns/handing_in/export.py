# SPDX-License-Identifier: AGPL-3.0-or-later
"""A return made from the record, one child at a time, in the shape of its year; memory does not grow with the area.

Call these inside a transaction, as somebody who works for the whole area (or as the loader): what the policies hide
would be missing from the return without a word. Nothing is streamed to anybody: the bytes go into `out`.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from typing import IO
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from fingerpost.records.foundation.models import Area
from fingerpost.records.returns.handing_in import assembling, gathering
from fingerpost.records.returns.handing_in.assembling import Assembled, Scope
from fingerpost.records.returns.models import FileState, HeldItem, ReturnFile
from fingerpost.rules.returns import layout as layouts
from fingerpost.rules.returns import writer
from fingerpost.rules.returns.records import Header, PersonRecord

BATCH = 500
SPELLING = "SENSetting"  # what COLLECT is believed to take: sheet SEN2, section 3
SOFTWARE = "Fingerpost"
MADE_UP = "Fingerpost made-up children"
Watch = Callable[[Assembled], None]


@dataclass(frozen=True, slots=True)
class Officers:
    """Are the designated officers in post? Y, N or R, as the header says it."""

    dmo: str | None = None
    dco: str | None = None
    dsco: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What came out."""

    fingerprint: str
    bytes: int
    persons: int


def unwatched(_one: Assembled) -> None:
    """For callers who need not know who is who."""


def assemble(*, area_id: UUID, year: int, on: date, size: int = BATCH) -> Iterator[Assembled]:
    """Everybody the return of that year has a place for, as known on a day and never later than census day."""
    held = gathering.files(area_id, year)
    layout = layouts.of(year)
    scope = Scope(layout, min(on, layout.census_on), held.is_newest, _doubted(area_id, held))
    for place, one in enumerate(_everybody(area_id, held, scope, size), start=1):
        yield replace(one, record=replace(one.record, ordinal=place))


def _everybody(area_id: UUID, held: gathering.Files, scope: Scope, size: int) -> Iterator[Assembled]:
    for children in gathering.people(area_id, size=size):
        for one in gathering.gather(children, held, scope.layout.census_on):
            yield from assembling.of_child(one, scope)
    for team_id, source in gathering.set_aside(area_id, held):
        yield assembling.of_nobody(team_id, source)


def _doubted(area_id: UUID, held: gathering.Files) -> frozenset[UUID]:
    """Children of whom a file of this year says something else than the record, not yet decided."""
    asked = HeldItem.objects.filter(
        area_id=area_id, pattern="number-twice", state="open", file_id__in=held.this
    )
    return frozenset(asked.values_list("person_id", flat=True))


def officers_known(area_id: UUID, year: int) -> Officers | None:
    """What the newest return up to this year said of the officers in post; None when none was loaded."""
    files = ReturnFile.objects.filter(area_id=area_id, year__lte=year, state=FileState.DONE)
    said = files.order_by("-year", "-serial").values_list("header", flat=True).first()
    return Officers(said.get("dmo"), said.get("dco"), said.get("dsco")) if said else None


def write(
    out: IO[bytes],
    *,
    area_id: UUID,
    year: int,
    on: date,
    serial: str,
    at: datetime,
    officers: Officers,
    spelling: str = SPELLING,
    watch: Watch = unwatched,
) -> Written:
    """Write the whole return; `watch` sees each person as they go by."""
    counting = _Counting(out)
    header = _header(area_id, year, serial, at, officers)
    persons = (_seen(one, watch) for one in assemble(area_id=area_id, year=year, on=on))
    count = writer.write(counting, header, persons, setting_spelling=spelling)
    return Written(counting.digest.hexdigest(), counting.size, count)


def _seen(one: Assembled, watch: Watch) -> PersonRecord:
    watch(one)
    return one.record


def _header(area_id: UUID, year: int, serial: str, at: datetime, officers: Officers) -> Header:
    layout = layouts.of(year)
    has_dsco = "DSCO" in layout.records["Source"]
    return Header(
        collection="SEN2",
        year=year,
        census_on=layout.census_on,
        la=Area.objects.values_list("la_number", flat=True).get(pk=area_id),
        serial=serial,
        made_at=timezone.localtime(at).replace(tzinfo=None),
        software=MADE_UP if settings.DEMO else SOFTWARE,
        release=version("fingerpost"),
        dmo=officers.dmo,
        dco=officers.dco,
        dsco=officers.dsco if has_dsco else None,
    )


class _Counting:
    """Writes on, and takes the fingerprint on the way."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, part: bytes) -> int:
        self.digest.update(part)
        self.size += len(part)
        return self.out.write(part)
