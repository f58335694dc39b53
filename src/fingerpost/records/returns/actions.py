# SPDX-License-Identifier: AGPL-3.0-or-later
"""The verb that loads a return: validated whole first, then batch by batch, each in a transaction of its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fingerpost.records.accounts.models import Organisation, Team
from fingerpost.records.cases import copying
from fingerpost.records.cases.loading import Source, plain
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Area, Origin
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import absences, access, batches
from fingerpost.records.returns.batches import Job
from fingerpost.records.returns.children import PlaceOf, Placing
from fingerpost.records.returns.models import FileState, ReturnFile
from fingerpost.records.returns.survey import Progress, Survey, quiet, survey
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import Header


class NotPossible(Exception):
    """The return can be read, but cannot be loaded here; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `already`: the same file was loaded before, so nothing was done."""

    area: str
    year: int
    serial: str
    fingerprint: str
    persons: int
    already: bool
    resumed_at: int
    counts: dict[str, int]


def import_return(
    path: Path,
    *,
    by: Sight,
    at: datetime,
    place_of: PlaceOf | None = None,
    progress: Progress = quiet,
    size: int = batches.BATCH,
    found: Survey | None = None,
) -> Imported:
    """Load a file. The same file twice does nothing; one that was interrupted goes on where it stopped.

    `found` is the survey of this file, if the caller has made it already.
    """
    found = found or survey(path, progress=progress)
    area = _area(found, by)
    with _alone(area):
        file = _open(found, area, by, at)
        start = file.persons_done
        if file.state == FileState.IMPORTING:
            _load(path, file, _job(found, file, by, at, place_of), progress=progress, size=size)
    already = start == found.persons
    return Imported(
        area=area.la_number,
        year=file.year,
        serial=file.serial,
        fingerprint=file.fingerprint,
        persons=found.persons,
        already=already,
        resumed_at=0 if already else start,
        counts=dict(file.counts),
    )


# -- before anything is written -------------------------------------------------------------------------------------


def _area(found: Survey, by: Sight) -> Area:
    area = Area.objects.filter(la_number=found.header.la).first()
    if area is None:
        raise NotPossible(
            f"the return is of authority {found.header.la}, which this record does not hold. "
            "Check that it is the right file, or open the area first."
        )
    if not by.may(access.IMPORT) or area.pk not in by.write_areas:
        raise PermissionDenied(f"{by.name} may not load a return of this area: {access.IMPORT} is needed.")
    return area


@contextmanager
def _alone(area: Area) -> Iterator[None]:
    """One import of an area at a time, whichever machine it runs on."""
    key = int.from_bytes(area.pk.bytes[:7], "big")
    if not copying.ask("SELECT pg_try_advisory_lock(%s)", [key])[0][0]:
        raise NotPossible("another import of this area is running. Wait until it has finished.")
    try:
        yield
    finally:
        copying.ask("SELECT pg_advisory_unlock(%s)", [key])


def _open(found: Survey, area: Area, by: Sight, at: datetime) -> ReturnFile:
    """The file's own row: the one of an earlier try, or a new one."""
    known = ReturnFile.objects.filter(area=area, fingerprint=found.fingerprint).first()
    if known is not None:
        return known
    _refuse_older(found, area)
    header = found.header
    with actor.acting(by.user_id):
        file = ReturnFile.objects.create(
            area=area,
            collection=header.collection,
            year=header.year,
            census_on=header.census_on,
            serial=header.serial,
            made_at=None,
            fingerprint=found.fingerprint,
            bytes=found.bytes,
            persons_total=found.persons,
            started_at=at,
            by_id=by.user_id,
            header=_said(header),
        )
        _note("return.started", file, by.user_id, at, {"fingerprint": found.fingerprint})
    return file


def _said(header: Header) -> dict[str, str]:
    """What the header says beyond the columns of a file: the officers in post, and what made it."""
    made = header.made_at.isoformat() if header.made_at else None
    held = {"dmo": header.dmo, "dco": header.dco, "dsco": header.dsco, "made_at": made}
    held |= {"software": header.software, "release": header.release}
    return {name: value for name, value in held.items() if value}


