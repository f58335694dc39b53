# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one event costs: in B1, in a county with reviews and diagnosis, in the areas of England, and in a bare loop.

An event: a case comes to a step, or its work there is begun; the plain twin counts them. The bare loop only moves
records of the size of a case between lists of days, compiled in the same way: less cannot be done for an event.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench import forecast_england
from bench.forecast_turns import KEY, in_turn, kernel, line
from fingerpost.cli import forecast_source
from fingerpost.rules.forecast import planning, twin, variants
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.twin_books import Case
from tests.rules.forecast_worlds import ehc

DAYS, NODES, RECORD = 1826, 15_300, 16  # a record of 64 bytes
COUNTY = Path(__file__).parents[1] / "docs/how-to/forecast/lancashire.toml"
AREAS = (3, 50, 101)
FIRST = "from fingerpost.rules.forecast import engine; engine.warm_up()"


def measure() -> None:
    """Nanoseconds an event are for orientation; the ratios have bars."""
    plans = {"B1": _plan(), "county": _county()} | {f"area {at}": _area(at) for at in AREAS}
    bare = _Bare()
    acts: dict[str, Any] = {name: (kernel(plan, 4), 4) for name, plan in plans.items()}
    found = in_turn({**acts, "bare": (bare.run, 1)})
    one = {name: found[name] / _events(plan) for name, plan in plans.items()}
    print(f"an event of B1: {one['B1'] * 1e9:.0f} ns (orientation)")
    _ratio("an event of B1 / a move of a bare loop", one["B1"] / (found["bare"] / bare.moves), 4)
    _ratio("an event of a county with reviews and diagnosis / of B1", one["county"] / one["B1"], 1.5)
    england = sum(one[f"area {at}"] for at in AREAS) / len(AREAS)
    _ratio("an event of England's areas / of B1", england / one["B1"], 1.4)
    _ratio("first result of a second process / one replication of B1", _second() / found["B1"], 250)


def _ratio(what: str, ratio: float, bar: float) -> None:
    line(what, ratio, f"<= {bar:g}", good=ratio <= bar)


def _plan() -> Plan:
    return planning.template(ehc(), DAYS).middle


def _county() -> Plan:
    return planning.template(variants.variants(forecast_source.tables(str(COUNTY)))[0], DAYS).middle


def _area(number: int) -> Plan:
    return planning.template(forecast_england.area(number), forecast_england.ENGLAND_DAYS).middle


class _Counting(twin.Twin):
    """The twin, which counts what happens to cases."""

    events = 0

    def _go(self, case: Case, place: int, step: int, day: int) -> None:
        self.events += 1
        super()._go(case, place, step, day)

    def _start(self, case: Case, place: int, day: int) -> int:
        self.events += 1
        return super()._start(case, place, day)


def _events(plan: Plan) -> int:
    counting = _Counting(plan, KEY)
    counting.run()
    return counting.events + len(plan.tokens)


@njit(nogil=True)
def _moved(links: NDArray[np.uint32], wheel: NDArray[np.uint32], nobody: int) -> int:
    moves = 0
    for day in range(wheel.size):
        node = wheel[day]
        while node != nobody:
            at = node * RECORD
            after, later = links[at], day + 7 + (node * 2_654_435_761 + day) % 29
            if later < wheel.size:
                links[at], wheel[later] = wheel[later], node
                moves += 1
            node = after
    return moves


class _Bare:
    """As many nodes as B1 has cases, all in the list of the first day."""

    def __init__(self) -> None:
        self.moves = self.run()

    def run(self) -> int:
        wheel = np.full(DAYS, NODES, dtype=np.uint32)
        wheel[0] = 0
        links = np.zeros(NODES * RECORD, dtype=np.uint32)
        links[::RECORD] = np.arange(1, NODES + 1)
        return int(_moved(links, wheel, NODES))


def _second() -> float:
    """Seconds from the start of a process to its first result, the routine being kept on disk; middle of three."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return sorted(taken)[1]


if __name__ == "__main__":
    measure()
