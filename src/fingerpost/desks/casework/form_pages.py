# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of the decision and the correction are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from fingerpost.desks.casework import words
from fingerpost.desks.casework.addresses import case_address, correction_address
from fingerpost.kit.words import Link, day
from fingerpost.records.cases.models import Case, Fact, Stage
from fingerpost.records.cases.queries import CaseView
from fingerpost.records.people.sight import Sight


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
    together: str
    back: str


def correction(fact: Fact, together: Sequence[Fact]) -> Correction:
    """What the record says now, and what is taken back with it."""
    return Correction(
        who=str(fact.case.person),
        rows=(("Fact", words.fact_title(fact.name)), ("The record says", words.fact_text(fact))),
        together=_together(together),
        back=case_address(fact.case_id),
    )


def _together(facts: Sequence[Fact]) -> str:
    if not facts:
        return ""
    named = " and ".join(_line(fact) for fact in facts)
    return (
        f"This belongs to one decision with “{named}”. If you take one back, both are taken back, "
        "and the decision can be recorded anew. If only this one is wrong, put it right: the other stays."
    )


def corrected(asked: str, what: str) -> str:
    """What is true once the form has gone through."""
    did = "The fact is taken back." if what == "never" else "The record is corrected."
    return f"{did} The old {'day' if asked == 'on' else 'value'} stays to be seen under 'What was replaced'."


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no decision can be recorded, and the facts that stand in the way."""

    who: str
    why: str
    facts: tuple[Link, ...]
    back: str


def refused(case: Case, facts: Sequence[Fact], why: str, sight: Sight) -> Refused:
    """Each fact leads to its correction where the reader may correct it."""
    links = tuple(Link(_line(fact), correction_address(fact.case_id, fact.pk, sight)) for fact in facts)
    return Refused(str(case.person), why, links, case_address(case.pk))


def _line(fact: Fact) -> str:
    return f"{words.fact_title(fact.name)}: {words.fact_text(fact)}"
