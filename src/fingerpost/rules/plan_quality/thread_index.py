# SPDX-License-Identifier: Apache-2.0
"""The same questions as the thread asks of each pair, answered once for a whole plan, so that long plans stay quick."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from fingerpost.rules.plan_quality import thread
from fingerpost.rules.plan_quality.parts import topics
from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Provision


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that some parts of a plan speak of."""

    topics: frozenset[str]
    stems: frozenset[str]
    rows: frozenset[tuple[int, int] | None]

    @classmethod
    def of(cls, parts: Iterable[Need | Provision]) -> Self:
        """Everything they say together."""
        listed = tuple(parts)
        said = frozenset().union(*(one.topics for one in listed))
        words = frozenset().union(*(one.stems for one in listed))
        return cls(said, words, frozenset(one.row for one in listed) - {None})

    def like(self, outcome: Outcome) -> bool:
        """One telling word or topic in common, or the same row, is enough to leave an outcome alone."""
        return bool(outcome.row in self.rows or outcome.topics & self.topics or outcome.stems & self.stems)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the lines of provision answer."""

    spoken: Spoken
    labels: frozenset[str]
    numbers: frozenset[str]
    areas: frozenset[str]
    mostly_labelled: bool
    unnamed: tuple[Provision, ...]
    by_stem: dict[str, frozenset[int]]

    @classmethod
    def by(cls, lines: Sequence[Provision], named: Iterable[str] = ()) -> Self:
        """The lines, looked through once, with needs that the section names outside any line."""
        where: dict[str, set[int]] = defaultdict(set)
        for number, line in enumerate(lines):
            for stem in line.stems:
                where[stem].add(number)
        return cls(
            Spoken.of(lines),
            frozenset({*named, *(label for line in lines for label in line.needs)}),
            frozenset(thread.number_of(line.place.text) for line in lines) - {""},
            frozenset(line.area for line in lines if line.area),
            sum(bool(line.needs) for line in lines) >= max(2, 0.5 * len(lines)),
            tuple(line for line in lines if not line.needs),
            {stem: frozenset(numbers) for stem, numbers in where.items()},
        )

    def answers(self, need: Need) -> bool:
        """By name, row or words; where most lines name their needs, by what the need is mainly about."""
        if self._named(need.label) or need.row in self.spoken.rows:
            return True
        if thread.number_of(need.place.text) in self.numbers:
            return True
        if self.passes_by(need):
            return False
        return bool(
            self._headed(need.area) or need.topics & self.spoken.topics or self._shares_two_words(need)
        )

    def passes_by(self, need: Need) -> bool:
        """Where lines name the needs they serve, one that none names and no other line speaks of is left out."""
        if need.label and self.mostly_labelled and not self._named(need.label):
            return not _spoken_of(need, self.unnamed)
        return False

    def _headed(self, area: str) -> bool:
        """The same heading in the provision, or one that holds it: "Sight and communication" holds "Communication"."""
        return bool(area) and any(area in one or one in area for one in self.areas)

    def _named(self, label: str) -> bool:
        """B2 is named by B2, by its part B2.1 and, as a part, by its whole."""
        return bool(label) and any(
            one == label or one.startswith(f"{label}.") or label.startswith(f"{one}.") for one in self.labels
        )

    def _shares_two_words(self, need: Need) -> bool:
        seen: set[int] = set()
        for stem in need.stems:
            lines = self.by_stem.get(stem, frozenset())
            if lines & seen:
                return True
            seen |= lines
        return False

    def gap_in_table(self, need: Need) -> bool:
        """In a table of needs and provision side by side, a row whose provision cell is empty."""
        if need.row is None or need.row in self.spoken.rows:
            return False
        return sum(row is not None and row[0] == need.row[0] for row in self.spoken.rows) > 1


def _spoken_of(need: Need, lines: Iterable[Provision]) -> bool:
    """Whether a line is about what the need is mainly about."""
    about = topics.first(need.place.text.lower())
    return any(about & line.topics or len(need.stems & line.stems) >= 2 for line in lines)
