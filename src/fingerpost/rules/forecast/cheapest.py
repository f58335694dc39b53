# SPDX-License-Identifier: Apache-2.0
"""The cheapest extra hours that reach a goal: bisection along each line with common numbers, then a fresh check."""

import math
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from fingerpost.rules.forecast.cheapest_search import STEPS, Choice, Mix, Search
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.faults import Unsuitable, within
from fingerpost.rules.forecast.goals import Goal
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.scenario_checks import FIRST_YEAR, LAST_YEAR

LINES = 9  # mixes of two pools that are tried


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The cheapest mix found (or none), what it does on fresh chance, and every mix on the frontier."""

    goal: Goal
    best: Mix | None
    fresh_chance: float | None
    without: float
    frontier: tuple[Mix, ...]
    runs: int


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
