# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost demo build`: the made-up area, from its returns to its sign-ins, by the verbs everybody uses."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fingerpost.demo import allocation, area, cast, readiness, returns
from fingerpost.demo.area import MadeArea
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight, sight_of
from fingerpost.records.returns.loading import actions as imports
from fingerpost.records.returns.loading.children import PlaceOf
from fingerpost.records.returns.survey import Progress

YEARS = (2023, 2024, 2025)
BUILT = "demo.built"


def build(
    folder: Path, *, seed: int, scale: float, say: Callable[[str], None], progress: Callable[[int], Progress]
) -> bool:
    """Build what is missing; False when the area stood already. Safe to run again after any interruption."""
    at = timezone.make_aware(
        datetime.combine(settings.DEMO_ON, time.min)
    )  # before anything that a reader does
    if JournalEntry.objects.filter(kind=BUILT).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    returns.write_returns(folder, seed=seed, scale=scale, progress=say)
    made = area.find() or _open(folder, at)
    with transaction.atomic():
        place_of = allocation.place_of(made, folder / "caseload.csv", at=at)
    for year in YEARS:
        _import(folder / f"sen2-{year}.xml", made, place_of, at, progress(year))
    say("looking whether the next return is ready")
    _finish(made, seed, at)
    return True


@transaction.atomic
def _open(folder: Path, at: datetime) -> MadeArea:
    made = area.open_area(at=at)
    accounts.service_user(
        name=made.builder.name, area=made.area, role="data-officer", from_on=area.OPENED_ON, at=at
    )
    area.load_establishments(made, folder / "establishments.csv", at=at)
    return made


def _import(file: Path, made: MadeArea, place_of: PlaceOf, at: datetime, progress: Progress) -> None:
    imports.import_return(file, by=_builder(made, at), at=at, place_of=place_of, progress=progress)


def _builder(made: MadeArea, at: datetime) -> Sight:
    with actor.acting(made.builder.pk):
        return sight_of(made.builder, on=at.date())


@transaction.atomic
def _finish(made: MadeArea, seed: int, at: datetime) -> None:
    cast.enrol(made, at=at)
    readiness.tell(made, seed=seed, at=at)
    journal.record(BUILT, by=made.builder.pk, at=at, area_id=made.area.pk, subject=("area", made.area.pk))
