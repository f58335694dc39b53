# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about one case: decide whether to assess, correct or take back a fact, allocate an officer."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fingerpost.records.accounts.models import User
from fingerpost.records.cases import access, following, keeping, refusals, values
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.cases.writing import entered, locked, note, supersede
from fingerpost.records.people.sight import Sight


@transaction.atomic
def decide_to_assess(*, case: Case, decision: str, notified_on: date, by: Sight, at: datetime) -> None:
    """Record whether the authority will assess, and the day the family was told."""
    case = locked(case, access.DECIDE, by)
    standing = keeping.standing_facts(case)
    refusals.check_decision(standing, decision, notified_on, at)
    told = entered(case, "decision_notified", by, at, on=notified_on)
    decided = entered(case, "assessment_decision", by, at, value=decision)
    Fact.objects.bulk_create([told, decided])
    keeping.recompute(case=case, at=at)
    note("decision.recorded", case, by, at, {"decision": decision, "notified_on": notified_on})


@transaction.atomic
def correct_fact(
    *, fact: Fact, reason: str, by: Sight, at: datetime, on: date | None = None, value: object = None
) -> Fact:
    """Put a fact right: the new one supersedes it, the old one stays to be seen."""
    case = locked(fact.case, access.CORRECT, by)
    refusals.check_stands(fact, reason)
    on, value = values.right(fact, on, value)
    refusals.check_correction(fact, on, value, at)
    newer = supersede(fact, case, reason, by, at, on=on, value=value)
    following.follow(newer, case, by)
    keeping.recompute(case=case, at=at)
    note("fact.corrected", case, by, at, {"fact": fact.pk, "newer": newer.pk, "reason": reason})
    return newer


@transaction.atomic
def retract_fact(*, fact: Fact, reason: str, by: Sight, at: datetime) -> Fact:
    """Take a fact back: there was no such happening. Both facts of a decision go together."""
    case = locked(fact.case, access.CORRECT, by)
    refusals.check_stands(fact, reason)
    twins = following.twins(fact, keeping.standing_facts(case))
    newer, *_ = [supersede(one, case, reason, by, at, retracts=True) for one in (fact, *twins)]
    following.follow(newer, case, by)
    keeping.recompute(case=case, at=at)
    said = {"fact": fact.pk, "newer": newer.pk, "reason": reason, "with": [one.pk for one in twins]}
    note("fact.retracted", case, by, at, said)
    return newer


@transaction.atomic
def allocate(*, case: Case, officer: User | None, by: Sight, at: datetime) -> None:
    """Give a case to an officer of the team that holds it, or take it off everybody's list."""
    case = locked(case, access.ALLOCATE, by)
    if officer is not None and not _works_in(officer, case.team_id, at.date()):
        raise NotPossible(f"{officer.name} does not work in the team that holds this record.", "officer")
    left, case.officer = case.officer_id, officer
    case.save(update_fields=["officer"])
    note("case.allocated", case, by, at, {"from": left, "to": officer and officer.pk})


def _works_in(officer: User, team_id: UUID, on: date) -> bool:
    # Only the end is compared: the frozen day of a made-up area lies before its officers began.
    held = officer.memberships.filter(Q(until_on=None) | Q(until_on__gt=on), team_id=team_id)
    return officer.is_active and held.filter(role__may_write=True).exists()
