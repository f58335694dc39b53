# SPDX-License-Identifier: Apache-2.0
"""What a record knows of one case when a return is made from it: facts, plan, placements and needs.

The facts are those of the clock vocabulary. `known_on` is a fact's own day, else census day of the return it was read
from, else the day somebody entered it: the newest of two values counts.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import NamedPlanRecord, NeedRecord, SettingRecord


class KnownFact(NamedTuple):
    """One fact that stands."""

    name: str
    on: date | None
    value: object
    of: str | None
    census_on: date | None  # of the return it was read from; None: somebody entered it
    known_on: date


@dataclass(frozen=True, slots=True)
class KnownCase:
    """One request and what followed. `plan` is the plan as it stands now, with the settings it names."""

    received_on: date | None
    facts: tuple[KnownFact, ...]
    plan: NamedPlanRecord | None = None
    placements: tuple[SettingRecord, ...] = ()
    needs: tuple[NeedRecord, ...] = ()


class Sayings:
    """The facts of one case that speak of one return, by name."""

    def __init__(self, facts: tuple[KnownFact, ...], layout: Layout, until: date) -> None:
        self.layout = layout
        self.facts: dict[str, list[KnownFact]] = {}
        for fact in sorted(facts, key=lambda fact: fact.known_on):
            if self._counts(fact, until):
                self.facts.setdefault(fact.name, []).append(fact)

    def _counts(self, fact: KnownFact, until: date) -> bool:
        """Not what happened after the day, nor what only a later return says; what a person says without a day does."""
        if fact.census_on is not None and fact.census_on > self.layout.census_on:
            return False
        return fact.on is None or fact.on <= until

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def day(self, *names: str) -> date | None:
        """The latest day held under the first of these names that has one."""
        found = self.latest(*names)
        return found.on if found is not None else None

    def value(self, name: str) -> object:
        """The newest value."""
        held = [fact.value for fact in self.facts.get(name, ()) if fact.value is not None]
        return held[-1] if held else None

    def latest(self, *names: str) -> KnownFact | None:
        """The fact with the latest day, under the first of these names that has one."""
        for name in names:
            dated = [fact for fact in self.facts.get(name, ()) if fact.on is not None]
            if dated:
                return max(dated, key=lambda fact: fact.on or fact.known_on)
        return None

    def value_of(self, name: str, occurrence: str | None) -> object:
        """The newest value that belongs to this occurrence; without one, the newest."""
        held = [fact.value for fact in self.facts.get(name, ()) if fact.of == occurrence]
        return held[-1] if held else self.value(name)

    def recent(self, name: str) -> bool:
        """Did it happen in the time of this return? What an earlier return said without a day happened before it."""
        return any(self._recent(fact) for fact in self.facts.get(name, ()))

    def _recent(self, fact: KnownFact) -> bool:
        if fact.on is None and fact.census_on is not None:
            return fact.census_on == self.layout.census_on
        return fact.known_on >= self.layout.activity_from
