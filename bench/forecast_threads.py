# SPDX-License-Identifier: AGPL-3.0-or-later
"""One thread against two. On a machine that others use, wall clocks tell of the others; processor time does not.

Three lines: the clock on the wall, in the quietest rounds; what the work costs in processor time when two threads do
it, against one (nothing lost: 1.0); and the share of a replication in which a thread holds Python's lock, which bounds
what more threads can give.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from bench.forecast_turns import line
from bench.forecast_worlds import doubtful
from fingerpost.rules.forecast import chance, engine, running
from fingerpost.rules.forecast.sums import empty

ROUNDS, PART, PARTS = 12, 60, 4  # a part takes about half a second; the command makes them of a second
Seconds = tuple[float, float]  # on the wall, of the processors


def measure() -> None:
    """One thread, two threads, in turn."""
    work = running.job(doubtful(), until=date(2030, 3, 31), draws=PART * PARTS)
    running.run_part(work, 0, 2)
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(_seconds(lambda: _spread(work, 1)))
        two.append(_seconds(lambda: _spread(work, 2)))
    wall = min(wall for wall, _ in one) / min(wall for wall, _ in two)
    line(f"one thread / two threads, wall, quietest of {ROUNDS} rounds", wall, ">= 1.8", good=wall >= 1.8)
    cost = min(cpu for _, cpu in two) / min(cpu for _, cpu in one)
    line("two threads / one, processor time", cost, "<= 1.11", good=cost <= 1.11)
    held = _held(work)
    line("share of a replication that holds Python's lock", held, "<= 0.11", good=held <= 0.11)


def _seconds(act: Callable[[], Any]) -> Seconds:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def _spread(work: running.Job, workers: int) -> None:
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda at: running.run_part(work, at, at + PART), range(0, PART * PARTS, PART)))


def _held(work: running.Job) -> float:
    """What a part costs beyond its kernels, which run without the lock."""
    template = running.template_of(work)
    runners = [engine.Runner(template.plan(work.draws.row(at))) for at in range(PART)]
    sums = [empty(runner.plan, 1).one(0) for runner in runners]

    def kernels() -> None:
        for at, runner in enumerate(runners):
            runner.run(chance.replication_key(work.seed, at), sums[at])

    rounds = [
        (_seconds(kernels)[1], _seconds(lambda: running.run_part(work, 0, PART))[1]) for _ in range(ROUNDS)
    ]
    return 1 - min(inside for inside, _ in rounds) / min(whole for _, whole in rounds)


if __name__ == "__main__":
    measure()
