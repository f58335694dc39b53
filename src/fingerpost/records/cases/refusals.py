# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the verbs about a case refuse, each in a sentence for the person at the form."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fingerpost.records.cases.models import ASSESS, REFUSE, Fact

DECISION = ("decision_notified", "assessment_decision")  # one decision, two facts
ENDED = ("request_withdrawn", "moved_to_la")


class NotPossible(Exception):
    """What was asked does not fit the record. The message is for the person at the form; `field` is where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class AlreadyDecided(NotPossible):
    """The decision whether to assess is on record; correct it instead."""


class AlreadyCorrected(NotPossible):
    """Somebody has superseded this fact already; correct the newer one."""


def check_decision(standing: Sequence[Fact], decision: str, notified_on: date, at: datetime) -> None:
    """The decision whether to assess: made once, after the request, not ahead of its day."""
    if decision not in (ASSESS, REFUSE):
        raise NotPossible("Choose whether there will be an assessment.", "decision")
    check_undecided(standing)
    received = max((f.on for f in standing if f.name == "request_received" and f.on), default=None)
    if received is not None and notified_on < received:
        raise NotPossible(
            f"The family cannot have been told before the request came in ({received:%-d %B %Y}).",
            "notified_on",
        )
    check_not_ahead(notified_on, at, "notified_on")


def in_the_way(standing: Iterable[Fact]) -> list[Fact]:
    """The facts that leave nothing to decide: it was decided, or the request has ended."""
    return [fact for fact in standing if fact.name in DECISION + ENDED]


def check_undecided(standing: Iterable[Fact]) -> None:
    names = {fact.name for fact in in_the_way(standing)}
    if names.intersection(DECISION):
        raise AlreadyDecided("The decision is on record already. If it is wrong, correct the fact.")
    if names:
        raise NotPossible("The request was withdrawn or the child has moved, so there is nothing to decide.")


def check_not_ahead(on: date, at: datetime, field: str) -> None:
    if on > at.date():
        raise NotPossible("The day lies in the future: record it once it has happened.", field)


def check_correction(fact: Fact, on: date | None, value: object, at: datetime) -> None:
    if (on, value) == (fact.on, fact.value):
        raise NotPossible("This is what the record says already.", "on" if on else "value")
    if fact.name == "date_of_birth":
        check_birth(fact, date.fromisoformat(str(value)), at)
    if on is not None:
        check_not_ahead(on, at, "on")
        check_order(fact, on)


def check_stands(fact: Fact, reason: str) -> None:
    if not reason.strip():
        raise NotPossible("Say why: the reason stays with the record.", "reason")
    if fact.retracts or Fact.objects.filter(supersedes=fact).exists():
        raise AlreadyCorrected("Somebody has corrected this fact already. Look at the newer one first.")


def check_birth(fact: Fact, born_on: date, at: datetime) -> None:
    check_not_ahead(born_on, at, "value")
    received = fact.case.request_received_on
    if received is not None and born_on > received:
        raise NotPossible(f"The day lies after the request ({received:%-d %B %Y}).", "value")


def check_order(fact: Fact, on: date) -> None:
    """A correction may not bring a decision before its request, nor a request before birth."""
    case = fact.case
    if fact.name == "request_received" and on < case.person.born_on:
        raise NotPossible("The day lies before the child was born.", "on")
    received = case.request_received_on
    after_request = ("decision_notified", "plan_refusal_notified", "final_sent", "plan_first_made")
    if fact.name in after_request and received is not None and on < received:
        raise NotPossible(f"The day lies before the request ({received:%-d %B %Y}).", "on")
