# SPDX-License-Identifier: Apache-2.0
"""What one duty of the register is made of. Every value comes from a law file; nothing here counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fingerpost.rules.calendars.operators import Operator
from fingerpost.rules.duties.conditions import Condition


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How a duty counts while one text is in force: from `valid_from` until the day before `valid_to`."""

    operator: Operator | None
    citation: str
    valid_from: int
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class OneOutcome:
    """A limit that binds one outcome of a decision only: while nobody knows `of`, a late day is nobody's breach."""

    binds: str  # "a refusal"
    of: str  # "whether there will be a plan"
    known: tuple[Condition, ...] = ()  # what shows that it is the outcome that the limit binds


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """One row of the register."""

    id: str
    group: str
    title: str
    family_title: str
    kind: str
    who: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    rules: tuple[Rule, ...]
    standard: str
    strength: str
    certainty: str
    relief: tuple[str, ...] = ()
    relief_citation: str = ""
    falls_away: tuple[Condition, ...] = ()
    signs: tuple[str, ...] = ()
    called_by: tuple[str, ...] | None = None
    gate: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start_choice: str = ""
    occurrence: str = ""
    earlier_end: str = ""
    history: bool = False
    after: str = ""
    implied_by: tuple[str, ...] = ()
    one_outcome: OneOutcome | None = None
    result: str = ""
    results: tuple[str, ...] = ()
    holder: bool = False
    family: str = ""
    family_step: str = ""
    mistake: str = ""
    note: str = ""
    place: int = 0  # in the register
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def citation(self) -> str:
        return self.rules[-1].citation

    def rule_on(self, start: int) -> Rule | None:
        """The text in force on the day the clock starts; old cases keep their old rule."""
        if len(self.rules) == 1 and start >= self.rules[0].valid_from:
            return self.rules[0]
        for rule in self.rules:
            if rule.valid_from <= start and (rule.valid_to is None or start < rule.valid_to):
                return rule
        return None
