# SPDX-License-Identifier: Apache-2.0
"""The cheapest extra hours that reach a goal: bisection along each line with common numbers, then a fresh check."""

import math
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.faults import Unsuitable, within
from fingerpost.rules.forecast.figures import ONE
from fingerpost.rules.forecast.goals import Goal
from fingerpost.rules.forecast.resources import Injection
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.scenario_checks import FIRST_YEAR, LAST_YEAR

FRESH = 1_000_003  # added to the seed for the check on numbers the search has not seen
STEPS = 64  # the finest part of a range that is told apart
LINES = 9  # mixes of two pools that are tried


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


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The cheapest mix found (or none), what it does on fresh chance, and every mix on the frontier."""

    goal: Goal
    best: Mix | None
    fresh_chance: float | None
    without: float
    frontier: tuple[Mix, ...]
    runs: int


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
        self.until = month_end(goal.by)
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


def month_end(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def cheapest(
    base: Scenario,
    choices: tuple[Choice, ...],
    goal: Goal,
    *,
    draws: Draws | int = 100,
    seed: int = 1,
    executor: Executor | None = None,
    tell: Callable[[str], None] | None = None,
) -> Cheapest:
    """The cheapest mix of extra hours that reaches the goal."""
    _check(base, choices, goal)
    search = Search(base, choices, goal, draws=draws, seed=seed, executor=executor, tell=tell)
    without = search.chance((0,) * len(choices))
    places = [(0,) * len(choices)] if without >= goal.chance else _frontier(search)
    mixes = sorted((search.mix(place) for place in places), key=lambda mix: mix.cost)
    best = min(places, key=search.cost) if places else None
    fresh = search.chance(best, fresh=True) if best is not None else None
    while best is not None and fresh is not None and fresh < goal.chance - 2 * _noise(search, goal):
        best = _one_more(best)  # the search was lucky: take a little more until fresh chance agrees
        fresh = search.chance(best, fresh=True) if best is not None else None
    found = search.mix(best) if best is not None else None
    return Cheapest(goal, found, fresh, without, tuple(mixes), len(search.known))


def _noise(search: Search, goal: Goal) -> float:
    count = len(search.draws) if isinstance(search.draws, Draws) else search.draws
    return math.sqrt(goal.chance * (1 - goal.chance) / count)


def _one_more(places: tuple[int, ...]) -> tuple[int, ...] | None:
    if all(place >= STEPS for place in places):
        return None
    return tuple(min(place + 1, STEPS) if place or len(places) == 1 else place for place in places)


def _frontier(search: Search) -> list[tuple[int, ...]]:
    """For one range its least place; for two or more: the least of the last at each place of the others."""
    if len(search.choices) == 1:
        least = search.least_on((), 0)
        return [] if least is None else [(least,)]
    places = []
    for step in range(LINES):
        others = tuple(round(step * STEPS / (LINES - 1)) for _ in search.choices[:-1])
        least = search.least_on(others, len(others))
        if least is not None:
            places.append((*others, least))
    return _lowered(search, places)


def _lowered(search: Search, places: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """At the cheapest point, try to give back hours of each range in turn."""
    if not places:
        return places
    best = min(places, key=search.cost)
    for at in range(len(best)):
        least = search.least_on((*best[:at], *best[at + 1 :]), at)
        if least is not None and least < best[at]:
            best = (*best[:at], least, *best[at + 1 :])
    return [*places, best] if best not in places else places


def _check(base: Scenario, choices: tuple[Choice, ...], goal: Goal) -> None:
    names = {pool.name for pool in base.pools}
    if not 1 <= len(choices) <= 4:
        raise Unsuitable("choose", f"give one to four pools, here {len(choices)}")
    for choice in choices:
        field = f"choose.{choice.pool}"
        if choice.pool not in names:
            raise Unsuitable(field, "there is no such pool in this scenario")
        within(f"{field}.least", choice.least, 0, 1e7, "hours a year")
        within(f"{field}.most", choice.most, choice.least, 1e7, "hours a year")
        within(f"{field}.price", choice.price, 0, 1e6, "price an hour")
    within("goal.by", goal.by.year, FIRST_YEAR, LAST_YEAR, "the year")
    if goal.by < base.starts_on:
        raise Unsuitable("goal.by", f"{goal.by} is before the first day of the scenario, {base.starts_on}")
