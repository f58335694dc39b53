# SPDX-License-Identifier: AGPL-3.0-or-later
"""The verb that decides a held item. No decision is changed: a newer one undoes what it did and stands in its place."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from fingerpost.records.cases import keeping, refusals, settling, writing
from fingerpost.records.cases.models import Case, Fact, Stage
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.cases.settling import Author
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import Origin
from fingerpost.records.people import sight
from fingerpost.records.people.sight import Sight
from fingerpost.records.plans import ending
from fingerpost.records.returns import access
from fingerpost.records.returns.held import effects
from fingerpost.records.returns.models import HeldDecision, HeldItem

OPEN_AGAIN = ""  # the choice that takes a decision back and leaves the question open
SHORTEST = 10  # letters of a reason: less than a few words tells nobody anything
# Whose record it is touches the return as a whole: for a data officer.
IDENTITY = frozenset(
    ("number-twice", "two-numbers", "namesake-without-number", "which-plan", "two-authorities")
)


def permission(pattern: str) -> str:
    return access.DECIDE_IDENTITY if pattern in IDENTITY else access.DECIDE


def asks_day(choice: str) -> bool:
    """Whether the choice is only whole with a day: "ended on", "refused"."""
    return choice.endswith(" on") or choice == "refused"


@transaction.atomic
def decide(
    *, item: HeldItem, choice: str, reason: str, by: Sight, at: datetime, on: date | None = None
) -> None:
    """Record the decision, and what follows from it for the facts of the case."""
    item = _locked(item, by)
    _check(item, choice, on, reason, at)
    author = Author(by, at, reason.strip())
    case = _case(item, by)
    wrote = _settle(case, item, choice, on, author) if case else []
    _keep(item, choice, on, author, wrote)
    _note(item, author, {"choice": choice, "on": on, "reason": author.reason, "wrote": wrote})


def _locked(item: HeldItem, by: Sight) -> HeldItem:
    said = {"area_id": item.area_id, "team_id": item.team_id, "person_id": item.person_id}
    sight.require(by, permission(item.pattern), **said)
    rows = HeldItem.objects.visible_to(by).select_for_update(of=("self",)).select_related("file")
    return cast(HeldItem, rows.get(pk=item.pk))


def _case(item: HeldItem, by: Sight) -> Case | None:
    """The case it is about; of an item about the child alone, the case of the plan in force, if there is just one."""
    if item.case_id:
        return writing.locked(cast(Case, item.case), permission(item.pattern), by)
    rows = Case.objects.visible_to(by).filter(person_id=item.person_id, stage=Stage.MAINTAINED)
    found = cast(Sequence[Case], rows.select_for_update())
    return found[0] if len(found) == 1 else None


def _check(item: HeldItem, choice: str, on: date | None, reason: str, at: datetime) -> None:
    if choice not in (*item.offer, OPEN_AGAIN):
        raise NotPossible("Choose one of the answers.", "choice")
    newest = _newest(item)
    if (choice, on) == ((newest.choice, newest.on) if newest else (OPEN_AGAIN, None)):
        raise NotPossible("This is what is decided already." if choice else "It is open already.", "choice")
    if not reason.strip():
        raise NotPossible("Say why: the reason stays with the decision.", "reason")
    if len(reason.strip()) < SHORTEST:
        raise NotPossible("Say why in a few words, so that others can follow it.", "reason")
    if asks_day(choice) and on is None:
        raise NotPossible("Enter the day.", "on")
    if on is not None:
        refusals.check_not_ahead(on, at, "on")
        _check_order(item, on)


def _newest(item: HeldItem) -> HeldDecision | None:
    rows = HeldDecision.objects.filter(team_id=item.team_id, person_id=item.person_id, item=item)
    return cast(HeldDecision | None, rows.order_by("-turn").first())


def _check_order(item: HeldItem, on: date) -> None:
    if on < item.person.born_on:
        raise NotPossible("The day lies before the child was born.", "on")
    received = item.case.request_received_on if item.case else None
    if received is not None and on < received:
        raise NotPossible(f"The day lies before the request ({received:%-d %B %Y}).", "on")


def _settle(case: Case, item: HeldItem, choice: str, on: date | None, author: Author) -> list[Fact]:
    """Undo what the decision before did, do what this one says, and work the clocks out again."""
    before = _newest(item)
    settling.undo(case, [UUID(fact_id) for fact_id in before.wrote] if before else [], author)
    wrote = effects.apply(case, item, choice, on, author)
    keeping.recompute(case=case, at=author.at)
    ending.recompute(case)
    return wrote


def _keep(item: HeldItem, choice: str, on: date | None, author: Author, wrote: list[Fact]) -> None:
    before = _newest(item)
    HeldDecision.objects.create(
        area_id=item.area_id,
        team_id=item.team_id,
        person_id=item.person_id,
        item=item,
        turn=before.turn + 1 if before else 1,
        choice=choice,
        on=on,
        reason=author.reason,
        wrote=[str(fact.pk) for fact in wrote],
        by_id=author.by.user_id,
        at=author.at,
    )
    decided = choice != OPEN_AGAIN
    item.state, item.decision = ("decided" if decided else "open"), choice
    item.decided_by_id = author.by.user_id if decided else None
    item.decided_at = author.at if decided else None
    item.reason = author.reason if decided else ""
    item.save(update_fields=["state", "decision", "decided_by", "decided_at", "reason"])


def _note(item: HeldItem, author: Author, detail: dict[str, object]) -> None:
    journal.record(
        "held.decided" if detail["choice"] else "held.opened-again",
        by=author.by.user_id,
        at=author.at,
        area_id=item.area_id,
        person_id=item.person_id,
        subject=("held-item", item.pk),
        origin=Origin.CORRECTED,
        detail=detail,
    )
