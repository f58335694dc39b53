# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a fact that is no happening may say: the kind of its value, its listed choices, and the value as it is kept."""

from collections.abc import Mapping
from datetime import date

from fingerpost.records.cases.models import Fact
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.rules.duties import reading_facts, vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts
from fingerpost.rules.duties.reading_claims import BadFact
from fingerpost.rules.duties.reading_events import BadEvent
from fingerpost.rules.duties.vocabulary import UnknownName

GROUNDS = "relief_claims"  # a list whose one claim names a ground


def is_happening(fact: Fact) -> bool:
    """It has a day, or is known to have happened on a day that is not held."""
    row = vocabulary.table().get(fact.name)
    return fact.on is not None or (row is not None and row.kind == "event")


def kind(name: str) -> str:
    """date, enum, bool, int, list or text."""
    row = vocabulary.table().get(name)
    return "enum" if name == GROUNDS else row.type if row is not None else "text"


def choices(name: str) -> tuple[str, ...]:
    """The listed values, where the list is closed."""
    if name == GROUNDS:
        return tuple(vocabulary.spellings("ground"))
    row = vocabulary.table().get(name)
    return row.values if row is not None else ()


def right(fact: Fact, on: date | None, value: object) -> tuple[date | None, object]:
    """The day or the value that a correction gives, whichever the fact asks for."""
    if not is_happening(fact):
        return None, read(fact, value)
    if on is None:
        raise NotPossible("Give the right day.", "on")
    return on, None if fact.on is None else fact.value


def read(fact: Fact, said: object) -> object:
    """The value as it is kept; refused unless the vocabulary knows it."""
    given = said.strip() if isinstance(said, str) else said
    if given in (None, ""):
        raise NotPossible("Give the right value.", "value")
    if fact.name == GROUNDS and isinstance(given, str):
        given = [{**_first(fact.value), "ground": given}]
    try:
        (value,) = reading_facts.read({fact.name: given}).values()
    except (BadFact, UnknownName, BadEvent, ContradictoryFacts) as fault:
        raise NotPossible(f"The record cannot say this: {fault}.", "value") from fault
    return _kept(value)


def _first(claims: object) -> Mapping[str, object]:
    return claims[0] if isinstance(claims, list) and claims and isinstance(claims[0], dict) else {}


def _kept(value: object) -> object:
    """Days as text, because the record keeps values as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_kept(one) for one in value]
    return {name: _kept(one) for name, one in value.items()} if isinstance(value, dict) else value
