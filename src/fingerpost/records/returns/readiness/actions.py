# SPDX-License-Identifier: AGPL-3.0-or-later
"""Could we hand this in today? One verb makes the return, checks it, and keeps what stands in the way."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.models import Finding, ReadinessRun
from fingerpost.records.returns.readiness import assessing
from fingerpost.records.returns.readiness.assessing import Assessed, Seen
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.records.returns.survey import Progress, quiet
from fingerpost.rules.returns import layout, rule_book
from fingerpost.rules.returns.rounds import without_rounds

BATCH = 2000
Key = tuple[UUID | None, UUID | None, str, str, int]


@transaction.atomic
def assess_readiness(
    *, area_id: UUID, year: int, on: date, by: Sight, at: datetime, progress: Progress = quiet
) -> ReadinessRun:
    """Check the record as it stands; a finding that is met again keeps its first day, one that is gone its last."""
    if not by.may(access.PREPARE) or area_id not in by.write_areas:
        raise PermissionDenied(f"{by.name} may not assess this area: {access.PREPARE} is needed.")
    _alone(area_id, year)
    _refuse_past(area_id, year, on)
    with without_rounds():
        found = assessing.assess(area_id=area_id, year=year, on=on, at=at, progress=progress)
    run = _run(found, area_id=area_id, year=year, on=on, by=by, at=at)
    _keep(run, found.seen)
    journal.record(
        "return.assessed",
        by=by.user_id,
        at=at,
        area_id=area_id,
        subject=("readiness-run", run.pk),
        origin=Origin.SYSTEM,
        detail={"year": year, "errors": run.errors, "queries": run.queries},
    )
    return run


def _alone(area_id: UUID, year: int) -> None:
    """One after the other: two at once would each add what both find."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [str(area_id), year])


def _refuse_past(area_id: UUID, year: int, on: date) -> None:
    newest = ReadinessRun.objects.filter(area_id=area_id, year=year).order_by("-on").first()
    if newest is not None and newest.on > on:
        raise NotPossible(
            f"the return of {year} was assessed on {newest.on} already; {on} lies before it. Give that day or later."
        )


def _run(found: Assessed, *, area_id: UUID, year: int, on: date, by: Sight, at: datetime) -> ReadinessRun:
    summary = found.summary
    return ReadinessRun.objects.create(
        area_id=area_id,
        year=year,
        census_on=layout.of(year).census_on,
        on=on,
        at=at,
        rule_book=rule_book.version(),
        persons=summary.records,
        errors=summary.errors,
        queries=summary.queries,
        counts={f"{rule} {level}": n for (rule, level), n in sorted(summary.counts.items())},
        by_id=by.user_id,
    )


# -- what was found -------------------------------------------------------------------------------------------------


def _keep(run: ReadinessRun, seen: Iterable[Seen]) -> None:
    standing = Finding.objects.filter(area_id=run.area_id, year=run.year, gone_on=None)
    held: dict[Key, Finding] = {_key(row): row for row in standing if isinstance(row, Finding)}
    now = {_key(one): one for one in seen}
    gone = [row.pk for key, row in held.items() if key not in now]
    standing.filter(pk__in=gone).update(gone_on=run.on)
    standing.update(last_seen_on=run.on)
    _renew({key: row for key, row in held.items() if key in now}, now)
    Finding.objects.bulk_create(
        [_new(run, one) for key, one in now.items() if key not in held], batch_size=BATCH
    )


def _key(one: Seen | Finding) -> Key:
    """What makes it the same finding tomorrow. One about the child as a whole is the same on any case."""
    whole = rule_book.rules()[one.rule].record in assessing.OF_A_PERSON
    return one.person_id, None if whole else one.case_id, one.rule, one.item, one.nth


def _renew(held: Mapping[Key, Finding], now: Mapping[Key, Seen]) -> None:
    """The same finding may be said otherwise today: another value, another level, a newer case."""
    changed = []
    for key, row in held.items():
        one = now[key]
        if (row.level, row.message, row.case_id) != (one.level, one.message, one.case_id):
            row.level, row.message, row.case_id = one.level, one.message, one.case_id
            changed.append(row)
    Finding.objects.bulk_update(changed, ["level", "message", "case"], batch_size=BATCH)


def _new(run: ReadinessRun, one: Seen) -> Finding:
    return Finding(
        area_id=run.area_id,
        team_id=one.team_id,
        person_id=one.person_id,
        case_id=one.case_id,
        year=run.year,
        rule=one.rule,
        level=one.level,
        item=one.item,
        nth=one.nth,
        message=one.message,
        first_seen_on=run.on,
        last_seen_on=run.on,
    )
