# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the facts that stand to a case as the clocks read it. Knows no table: bulk loads use it on plain rows."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Protocol

from fingerpost.rules.duties import vocabulary
from fingerpost.rules.duties.facts import CaseFacts, Event

# What a return says of its census day only: a newer return that is silent has taken it back.
AS_AT_CENSUS = frozenset({"in_education"})
BY_PEOPLE = ("entered", "corrected")
LATEST = date.max


class Said(Protocol):
    """A fact, or a row that shows one."""

    @property
    def name(self) -> str: ...
    @property
    def on(self) -> date | None: ...
    @property
    def value(self) -> object: ...


class Stands(Said, Protocol):
    """A fact that nobody has superseded."""

    @property
    def of(self) -> str | None: ...
    @property
    def sent_on(self) -> date | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def deemed_served_on(self) -> date | None: ...
    @property
    def received_on(self) -> date | None: ...
    @property
    def census_on(self) -> date | None: ...
    @property
    def certainty(self) -> str: ...
    @property
    def origin(self) -> str: ...


def case_of(standing: Iterable[Stands], *, census_on: date | None) -> CaseFacts:
    """Events and facts in the vocabulary's words. Of two values of one fact the newest return's counts,
    and what a person entered counts before any return."""
    ordered = sorted(standing, key=_age)
    events = tuple(_event(fact) for fact in ordered if fact.on is not None)
    facts: dict[str, object] = {}
    for fact in ordered:
        if fact.on is None and not (fact.name in AS_AT_CENSUS and _is_old(fact, census_on)):
            _keep(facts, fact)
    return CaseFacts(events, _without_dated(facts, {event.name for event in events}))


def presumed(standing: Iterable[Stands]) -> frozenset[tuple[str, date]]:
    """Happenings that rest on a presumption: a clock that starts or ends with one says so."""
    return frozenset((f.name, f.on) for f in standing if f.on is not None and f.certainty == "presumption")


def by_people(standing: Iterable[Stands]) -> frozenset[str]:
    """The names of the facts that somebody entered or corrected here, rather than a return."""
    return frozenset(fact.name for fact in standing if fact.origin in BY_PEOPLE)


def _age(fact: Stands) -> date:
    return fact.census_on or LATEST


def _is_old(fact: Stands, census_on: date | None) -> bool:
    return fact.census_on is not None and census_on is not None and fact.census_on < census_on


def _event(fact: Stands) -> Event:
    on = fact.on
    assert on is not None  # noqa: S101
    if fact.sent_on or fact.channel or fact.deemed_served_on or fact.received_on:
        return Event(
            fact.name, on, fact.sent_on, fact.channel, fact.deemed_served_on, fact.received_on, fact.of
        )
    return Event(fact.name, on, of=fact.of)


def _keep(facts: dict[str, object], fact: Stands) -> None:
    if fact.name == "history_before_return":
        facts.setdefault("_history", set())
        held = facts["_history"]
        assert isinstance(held, set)  # noqa: S101
        held.add(fact.of or "assessment")
    elif fact.name in _dates() and isinstance(fact.value, str):
        facts[fact.name] = date.fromisoformat(fact.value)
    else:
        facts[fact.name] = fact.value


def _without_dated(facts: dict[str, object], dated: set[str]) -> dict[str, object]:
    """`True` under an event's name means that its day is not held, so a dated one takes its place."""
    history = facts.pop("_history", None)
    kept = {name: value for name, value in facts.items() if value is not True or name not in dated}
    if isinstance(history, set):
        kept |= _history(history, dated)
    return kept


def _history(of: set[str], dated: set[str]) -> dict[str, object]:
    # Agreed in an earlier year, the request's own day known: its later clocks run, only the first is in doubt.
    if of == {"request"} and "request_received" in dated:
        return {} if "decision_notified" in dated else {"decision_notified": True}
    return {"history_before_return": True}


@cache
def _dates() -> frozenset[str]:
    return frozenset(
        name for name, row in vocabulary.table().items() if row.type == "date" and row.kind == "fact"
    )
