# SPDX-License-Identifier: Apache-2.0
"""Runs plans on the compiled engine, with work arrays that a thread keeps; falls back on the plain twin."""

import threading
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast import planning, twin
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import Sums, empty
from fingerpost.rules.forecast.tiny import TINY
from fingerpost.rules.forecast.twin_books import Event

try:
    from fingerpost.rules.forecast.kernel import arrays, journal, simulating
except ImportError:  # no Numba for this machine: slower, and the same figures
    simulating = None  # type: ignore[assignment]

NO_LOG = np.zeros((0, 6), dtype=np.int32)
_thread = threading.local()


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The work arrays of one thread."""

    cases: int
    records: NDArray[np.uint64]
    wheel: NDArray[np.uint32]
    seen: NDArray[np.uint64]
    seen_tops: NDArray[np.uint64]
    todo: NDArray[np.uint32]

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return sum(array.nbytes for array in (self.records, self.wheel, self.seen, self.seen_tops, self.todo))

    def views(self) -> tuple[Any, ...]:
        """The records as words, links, numbers and octets, then the lists."""
        records = self.records
        views = (records, records.view(np.uint32), records.view(np.int32), records.view(np.uint8))
        return (*views, self.wheel, self.seen, self.seen_tops, self.todo)


def room_for(cases: int, days: int) -> Room:
    """Work arrays for this many cases and days."""
    words = cases // 16 + 1
    return Room(
        cases,
        np.zeros(cases * 8, dtype=np.uint64),
        np.empty(days, dtype=np.uint32),
        np.zeros(words, dtype=np.uint64),
        np.zeros(words // 64 + 1, dtype=np.uint64),
        np.empty(min(cases * 3, cases + 65_536) + 4096, dtype=np.uint32),
    )


def _room(plan: Plan, cases: int) -> Room:
    room: Room | None = getattr(_thread, "room", None)
    if room is None or room.cases < cases or room.wheel.size != plan.days:
        room = room_for(max(cases, room.cases if room and room.cases < 4 * cases else 0), plan.days)
        _thread.room = room
    return room


def likely(plan: Plan) -> int:
    """Cases to make room for; seldom too few, and then there is a second try."""
    return plan.expected + 6 * int(sqrt(plan.expected)) + 64


class Runner:
    """A plan made ready for one thread; runs one replication after another."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tables = arrays.tables(plan)
        self.queues = queue_arrays(self.tables)

    @property
    def bytes(self) -> int:
        """How much memory its queues take."""
        return sum(array.nbytes for array in self.queues)

    def run(self, key: int, out: dict[str, Any], log: NDArray[np.int32] = NO_LOG) -> int:
        """Write one replication into `out`; gives the number of lines in the log."""
        logged, cases = np.zeros(1, dtype=np.int64), likely(self.plan)
        sums, lines = arrays.Out(**out), arrays.Log(log, logged)
        while True:
            work = arrays.Work(*_room(self.plan, cases).views(), *self.queues)
            done = simulating.simulate(np.uint64(key), self.tables, work, sums, lines)
            if done >= 0:
                return int(logged[0])
            cases = 2 * -int(done)
            for table in out.values():
                table[...] = 0
            logged[0] = 0
            _thread.room = None  # bits of the broken-off run must not be seen by the next


def queue_arrays(tables: "arrays.Tables") -> tuple[Any, ...]:
    """The work arrays whose size hangs on the plan: queues, balances, and who stands and is open where."""
    queues, lines = tables.capacity.shape[0], tables.capacity.shape[0] * tables.orders
    return (
        np.empty(lines * tables.buckets, dtype=np.uint32),
        np.empty(lines * tables.buckets, dtype=np.uint32),
        np.empty(lines * tables.bit_words, dtype=np.uint64),
        np.empty(lines * tables.top_words, dtype=np.uint64),
        np.empty(queues, dtype=np.int64),
        np.empty(tables.salts.size + 1, dtype=np.int64),
        np.empty((tables.targets.size, tables.days - tables.first_bucket), dtype=np.int32),
        np.empty(tables.targets.size, dtype=np.int64),
    )


def run_into(sums: Sums, at: int, runner: Runner | None, plan: Plan, key: int) -> None:
    """One replication into one place of the sums, on whichever engine there is."""
    if runner is not None:
        runner.run(key, sums.one(at))
        return
    for name, table in twin.simulate(plan, key).tables().items():
        sums.one(at)[name][...] = table[0]


def runner_for(plan: Plan, *, compiled: bool = True) -> Runner | None:
    """The compiled runner, or nothing where the twin must do."""
    return Runner(plan) if compiled and simulating is not None else None


def simulate(plan: Plan, key: int, *, log_lines: int = 0) -> tuple[Sums, list[Event]]:
    """One replication with its log: for audit, for drawing the flow, for tests."""
    sums, log = empty(plan, 1), np.zeros((log_lines, 6), dtype=np.int32)
    lines = Runner(plan).run(key, sums.one(0), log)
    return sums, [(d, c, p, s, journal.WHAT[w], a) for d, c, p, s, w, a in log[:lines].tolist()]


@cache
def warm_up() -> None:
    """Compile, or load what an earlier process compiled (from `__pycache__`, or NUMBA_CACHE_DIR)."""
    if simulating is not None:
        simulate(planning.template(TINY, 31).middle, 1)
