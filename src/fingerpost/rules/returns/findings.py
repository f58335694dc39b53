# SPDX-License-Identifier: Apache-2.0
"""What the check of a return says: each finding, and how often each rule was broken."""

from collections import Counter
from dataclasses import dataclass, field

from fingerpost.rules.returns import rule_book


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the return: where, what, and what to do. `person` and `request` count from 1."""

    rule: str
    level: str
    person: int | None
    request: int | None
    item: str
    value: str | None
    line: int
    message: str


@dataclass(slots=True)
class Summary:
    """What was checked, and how often each rule was broken."""

    year: int
    la: str
    serial: str
    records: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    compared: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many findings of level error."""
        return sum(n for (_, level), n in self.counts.items() if level == rule_book.ERROR)

    @property
    def queries(self) -> int:
        """How many findings of level query."""
        return sum(n for (_, level), n in self.counts.items() if level == rule_book.QUERY)
