# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about children: who holds a record, and who else may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fingerpost.records.accounts.models import Organisation, Team, User
from fingerpost.records.foundation import journal
from fingerpost.records.people import access, sight
from fingerpost.records.people.models import Level, Person
from fingerpost.records.people.sight import Sight


@dataclass(frozen=True, slots=True)
class Holder:
    """The one that a reach is granted to: an organisation, a team or a user."""

    organisation: Organisation | None = None
    team: Team | None = None
    user: User | None = None


@transaction.atomic
def move_to_team(*, person: Person, team: Team, by: Sight, at: datetime, because: str) -> None:
    """Give the record to another team of the area. The database takes every row about the child along."""
    sight.require(by, access.ALLOCATE, area_id=person.area_id, team_id=person.team_id, person_id=person.pk)
    left = person.team_id
    journal.record(
        "person.moved-to-team",
        by=by.user_id,
        at=at,
        area_id=person.area_id,
        person_id=person.pk,
        subject=("person", person.pk),
        detail={"from": left, "to": team.pk, "because": because},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT fingerpost.move_to_team(%s, %s)", [person.pk, team.pk])
    person.team = team


@transaction.atomic
def grant_reach(
    *,
    person: Person,
    to: Holder,
    ground: str,
    because: str,
    from_on: date,
    by: Sight,
    at: datetime,
    until_on: date | None = None,
    level: str = Level.WHOLE,
) -> UUID:
    """Let somebody beyond the team see a child, with the ground and the reason on record."""
    made = _ask(
        "SELECT fingerpost.grant_reach(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            person.pk,
            to.organisation.pk if to.organisation else None,
            to.team.pk if to.team else None,
            to.user.pk if to.user else None,
            *(ground, level, from_on, until_on, because, at),
        ],
    )
    _note("reach.granted", person, made, by=by, at=at, detail={"ground": ground, "because": because})
    return made


@transaction.atomic
def end_reach(
    *, person: Person, reach_id: UUID, until_on: date, by: Sight, at: datetime, because: str
) -> None:
    """End a reach: `until_on` is the first day on which it no longer holds."""
    _ask("SELECT fingerpost.end_reach(%s, %s)", [reach_id, until_on])
    _note("reach.ended", person, reach_id, by=by, at=at, detail={"until_on": until_on, "because": because})


def _ask(statement: str, values: list[Any]) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return UUID(str(cursor.fetchone()[0]))


def _note(
    kind: str, person: Person, reach_id: UUID, *, by: Sight, at: datetime, detail: dict[str, object]
) -> None:
    journal.record(
        kind,
        by=by.user_id,
        at=at,
        area_id=person.area_id,
        person_id=person.pk,
        subject=("reach", reach_id),
        detail=detail,
    )