def _refuse_older(found: Survey, area: Area) -> None:
    half = ReturnFile.objects.filter(area=area, state=FileState.IMPORTING).first()
    if half is not None:
        raise NotPossible(
            f"the return of {half.year} (serial {half.serial}) is half loaded. Import that same file again: "
            "it goes on where it stopped. Then import this one."
        )
    same = ReturnFile.objects.filter(area=area, year=found.header.year).order_by("-serial").first()
    if same is not None and same.serial >= found.header.serial:
        raise NotPossible(
            f"the return of {same.year} with serial {same.serial} is loaded already, and this other file has serial "
            f"{found.header.serial}. A resubmission must have a higher SerialNo."
        )


# -- batch by batch -------------------------------------------------------------------------------------------------


def _job(found: Survey, file: ReturnFile, by: Sight, at: datetime, place_of: PlaceOf | None) -> Job:
    others = ReturnFile.objects.filter(area_id=file.area_id, state=FileState.DONE).exclude(pk=file.pk)
    before = others.filter(year__lt=file.year).order_by("-year").first()
    again = others.filter(year=file.year).exists()
    return Job(
        area_id=file.area_id,
        file_id=file.pk,
        by=by.user_id,
        at=at,
        header=found.header,
        source=Source(file.fingerprint, file.census_on, again),
        newest=not others.filter(year__gt=file.year).exists(),
        earlier_census_on=before.census_on if before else None,
        place_of=place_of or _front_door(file.area_id),
        schools=_schools(file.area_id),
        used=_used(file),
    )


def _front_door(area_id: UUID) -> PlaceOf:
    """Without a caseload list, every new child waits with the area's front door team."""
    team = Team.objects.filter(area_id=area_id, is_front_door=True).first()
    if team is None:
        raise NotPossible("the area has no front door team to hold new children. Open one first.")
    placing = Placing(team.pk)
    return lambda record: placing


def _schools(area_id: UUID) -> dict[str, str]:
    rows = Organisation.objects.filter(area_id=area_id).values_list("pk", "urn", "ukprn")
    return {number: pk.hex for pk, urn, ukprn in rows for number in (urn, ukprn) if number}


def _used(file: ReturnFile) -> set[str]:
    if not file.persons_done:
        return set()
    rows = copying.ask(
        "SELECT DISTINCT person_id::text FROM returns_sourcerecord"
        " WHERE file_id = %s AND person_id IS NOT NULL",
        [file.pk],
    )
    return {plain(person_id) for (person_id,) in rows}


def _load(path: Path, file: ReturnFile, job: Job, *, progress: Progress, size: int) -> None:
    with path.open("rb") as stream:
        _, records = reader.read(stream)
        for skipped in islice(records, file.persons_done):
            job.together.add(skipped)
        for batch in batches.batches(records, job, size=size):
            _load_batch(batch, file, job)
            progress("loading", file.persons_done, file.persons_total)
    _finish(file, job)


@transaction.atomic
def _load_batch(batch: list[batches.One], file: ReturnFile, job: Job) -> None:
    """Everything about these children, how far the file has got, and the journal: all of it, or none."""
    actor.assume(job.by)
    # The checks of foreign keys would keep the plans they made when the tables were empty, and crawl by them.
    copying.tell("DISCARD PLANS", [])
    counts = batches.load(batch, job)
    done = file.persons_done + len(batch)
    summed = dict(Counter(file.counts) + counts)
    ReturnFile.objects.filter(pk=file.pk).update(persons_done=done, counts=summed)
    _note("return.batch-loaded", file, job.by, job.at, {"persons": done, **counts})
    file.persons_done, file.counts = done, summed


@transaction.atomic
def _finish(file: ReturnFile, job: Job) -> None:
    actor.assume(job.by)
    file.counts = dict(Counter(file.counts) + absences.hold(file, job))
    file.state, file.finished_at = FileState.DONE, job.at
    file.save(update_fields=["counts", "state", "finished_at"])
    _note("return.loaded", file, job.by, job.at, file.counts)


def _note(kind: str, file: ReturnFile, by: UUID, at: datetime, detail: dict[str, object]) -> None:
    journal.record(
        kind,
        by=by,
        at=at,
        area_id=file.area_id,
        subject=("return", file.pk),
        origin=Origin.IMPORTED,
        detail=detail,
    )
