# SPDX-License-Identifier: Apache-2.0
"""A pathway: a table of steps, refused on making if a case could get lost in it or never leave."""

from collections.abc import Callable, Iterator
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
        """The steps of one branch of a fork, up to its join; a fork in there is not followed."""
        found = self.reach(start, stop=lambda step: isinstance(step, Fork) or step.name == join)
        return (step for step in found if step.name != join)

    def reach(self, start: str, *, stop: Callable[[Step], bool] = lambda _: False) -> Iterator[Step]:
        """Every step a case can come to from here, this one first, nearest first; not past a step where it stops."""
        seen, queue = {start}, [start]
        while queue:
            step = self.step(queue.pop(0))
            yield step
            for _, name in () if stop(step) else leads_to(step):
                if name not in seen:
                    seen.add(name)
                    queue.append(name)
