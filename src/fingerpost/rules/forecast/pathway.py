# SPDX-License-Identifier: Apache-2.0
"""A pathway: a table of steps, refused on making if a case could get lost in it or never leave."""

from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.rules.forecast import pathway_checks
from fingerpost.rules.forecast.steps import End, Fork, Mark, Step, leads_to


@dataclass(frozen=True, slots=True)
class Pathway:
    """Steps by name; their order on the page has no meaning."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        pathway_checks.check(self)

    def step(self, name: str) -> Step:
        """The step of this name."""
        return next(step for step in self.steps if step.name == name)

    @property
    def names(self) -> frozenset[str]:
        """The names of all steps."""
        return frozenset(step.name for step in self.steps)

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones, in order of the alphabet."""
        return tuple(sorted({step.milestone for step in self.steps if isinstance(step, Mark)}))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The ways a case can leave, in order of the alphabet."""
        return tuple(sorted({step.outcome for step in self.steps if isinstance(step, End)}))

    def inside(self, start: str, join: str) -> Iterator[Step]:
        """The steps of one branch of a fork, up to its join."""
        seen, queue = {start, join}, [] if start == join else [start]
        while queue:
            step = self.step(queue.pop())
            yield step
            if isinstance(step, Fork):
                continue  # refused by the checks; do not follow it
            for _, name in leads_to(step):
                if name not in seen:
                    seen.add(name)
                    queue.append(name)

    def reach(self, start: str) -> Iterator[Step]:
        """Every step a case can come to from here, this one first, nearest first; past joins, too."""
        seen, queue = {start}, [start]
        while queue:
            step = self.step(queue.pop(0))
            yield step
            for _, name in leads_to(step):
                if name not in seen:
                    seen.add(name)
                    queue.append(name)
