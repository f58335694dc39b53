# SPDX-License-Identifier: Apache-2.0
"""The eight kinds of step a pathway is made of: work, delay, branch, fork, join, mark, clock, end."""

from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.spans import Span


@dataclass(frozen=True, slots=True)
class Work:
    """Wait for a pool, take hours from it, go on after a delay. `due` counts from the clock start."""

    name: str
    pool: str
    hours: Span
    days: Span
    next: str
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait a number of days that no pool can shorten."""

    name: str
    days: Span
    next: str


@dataclass(frozen=True, slots=True)
class Branch:
    """Chance: with probability `share` go to `yes`, else to `no`."""

    name: str
    share: Figure
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Two or three branches at once, until all have come to the step `join`."""

    name: str
    steps: tuple[str, ...]
    join: str


@dataclass(frozen=True, slots=True)
class Join:
    """Where the branches of a fork meet."""

    name: str
    next: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Count the case, its days since the clock start, and whether that is within `target` days."""

    name: str
    milestone: str
    next: str
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Start the clock again; from here the case draws fresh numbers."""

    name: str
    next: str


@dataclass(frozen=True, slots=True)
class End:
    """The case leaves, with an outcome."""

    name: str
    outcome: str


Step = Work | Delay | Branch | Fork | Join | Mark | Clock | End
OPS: dict[str, type[Step]] = {
    "work": Work,
    "delay": Delay,
    "branch": Branch,
    "fork": Fork,
    "join": Join,
    "mark": Mark,
    "clock": Clock,
    "end": End,
}


def op_of(step: Step) -> str:
    """The word for this kind of step."""
    return type(step).__name__.lower()


def leads_to(step: Step) -> Iterator[tuple[str, str]]:
    """(field, step name) for every way out; a fork leads into its branches."""
    if isinstance(step, Branch):
        yield from (("yes", step.yes), ("no", step.no))
    elif isinstance(step, Fork):
        yield from ((f"steps.{at}", name) for at, name in enumerate(step.steps))
    elif not isinstance(step, End):
        yield "next", step.next


def rests(step: Step) -> bool:
    """Does a case spend at least a day here?"""
    return isinstance(step, Work | Delay)
