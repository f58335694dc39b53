# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every verb about a case is made of: the case held fast, facts added or superseded, the journal entry."""

from datetime import date, datetime
from typing import cast

from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people import sight
from fingerpost.records.people.sight import Sight


def locked(case: Case, permission: str, by: Sight) -> Case:
    """The case as it is now, held until the transaction ends; refused unless the user may."""
    sight.require(by, permission, area_id=case.area_id, team_id=case.team_id, person_id=case.person_id)
    return cast(Case, Case.objects.visible_to(by).select_for_update().get(pk=case.pk))


def entered(
    case: Case, name: str, by: Sight, at: datetime, *, on: date | None = None, value: object = None
) -> Fact:
    return Fact(
        area_id=case.area_id,
        team_id=case.team_id,
        person_id=case.person_id,
        case=case,
        name=name,
        on=on,
        value=value,
        origin=Origin.ENTERED,
        by_id=by.user_id,
        at=at,
    )


def supersede(
    fact: Fact,
    case: Case,
    reason: str,
    by: Sight,
    at: datetime,
    *,
    on: date | None = None,
    value: object = None,
    retracts: bool = False,
) -> Fact:
    return Fact.objects.create(
        area_id=case.area_id,
        team_id=case.team_id,
        person_id=case.person_id,
        case=case,
        name=fact.name,
        on=on,
        value=value,
        of=fact.of,
        origin=Origin.CORRECTED,
        certainty="settled",
        reason=reason.strip(),
        supersedes=fact,
        retracts=retracts,
        by_id=by.user_id,
        at=at,
    )


def note(kind: str, case: Case, by: Sight, at: datetime, detail: dict[str, object]) -> None:
    journal.record(
        kind,
        by=by.user_id,
        at=at,
        area_id=case.area_id,
        person_id=case.person_id,
        subject=("case", case.pk),
        origin=Origin.CORRECTED if kind.startswith("fact.") else Origin.ENTERED,
        detail=detail,
    )
