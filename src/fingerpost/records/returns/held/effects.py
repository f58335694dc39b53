# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each choice about a held item does to the facts of the case. A choice that is not here is kept as a note."""

from collections.abc import Callable, Mapping
from datetime import date

from fingerpost.records.cases import settling
from fingerpost.records.cases.models import REFUSE, Case, Fact, Stage
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.cases.settling import Author
from fingerpost.records.returns.models import HeldItem

Effect = Callable[[Case, HeldItem, date | None, Author], list[Fact]]
PHASE = "phase_transfer_due_returned"


def apply(case: Case, item: HeldItem, choice: str, on: date | None, author: Author) -> list[Fact]:
    """The facts written; none where the choice is a note."""
    effect = EFFECTS.get((item.pattern, choice))
    return effect(case, item, on, author) if effect else []


def changes_facts(pattern: str, choice: str) -> bool:
    return (pattern, choice) in EFFECTS


def _told(name: str) -> Effect:
    """It happened, and the day is not known."""

    def tell(case: Case, _: HeldItem, __: date | None, author: Author) -> list[Fact]:
        known = settling.standing(case, name)
        return [] if known else [settling.add(case, name, author, value=True)]

    return tell


def _drop_claim(case: Case, _: HeldItem, __: date | None, author: Author) -> list[Fact]:
    return [settling.take_back(fact, author) for fact in settling.standing(case, "relief_claims")]


def _refused(case: Case, _: HeldItem, on: date | None, author: Author) -> list[Fact]:
    """A refusal to assess, or not to make a plan: the stage says which."""
    if case.stage == Stage.REQUESTED:
        decided = settling.add(case, "assessment_decision", author, value=REFUSE)
        return [settling.add(case, "decision_notified", author, on=on), decided]
    if case.stage == Stage.ASSESSING:
        return [settling.add(case, "plan_refusal_notified", author, on=on)]
    raise NotPossible("This request has gone too far to be refused. Choose another answer.", "choice")


def _ended(case: Case, _: HeldItem, on: date | None, author: Author) -> list[Fact]:
    if settling.standing(case, "plan_ended"):
        raise NotPossible(
            "The end of the plan is on record already. If its day is wrong, correct it.", "choice"
        )
    return [settling.add(case, "plan_ended", author, on=on)]


def _issued(case: Case, _: HeldItem, on: date | None, author: Author) -> list[Fact]:
    """The plan was first made on that day; "decided in an earlier year" was a slip."""
    slips = [f for f in settling.standing(case, "history_before_return") if f.of == "assessment"]
    made = [n for n in ("final_sent", "plan_first_made") if not settling.standing(case, n)]
    return [
        *(settling.take_back(fact, author) for fact in slips),
        *(settling.add(case, name, author, on=on) for name in made),
    ]


def _older_stands(case: Case, item: HeldItem, _: date | None, author: Author) -> list[Fact]:
    """The newer return was wrong: what it replaced stands again."""
    said = [
        fact
        for fact in settling.standing(case, str(item.about.get("fact", "")))
        if fact.supersedes_id and fact.census_on == item.file.census_on
    ]
    if not said:
        raise NotPossible("Somebody has put this fact right since. Look at the case first.", "choice")
    return [settling.put_back(fact, author) for fact in said]


def _return_stands(case: Case, item: HeldItem, _: date | None, author: Author) -> list[Fact]:
    """The return was right, and what somebody entered was not."""
    on, value = item.about.get("on"), item.about.get("value")
    day = date.fromisoformat(str(on)) if on else None
    held = settling.standing(case, str(item.about.get("fact", "")))
    if not held:
        raise NotPossible("The fact has been taken back since. Look at the case first.", "choice")
    return [settling.replace(held[0], author, on=day, value=value)]


def _transfer(month: int, day: int) -> Effect:
    """This year's transfer is due on that day, as the return would have said it."""

    def move(case: Case, item: HeldItem, _: date | None, author: Author) -> list[Fact]:
        due, held = date(item.file.year, month, day).isoformat(), settling.standing(case, PHASE)
        if not held:
            return [settling.add(case, PHASE, author, value=due)]
        return [settling.replace(fact, author, value=due) for fact in held if fact.value != due]

    return move


def _no_transfer(case: Case, _: HeldItem, __: date | None, author: Author) -> list[Fact]:
    return [settling.take_back(fact, author) for fact in settling.standing(case, PHASE)]


TRANSFERS: Mapping[str, Effect] = {
    "a move between schools": _transfer(2, 15),
    "a move into post-16": _transfer(3, 31),
    "no transfer this year": _no_transfer,
}
EFFECTS: Mapping[tuple[str, str], Effect] = {
    ("needless-exception", "drop the claim"): _drop_claim,
    ("request-absent", "withdrawn"): _told("request_withdrawn"),
    ("request-absent", "refused"): _refused,
    ("request-absent", "moved to another authority"): _told("moved_to_la"),
    ("plan-absent", "ended on"): _ended,
    ("too-old", "ended on"): _ended,
    ("history-started-this-year", "issued this year on"): _issued,
    ("not-in-earlier-return", "issued this year on"): _issued,
    ("changed-between-returns", "correction of the newer"): _older_stands,
    ("differs-from-record", "take what the return says"): _return_stands,
    **{
        (name, choice): do
        for name in ("phase-due-differs", "phase-due-missing")
        for choice, do in TRANSFERS.items()
    },
}
