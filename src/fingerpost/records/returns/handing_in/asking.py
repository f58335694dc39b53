# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks a worker to make a return, which takes too long for a page: what was answered, and what came of it, are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fingerpost.records.foundation import journal
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.handing_in import preparing
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.records.returns.handing_in.preparing import Making
from fingerpost.records.returns.models import PreparationAsked, PreparationEnded, PreparedReturn
from fingerpost.records.returns.refusals import NotPossible


@dataclass(frozen=True, slots=True)
class Answers:
    """What a return needs to be told. `because`: why it is sent again; None for a draft."""

    officers: Officers
    spelling: str
    because: str | None = None


@transaction.atomic
def ask_for_return(
    *, area_id: UUID, year: int, on: date, answers: Answers, by: Sight, at: datetime
) -> PreparationAsked:
    """Keep what is asked for; raises `NotPossible` for what is bound to be refused."""
    making = Making(year, on, answers.officers, answers.spelling)
    preparing.check_possible(area_id=area_id, making=making, because=answers.because, by=by)
    officers = answers.officers
    asked = PreparationAsked.objects.create(
        area_id=area_id,
        year=year,
        dmo=officers.dmo or "",
        dco=officers.dco or "",
        dsco=officers.dsco or "",
        spelling=answers.spelling,
        because=(answers.because or "").strip(),
        by_id=by.user_id,
        at=at,
    )
    journal.record("return.asked", by=by.user_id, at=at, area_id=area_id, subject=("return-asked", asked.pk))
    return asked


@transaction.atomic
def make_what_was_asked(*, area_id: UUID, year: int, on: date, by: Sight, at: datetime) -> str:
    """Make the return that this reader asked for last. Says why not, if it could not be made; that is kept too.

    A worker that is killed leaves nothing behind, so the next one finds it waiting still. What was asked for before
    it, and lost, is never made: its answers are no longer what was meant.
    """
    by_reader = PreparationAsked.objects.filter(area_id=area_id, year=year, by_id=by.user_id)
    asked = by_reader.select_related("ended").order_by("-at").first()
    if asked is None or hasattr(asked, "ended"):
        return ""
    try:
        with transaction.atomic():
            prepared = _made(asked, on=on, by=by, at=at)
    except (NotPossible, PermissionDenied) as problem:
        _end(asked, at, why=str(problem))
        return str(problem)
    _end(asked, at, prepared=prepared)
    return ""


def _made(asked: PreparationAsked, *, on: date, by: Sight, at: datetime) -> PreparedReturn:
    officers = Officers(asked.dmo or None, asked.dco or None, asked.dsco or None)
    making = Making(asked.year, on, officers, asked.spelling)
    if asked.because:
        return preparing.resubmit_return(
            area_id=asked.area_id, making=making, because=asked.because, by=by, at=at
        )
    return preparing.prepare_return(area_id=asked.area_id, making=making, by=by, at=at)


def _end(
    asked: PreparationAsked, at: datetime, *, prepared: PreparedReturn | None = None, why: str = ""
) -> None:
    PreparationEnded.objects.create(asked=asked, area_id=asked.area_id, prepared=prepared, why=why, at=at)
