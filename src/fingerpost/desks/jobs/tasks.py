# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the worker can do. Each job carries the user in whose name it works; the clock asks for the nightly ones."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import PermissionDenied
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fingerpost.desks.doors import day, errands
from fingerpost.records.accounts.models import User
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight, sight_of
from fingerpost.records.returns.handing_in.asking import make_what_was_asked
from fingerpost.records.returns.readiness import nightly
from fingerpost.records.returns.readiness.actions import assess_readiness
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.rules.returns import seasons

LOG = logging.getLogger("fingerpost.jobs")
AWAY = RetryStrategy(max_attempts=5, wait=30)  # the database may come back
PATIENCE = 30.0  # seconds without a heartbeat after which a worker counts as gone


@app.task(name="assess-readiness", retry=AWAY)
def assess(*, by: str, about: list[str]) -> None:
    """Could the return of an area be handed in today?"""
    la, year = about
    area = Area.objects.get(la_number=la)
    try:
        with _in_the_name_of(by) as sight:
            assess_readiness(area_id=area.pk, year=int(year), on=day.today(), by=sight, at=day.now())
    except (NotPossible, PermissionDenied) as problem:
        LOG.error("the return of %s of area %s was not assessed: %s", year, la, problem)


@app.task(name="prepare-return", retry=AWAY)
def prepare(*, by: str, about: list[str]) -> None:
    """Make the return that somebody has asked for; what stands in the way is told on the page of returns."""
    la, year = about
    area = Area.objects.get(la_number=la)
    with _in_the_name_of(by) as sight:
        why = make_what_was_asked(area_id=area.pk, year=int(year), on=day.today(), by=sight, at=day.now())
    if why:
        LOG.warning("the return of %s of area %s was not made: %s", year, la, why)


@contextmanager
def _in_the_name_of(user_id: str) -> Iterator[Sight]:
    user = User.objects.get(pk=UUID(user_id), is_active=True)
    with actor.acting(user.pk):
        yield sight_of(user, on=day.memberships_on())


@app.periodic(cron="0 2 * * *")
@app.task(name="nightly-readiness", queueing_lock="nightly-readiness")
def nightly_readiness(timestamp: int) -> None:
    """Every area, every night, in the name of its service user."""
    year = seasons.year_at(day.today())
    for area in Area.objects.order_by("la_number"):
        by = nightly.actor_of(area, on=day.memberships_on(), at=day.now())
        errands.ask(errands.assessment(area.la_number, year), by=by.user_id)


@app.periodic(cron="* * * * *")
@app.task(name="heal", queueing_lock="heal", pass_context=False)
async def heal(timestamp: int) -> None:
    """Whatever a killed worker held is put back into the queue."""
    await put_back(PATIENCE)


async def put_back(patience: float) -> int:
    """How many jobs were in the hands of workers that have not been heard of for so long."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=patience))
    for job in stalled:
        await app.job_manager.retry_job(job)
        LOG.warning("job %s (%s) lost its worker and begins again", job.id, job.task_name)
    return len(stalled)
