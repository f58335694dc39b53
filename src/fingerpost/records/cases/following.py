# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes with a fact when it is put right or taken back: its twin, the case's request day, the child's birthday."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from fingerpost.records.cases import keeping
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.refusals import DECISION, NotPossible
from fingerpost.records.cases.writing import supersede
from fingerpost.records.people.sight import Sight


def twins(fact: Fact, standing: Iterable[Fact]) -> list[Fact]:
    """The rest of the decision that a fact belongs to: taken back with it, unless another of its name still stands."""
    others = [other for other in standing if other.pk != fact.pk and other.name in DECISION]
    if fact.name not in DECISION or any(other.name == fact.name for other in others):
        return []
    return others


def follow(newer: Fact, case: Case, by: Sight) -> None:
    """What else the record repeats of this fact."""
    if newer.name == "request_received":
        _move_request(case, newer.on)
    elif newer.name == "date_of_birth" and isinstance(newer.value, str):
        _move_birth(newer, case, by)


def _move_request(case: Case, on: date | None) -> None:
    """The request's own day is repeated on the case, because it tells two requests of one child apart."""
    twin = Case.objects.filter(area_id=case.area_id, person_id=case.person_id, request_received_on=on)
    if on is not None and twin.exclude(pk=case.pk).exists():
        raise NotPossible("Another request of this child was received on that day.", "on")
    case.request_received_on = on
    case.save(update_fields=["request_received_on"])


def _move_birth(newer: Fact, case: Case, by: Sight) -> None:
    """A child is born once: the child's own record and the other requests say the same."""
    case.person.born_on = date.fromisoformat(str(newer.value))
    case.person.save(update_fields=["born_on"])
    of_child = Fact.objects.filter(team_id=case.team_id, person_id=case.person_id, name=newer.name)
    stands = of_child.exclude(pk=newer.pk).current().select_related("case")
    for fact in cast(Iterable[Fact], stands):
        supersede(fact, fact.case, newer.reason or "", by, newer.at, value=newer.value)
        if fact.case_id != case.pk:
            keeping.recompute(case=fact.case, at=newer.at)
