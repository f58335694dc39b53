# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a return changes in the facts that stand: the rules of sheet SEN2, 14.4, without any table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from fingerpost.records.cases.reading import BY_PEOPLE
from fingerpost.rules.returns.facts import StatutoryFact

# A picture on census day: each year's is kept beside the others'.
PICTURE = frozenset(
    (
        *("review_meeting", "review_decision_notified", "last_review_completed", "review_outcome"),
        *("amendment_notice_sent", "amended_final_sent", "phase_transfer_due_returned", "in_education"),
    )
)
# First decisions are meant to stay: a newer return that changes one is believed and asked about.
FIRST_DECISIONS = frozenset(
    ("decision_notified", "assessment_decision", "plan_refusal_notified", "final_sent", "plan_first_made")
)
# What H hides is no news once it is known.
HIDDEN_BY_H = {"request": "decision_notified", "assessment": "final_sent"}


class Standing(NamedTuple):
    """A fact that nobody has superseded. `was_`: what it replaced itself."""

    id: str
    case_id: str
    name: str
    on: date | None
    value: object
    of: str | None
    census_on: date | None
    origin: str
    certainty: str
    retracts: bool
    sent_on: date | None = None
    channel: str | None = None
    deemed_served_on: date | None = None
    received_on: date | None = None
    was_on: date | None = None
    was_value: object = None


class Change(NamedTuple):
    """A fact to write, and what it supersedes. Without `fact`, the one superseded is taken back."""

    fact: StatutoryFact | None
    supersedes: Standing | None


class Question(NamedTuple):
    """Something a person must decide."""

    pattern: str
    line: int
    message: str
    choices: tuple[str, ...]
    about: dict[str, object] | None = None  # the fact in question, and what the return says of it


@dataclass(slots=True)
class Difference:
    """What one record of a return does to one case."""

    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unchanged: int = 0


def differ(
    said: Sequence[StatutoryFact], held: Sequence[Standing], *, census_on: date, newest: bool, again: bool
) -> Difference:
    """`newest`: no newer return has spoken of this case. `again`: this year was loaded before (a resubmission)."""
    found = Difference()
    by_name: dict[str, list[Standing]] = {}
    for fact in held:
        by_name.setdefault(fact.name, []).append(fact)
    for new in said:
        same = by_name.get(new.name)
        if not same:
            _add(found, new, by_name)
        elif new.name in PICTURE:
            _picture(found, new, same, census_on)
        else:
            _single(found, new, same, census_on, by_name)
    if again and newest:
        _take_back(found, said, held, census_on)
    return found


def _add(found: Difference, new: StatutoryFact, by_name: dict[str, list[Standing]]) -> None:
    if new.name == "history_before_return" and HIDDEN_BY_H.get(new.of or "") in by_name:
        found.unchanged += 1
    else:
        found.changes.append(Change(new, None))


def _equal(new: StatutoryFact, old: Standing) -> bool:
    return new.on == old.on and new.value == old.value and not old.retracts


def _repeats_what_was_corrected(new: StatutoryFact, old: Standing) -> bool:
    return old.origin in BY_PEOPLE and (new.on, new.value) == (old.was_on, old.was_value)


def _picture(found: Difference, new: StatutoryFact, same: list[Standing], census_on: date) -> None:
    """Known already, or a new value of this census day, or one more year's picture."""
    mine = [old for old in same if old.census_on == census_on and not old.retracts]
    known = mine if new.name == "in_education" else same
    if any(_known(new, old) for old in known):
        found.unchanged += 1
    else:
        found.changes.append(Change(new, mine[0] if mine else None))
        if mine:
            same.remove(mine[0])


def _known(new: StatutoryFact, old: Standing) -> bool:
    if _repeats_what_was_corrected(new, old):
        return True
    return _equal(new, old) and (new.name != "review_outcome" or new.of == old.of)


def _single(
    found: Difference,
    new: StatutoryFact,
    same: list[Standing],
    census_on: date,
    by_name: dict[str, list[Standing]],
) -> None:
    if new.name == "history_before_return":
        same = [old for old in same if old.of == new.of]
    if not same:
        _add(found, new, by_name)
        return
    old = same[0]
    if any(_equal(new, one) or _repeats_what_was_corrected(new, one) for one in same):
        found.unchanged += 1
    elif old.origin in BY_PEOPLE:
        found.unchanged += 1
        found.questions.append(_question("differs-from-record", new, old))
    elif old.census_on is not None and old.census_on > census_on:
        found.unchanged += 1  # an older year that arrives late overwrites nothing
    else:
        found.changes.append(Change(new, old))
        same.remove(old)
        if new.name in FIRST_DECISIONS and old.census_on != census_on:
            found.questions.append(_question("changed-between-returns", new, old))


def _question(pattern: str, new: StatutoryFact, old: Standing) -> Question:
    was, now = (old.on or old.value), (new.on or new.value)
    choices = ("correction of the older", "correction of the newer")
    if pattern == "differs-from-record":
        choices = ("keep what was entered", "take what the return says")
    message = f"{new.name}: the record holds {was}, the return says {now}"
    about = {"fact": new.name, "on": new.on and new.on.isoformat(), "value": new.value}
    return Question(pattern, new.line, message, choices, about)


def _take_back(
    found: Difference, said: Sequence[StatutoryFact], held: Iterable[Standing], census_on: date
) -> None:
    """A resubmission replaces its own year's values: what it no longer says is taken back."""
    names = {(new.name, new.of if new.name == "history_before_return" else None) for new in said}
    replaced = {change.supersedes.id for change in found.changes if change.supersedes}
    for old in held:
        key = (old.name, old.of if old.name == "history_before_return" else None)
        mine = old.origin == "imported" and old.census_on == census_on and not old.retracts
        if mine and key not in names and old.id not in replaced:
            found.changes.append(Change(None, old))
