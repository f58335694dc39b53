# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost demo build`: the made-up area, from its returns to its sign-ins, by the verbs everybody uses."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

from django.conf import settings
from django.db import transaction

from fingerpost.demo import area, cast, returns
from fingerpost.demo.area import MadeArea
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.foundation.models import JournalEntry

YEARS = (2023, 2024, 2025)
BUILT = "demo.built"


def build(folder: Path, *, seed: int, scale: float, say: Callable[[str], None]) -> bool:
    """Build what is missing and say so; False when the area stood already. Safe to run again after any interruption."""
    at = datetime.combine(settings.DEMO_ON, time(8), tzinfo=UTC)
    if JournalEntry.objects.filter(kind=BUILT).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    returns.write_returns(folder, seed=seed, scale=scale, progress=say)
    made = area.find() or _open(folder, at)
    for year in YEARS:
        _import(folder, year, made, at, say)
    _finish(made, at)
    return True


@transaction.atomic
def _open(folder: Path, at: datetime) -> MadeArea:
    made = area.open_area(at=at)
    accounts.service_user(name=made.builder.name, area=made.area, role="data-officer", from_on=area.OPENED_ON)
    area.load_establishments(made, folder / "establishments.csv", at=at)
    return made


def _import(folder: Path, year: int, made: MadeArea, at: datetime, say: Callable[[str], None]) -> None:
    raise NotImplementedError  # joined when the importer's verbs stand


@transaction.atomic
def _finish(made: MadeArea, at: datetime) -> None:
    from fingerpost.records.foundation import journal

    cast.enrol(made, at=at)
    journal.record(BUILT, by=made.builder.pk, at=at, area_id=made.area.pk, subject=("area", made.area.pk))
