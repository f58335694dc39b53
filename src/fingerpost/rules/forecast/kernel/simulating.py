# SPDX-License-Identifier: Apache-2.0
"""One replication of a plan, day by day: delays that end and requests that come, then each pool in turn."""

from collections.abc import Callable
from typing import Any

import numpy as np

from fingerpost.rules.forecast.kernel import coming, compiling, counting, delays, going, serving
from fingerpost.rules.forecast.kernel.arrays import NOBODY, WORDS, Log, Out, Tables, Work
from fingerpost.rules.forecast.kernel.compiling import Whole, part

Simulate = Callable[[Any, Tables, Work, Out, Log], int]


@part
def _clear(w: Work) -> None:
    w.wheel[:] = NOBODY
    w.bits[:] = 0
    w.tops[:] = 0
    w.balances[:] = 0
    w.standing[:] = 0
    w.by_clock[:] = 0
    w.oldest[:] = w.by_clock.shape[1] - 1


def _made(stamp: Whole) -> Simulate:
    """The routine; `stamp` is part of the name under which Numba keeps it."""

    @compiling.whole
    def simulate(key: Any, t: Tables, w: Work, out: Out, log: Log) -> Whole:
        """Run one replication; gives the number of cases, or minus the room needed when there is too little."""
        cases = t.live.shape[0] + 0 * stamp
        if cases * WORDS > w.words.size:
            return -cases
        _clear(w)
        coming.open_cases(t, w, key)
        for day in range(t.days):
            month = np.int64(t.month_of[day])
            ended = delays.ending(w, day)
            known, cases = cases, coming.requests(t, w, out, key, day, month, ended, cases)
            if cases < 0:
                return cases
            for at in range(ended + cases - known):
                going.go_on(t, w, out, log, np.int64(w.todo[at]), at < ended, day, month)
            for queue in range(t.capacity.shape[0]):
                serving.serve(t, w, out, log, queue, day, month)
            if t.month_ends[month] == day:
                counting.month_end(t, w, out, day, month)
        counting.horizon(t, w, out, cases)
        return cases

    return simulate


simulate = _made(compiling.stamp())
