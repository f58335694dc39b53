# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the measurements of the forecast share: acts taken in turn, the kernel as an act, one line for each ratio."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from fingerpost.rules.forecast import chance, engine
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import empty

ROUNDS = 5
KEY = chance.replication_key(1, 2)


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def kernel(plan: Plan, times: int) -> Callable[[], None]:
    """The engine, as often as it takes to be measured; sums are cleared each time."""
    runner, sums = engine.Runner(plan), empty(plan, 1).one(0)

    def act() -> None:
        for _ in range(times):
            for table in sums.values():
                table[...] = 0
            runner.run(KEY, sums)

    act()
    return act


def in_turn(acts: dict[str, tuple[Callable[[], Any], int]]) -> dict[str, float]:
    """Median seconds for one of each, all taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, (act, times) in acts.items():
            found[name].append(timed(act) / times)
    return {name: statistics.median(times) for name, times in found.items()}


def line(what: str, ratio: float, bar: str, *, good: bool) -> None:
    print(f"{what:<66}{ratio:>10,.2f}   bar {bar:<10}{'met' if good else 'NOT MET'}", flush=True)
