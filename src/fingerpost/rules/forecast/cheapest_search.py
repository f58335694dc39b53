# SPDX-License-Identifier: Apache-2.0
"""Tries mixes of extra hours, each once, with the same chances: how likely each reaches the goal, and what it costs."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from fingerpost.rules.forecast import calendar_days
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.figures import ONE
from fingerpost.rules.forecast.goals import Goal
from fingerpost.rules.forecast.resources import Injection
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario

FRESH = 1_000_003  # added to the seed for the check on numbers the search has not seen
STEPS = 64  # the finest part of a range that is told apart


@dataclass(frozen=True, slots=True)
class Choice:
    """A pool that can get extra hours a year between two amounts, at a price."""

    pool: str
    least: float
    most: float
    price: float = 1.0


@dataclass(frozen=True, slots=True)
class Mix:
    """Extra hours a year by pool, their cost up to the goal, and the chance of reaching it."""

    hours: Mapping[str, float]
    cost: float
    chance: float


class Search:
    """Tries mixes, each once."""

    def __init__(
        self,
        base: Scenario,
        choices: tuple[Choice, ...],
        goal: Goal,
        *,
        draws: Draws | int,
        seed: int,
        executor: Executor | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.base, self.choices, self.goal = base, choices, goal
        self.draws, self.seed, self.executor, self.tell = draws, seed, executor, tell
        self.until = calendar_days.month_end(goal.by)
        self.known: dict[tuple[int, ...], float] = {}

    def with_hours(self, places: tuple[int, ...]) -> Scenario:
        """The base with this many 64ths of each range as extra hours from the first day."""
        years = ((self.until - self.base.starts_on).days + 1) / 365.25
        extra = tuple(
            Injection(
                f"extra {choice.pool}", choice.pool, self.base.starts_on, self.until,
                replace(ONE, numbers=(self.hours(choice, place) * years,)), ONE,
            )
            for choice, place in zip(self.choices, places, strict=True)
            if self.hours(choice, place) > 0
        )  # fmt: skip
        return self.base.but(injections=self.base.injections + extra)

    def hours(self, choice: Choice, place: int) -> float:
        """Extra hours a year at a place of the range."""
        return choice.least + (choice.most - choice.least) * place / STEPS

    def chance(self, places: tuple[int, ...], *, fresh: bool = False) -> float:
        """How likely the goal is met with this mix."""
        if fresh:
            return self._run(places, self.seed + FRESH)
        if places not in self.known:
            self.known[places] = self._run(places, self.seed)
            if self.tell:
                self.tell(f"{len(self.known)} mixes tried")
        return self.known[places]

    def _run(self, places: tuple[int, ...], seed: int) -> float:
        draws = (
            len(self.draws) if isinstance(self.draws, Draws) and self.draws.origin == "prior" else self.draws
        )
        found = run(self.with_hours(places), until=self.until, draws=draws, seed=seed, executor=self.executor)
        if found.stopped:
            raise KeyboardInterrupt
        return self.goal.chance_in(found)

    def cost(self, places: tuple[int, ...]) -> float:
        """What a mix costs from the first day to the goal."""
        years = ((self.until - self.base.starts_on).days + 1) / 365.25
        return sum(
            c.price * self.hours(c, place) * years for c, place in zip(self.choices, places, strict=True)
        )

    def least_on(self, others: tuple[int, ...], at: int) -> int | None:
        """The least place of one range that reaches the goal with the other ranges held."""

        def full(place: int) -> tuple[int, ...]:
            return (*others[:at], place, *others[at:])

        if self.chance(full(STEPS)) < self.goal.chance:
            return None
        low, high = -1, STEPS
        while high - low > 1:
            middle = (low + high) // 2
            if self.chance(full(middle)) >= self.goal.chance:
                high = middle
            else:
                low = middle
        return high

    def mix(self, places: tuple[int, ...]) -> Mix:
        """A tried mix as an answer."""
        named = {c.pool: round(self.hours(c, p), 1) for c, p in zip(self.choices, places, strict=True)}
        return Mix(named, round(self.cost(places), 2), self.chance(places))
