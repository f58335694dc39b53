# SPDX-License-Identifier: AGPL-3.0-or-later
"""The verb that loads a return: validated whole first, then batch by batch, each in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied

from fingerpost.records.foundation import copying
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.loading import batches
from fingerpost.records.returns.loading.children import PlaceOf
from fingerpost.records.returns.loading.importing import job, load, note
from fingerpost.records.returns.models import FileState, ReturnFile
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.records.returns.survey import Progress, Survey, quiet, survey
from fingerpost.rules.returns.records import Header


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
            load(path, file, job(found, file, by, at, place_of), progress=progress, size=size)
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
        note("return.started", file, by.user_id, at, {"fingerprint": found.fingerprint})
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
