# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a decision about a doubtful return does to the facts of a case, and how that is undone when it is decided anew.

Not verbs: the verb that decides (in the returns room) holds the case, asks whether the reader may, and writes the one
journal entry. Each function answers the facts it wrote; nothing is ever deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.cases import keeping
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.writing import entered, supersede
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people.sight import Sight


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, when and why: what each fact written says of itself."""

    by: Sight
    at: datetime
    reason: str


def add(case: Case, name: str, author: Author, *, on: date | None = None, value: object = None) -> Fact:
    """A happening that the return left out."""
    fact = entered(case, name, author.by, author.at, on=on, value=value)
    fact.origin, fact.reason = Origin.CORRECTED, author.reason
    fact.save(force_insert=True)
    return fact


def take_back(fact: Fact, author: Author) -> Fact:
    """There was no such happening."""
    return supersede(fact, fact.case, author.reason, author.by, author.at, retracts=True)


def put_back(fact: Fact, author: Author) -> Fact:
    """What this fact replaced stands again; if it replaced nothing, or a withdrawal, it is taken back."""
    older = fact.supersedes
    if older is None or older.retracts:
        return take_back(fact, author)
    return supersede(fact, fact.case, author.reason, author.by, author.at, on=older.on, value=older.value)


def undo(case: Case, written: Sequence[UUID], author: Author) -> None:
    """Put back what an earlier decision replaced, except where somebody has put the fact right since."""
    newer = set(Fact.objects.filter(supersedes_id__in=written).values_list("supersedes_id", flat=True))
    for fact in Fact.objects.filter(case=case, pk__in=written).select_related("supersedes", "case"):
        if isinstance(fact, Fact) and fact.pk not in newer:
            put_back(fact, author)


def standing(case: Case, name: str) -> list[Fact]:
    """The facts of this name that stand."""
    return [fact for fact in keeping.standing_facts(case) if fact.name == name]


def replace(fact: Fact, author: Author, *, on: date | None = None, value: object = None) -> Fact:
    """Another day, or another value, stands in the place of this one."""
    return supersede(fact, fact.case, author.reason, author.by, author.at, on=on, value=value)
