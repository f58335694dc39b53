# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a return is loaded once it is known to be whole: batch by batch, each in a transaction of its own."""

from collections import Counter
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction

from fingerpost.records.accounts.models import Organisation, Team
from fingerpost.records.cases.incoming import Source
from fingerpost.records.foundation import copying, journal
from fingerpost.records.foundation.copying import plain
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.loading import absences, batches
from fingerpost.records.returns.loading.children import PlaceOf, Placing
from fingerpost.records.returns.loading.job import Job, One
from fingerpost.records.returns.models import FileState, ReturnFile
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.records.returns.survey import Progress, Survey
from fingerpost.rules.returns import doubts, reader


def job(found: Survey, file: ReturnFile, by: Sight, at: datetime, place_of: PlaceOf | None) -> Job:
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
        together=doubts.Together(file.census_on),
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


def load(path: Path, file: ReturnFile, job: Job, *, progress: Progress, size: int) -> None:
    with path.open("rb") as stream:
        _, records = reader.read(stream)
        for skipped in islice(records, file.persons_done):
            job.together.add(skipped)
        for batch in batches.batches(records, job, size=size):
            _load_batch(batch, file, job)
            progress("loading", file.persons_done, file.persons_total)
    _finish(file, job)


@transaction.atomic
def _load_batch(batch: list[One], file: ReturnFile, job: Job) -> None:
    """Everything about these children, how far the file has got, and the journal: all of it, or none."""
    actor.assume(job.by)
    # The checks of foreign keys would keep the plans they made when the tables were empty, and crawl by them.
    copying.tell("DISCARD PLANS", [])
    counts = batches.load(batch, job)
    done = file.persons_done + len(batch)
    summed = dict(Counter(file.counts) + counts)
    ReturnFile.objects.filter(pk=file.pk).update(persons_done=done, counts=summed)
    note("return.batch-loaded", file, job.by, job.at, {"persons": done, **counts})
    file.persons_done, file.counts = done, summed


@transaction.atomic
def _finish(file: ReturnFile, job: Job) -> None:
    actor.assume(job.by)
    file.counts = dict(Counter(file.counts) + absences.hold(file, job))
    file.state, file.finished_at = FileState.DONE, job.at
    file.save(update_fields=["counts", "state", "finished_at"])
    note("return.loaded", file, job.by, job.at, file.counts)


def note(kind: str, file: ReturnFile, by: UUID, at: datetime, detail: dict[str, object]) -> None:
    journal.record(
        kind,
        by=by,
        at=at,
        area_id=file.area_id,
        subject=("return", file.pk),
        origin=Origin.IMPORTED,
        detail=detail,
    )
