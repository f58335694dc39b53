# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of the decision and the correction are given."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from fingerpost.desks.casework import words
from fingerpost.desks.casework.addresses import case_address
from fingerpost.kit.words import day
from fingerpost.records.cases.models import Fact, Stage
from fingerpost.records.cases.queries import CaseView


def check_decision(case_id: UUID, decision: str, notified_on: date) -> tuple[tuple[str, str, str], ...]:
    """The answers to check: question, answer, where to change it."""
    change = reverse("casework:decision", args=[case_id])
    return (("What was decided?", decision, change), ("When was the family told?", day(notified_on), change))


@dataclass(frozen=True, slots=True)
class DecisionDone:
    """What the last step says."""

    who: str
    changed: tuple[str, ...]
    running: tuple[str, ...]
    refused: bool
    case_href: str


def decision_done(view: CaseView, *, today: date) -> DecisionDone:
    """Which clock closed and what runs now."""
    closed = [c for c in view.clocks if c.duty == "ehcna-decision-notice"]
    running = [
        c for c in view.clocks if c.closed_on is None and c.due is not None and c.verdict != "not_applicable"
    ]
    return DecisionDone(
        who=f"{view.forename} {view.surname}",
        changed=tuple(f"{clock.title}: {words.standing(clock, today)}" for clock in closed),
        running=tuple(f"{clock.title}: {words.standing(clock, today)}" for clock in running),
        refused=view.stage == Stage.REFUSED,
        case_href=case_address(view.id),
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """The fact that is to be put right."""

    who: str
    rows: tuple[tuple[str, str], ...]
    has_day: bool
    back: str


def correction(fact: Fact) -> Correction:
    """What the record says now."""
    said = day(fact.on) if fact.on else words.value(fact.value)
    return Correction(
        who=str(fact.case.person),
        rows=(("Fact", words.fact_title(fact.name)), ("The record says", said)),
        has_day=fact.on is not None,
        back=case_address(fact.case_id),
    )
