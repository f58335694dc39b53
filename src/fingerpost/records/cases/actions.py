# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about one case: decide whether to assess, correct or take back a fact, allocate an officer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fingerpost.records.accounts.models import User
from fingerpost.records.cases import access, keeping
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people import sight
from fingerpost.records.people.sight import Sight

ASSESS, REFUSE = "assess", "refuse"


class NotPossible(Exception):
    """What was asked does not fit the record. The message is for the person at the form; `field` is where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class AlreadyDecided(NotPossible):
    """The decision whether to assess is on record; correct it instead."""


class AlreadyCorrected(NotPossible):
    """Somebody has superseded this fact already; correct the newer one."""


# -- decide ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_to_assess(*, case: Case, decision: str, notified_on: date, by: Sight, at: datetime) -> None:
    """Record whether the authority will assess, and the day the family was told."""
    case = _locked(case, access.DECIDE, by)
    standing = keeping.standing_facts(case)
    _check_decision(case, standing, decision, notified_on, at)
    told = _entered(case, "decision_notified", by, at, on=notified_on)
    decided = _entered(case, "assessment_decision", by, at, value=decision)
    Fact.objects.bulk_create([told, decided])
    keeping.recompute(case=case, at=at)
    _note("decision.recorded", case, by, at, {"decision": decision, "notified_on": notified_on})


def _check_decision(
    case: Case, standing: Sequence[Fact], decision: str, notified_on: date, at: datetime
) -> None:
    if decision not in (ASSESS, REFUSE):
        raise NotPossible("Choose whether there will be an assessment.", "decision")
    if any(fact.name in ("decision_notified", "assessment_decision") for fact in standing):
        raise AlreadyDecided("The decision is on record already. If it is wrong, correct the fact.")
    ended = [fact.name for fact in standing if fact.name in ("request_withdrawn", "moved_to_la")]
    if ended:
        raise NotPossible("The request was withdrawn or the child has moved, so there is nothing to decide.")
    received = max((f.on for f in standing if f.name == "request_received" and f.on), default=None)
    if received is not None and notified_on < received:
        raise NotPossible(
            f"The family cannot have been told before the request came in ({received:%-d %B %Y}).",
            "notified_on",
        )
    _check_not_ahead(notified_on, at, "notified_on")


def _check_not_ahead(on: date, at: datetime, field: str) -> None:
    if on > at.date():
        raise NotPossible("The day lies in the future: record it once it has happened.", field)


def _entered(
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


# -- correct --------------------------------------------------------------------------------------------------------


@transaction.atomic
def correct_fact(
    *, fact: Fact, reason: str, by: Sight, at: datetime, on: date | None = None, value: object = None
) -> Fact:
    """Put a fact right: the new one supersedes it, the old one stays to be seen."""
    case = _locked(fact.case, access.CORRECT, by)
    _check_correction(fact, on, value, reason, at)
    newer = _supersede(fact, case, reason, by, at, on=on, value=value)
    if fact.name == "request_received":
        _move_request(case, on)
    keeping.recompute(case=case, at=at)
    _note("fact.corrected", case, by, at, {"fact": fact.pk, "newer": newer.pk, "reason": reason})
    return newer


@transaction.atomic
def retract_fact(*, fact: Fact, reason: str, by: Sight, at: datetime) -> Fact:
    """Take a fact back: there was no such happening."""
    case = _locked(fact.case, access.CORRECT, by)
    _check_stands(fact, reason)
    newer = _supersede(fact, case, reason, by, at, retracts=True)
    if fact.name == "request_received":
        _move_request(case, None)
    keeping.recompute(case=case, at=at)
    _note("fact.retracted", case, by, at, {"fact": fact.pk, "newer": newer.pk, "reason": reason})
    return newer


def _check_correction(fact: Fact, on: date | None, value: object, reason: str, at: datetime) -> None:
    _check_stands(fact, reason)
    if (fact.on is None) != (on is None):
        raise NotPossible("Give the right day." if fact.on else "This fact has no day: give its value.", "on")
    if on is None and value is None:
        raise NotPossible("Give the right value.", "value")
    if (on, value) == (fact.on, fact.value):
        raise NotPossible("This is what the record says already.", "on")
    if on is not None:
        _check_not_ahead(on, at, "on")
        _check_order(fact, on)


def _check_stands(fact: Fact, reason: str) -> None:
    if not reason.strip():
        raise NotPossible("Say why: the reason stays with the record.", "reason")
    if fact.retracts or Fact.objects.filter(supersedes=fact).exists():
        raise AlreadyCorrected("Somebody has corrected this fact already. Look at the newer one first.")


def _check_order(fact: Fact, on: date) -> None:
    """A correction may not bring a decision before its request, nor a request before birth."""
    case = fact.case
    if fact.name == "request_received" and on < case.person.born_on:
        raise NotPossible("The day lies before the child was born.", "on")
    received = case.request_received_on
    after_request = ("decision_notified", "plan_refusal_notified", "final_sent", "plan_first_made")
    if fact.name in after_request and received is not None and on < received:
        raise NotPossible(f"The day lies before the request ({received:%-d %B %Y}).", "on")


def _supersede(
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


def _move_request(case: Case, on: date | None) -> None:
    """The request's own day is repeated on the case, because it tells two requests of one child apart."""
    twin = Case.objects.filter(area_id=case.area_id, person_id=case.person_id, request_received_on=on)
    if on is not None and twin.exclude(pk=case.pk).exists():
        raise NotPossible("Another request of this child was received on that day.", "on")
    case.request_received_on = on
    case.save(update_fields=["request_received_on"])


# -- allocate -------------------------------------------------------------------------------------------------------


@transaction.atomic
def allocate(*, case: Case, officer: User | None, by: Sight, at: datetime) -> None:
    """Give a case to an officer of the team that holds it, or take it off everybody's list."""
    case = _locked(case, access.ALLOCATE, by)
    if officer is not None and not _works_in(officer, case.team_id, at.date()):
        raise NotPossible(f"{officer.name} does not work in the team that holds this record.", "officer")
    left, case.officer = case.officer_id, officer
    case.save(update_fields=["officer"])
    _note("case.allocated", case, by, at, {"from": left, "to": officer and officer.pk})


def _works_in(officer: User, team_id: UUID, on: date) -> bool:
    # Only the end is compared: the frozen day of a made-up area lies before its officers began.
    held = officer.memberships.filter(Q(until_on=None) | Q(until_on__gt=on), team_id=team_id)
    return officer.is_active and held.filter(role__may_write=True).exists()


# -- shared by the verbs --------------------------------------------------------------------------------------------


def _locked(case: Case, permission: str, by: Sight) -> Case:
    """The case as it is now, held until the transaction ends; refused unless the user may."""
    sight.require(by, permission, area_id=case.area_id, team_id=case.team_id, person_id=case.person_id)
    return cast(Case, Case.objects.visible_to(by).select_for_update().get(pk=case.pk))


def _note(kind: str, case: Case, by: Sight, at: datetime, detail: dict[str, object]) -> None:
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
