# SPDX-License-Identifier: Apache-2.0
"""A pool's day: its minutes come, whoever is first in order is started while there are any, what is over is lost."""

import numpy as np

from fingerpost.rules.forecast.kernel import counting, delays, journal, queues
from fingerpost.rules.forecast.kernel.arrays import LINK, NUMBERS, OCTETS, ROW, STEP, Log, Out, Tables, Work
from fingerpost.rules.forecast.kernel.compiling import Whole, part
from fingerpost.rules.forecast.kernel.numbers import U16, drawn_for, field, span
from fingerpost.rules.forecast.plan import DAYS, DUE, HOURS
from fingerpost.rules.forecast.sums import LOST, OFFERED, USED


@part
def serve(t: Tables, w: Work, out: Out, log: Log, queue: Whole, day: Whole, month: Whole) -> None:
    """One queue on one day; a balance below zero is paid tomorrow."""
    pool, offered = np.int64(t.pool_of_queue[queue]), np.int64(t.capacity[queue, day])
    balance = before = w.balances[queue] + offered
    order = 0
    while balance > 0 and order < t.orders:
        line = queue * t.orders + order
        bucket = queues.first_bucket(t, w, line)
        if bucket < 0:
            order += 1
        else:
            balance = _work_off(t, w, out, log, pool, line, bucket, balance, day, month)
    out.minutes[pool, month, OFFERED] += offered
    out.minutes[pool, month, USED] += before - balance
    out.minutes[pool, month, LOST] += max(balance, 0)
    w.balances[queue] = min(balance, 0)


@part
def _work_off(
    t: Tables,
    w: Work,
    out: Out,
    log: Log,
    pool: Whole,
    line: Whole,
    bucket: Whole,
    balance: Whole,
    day: Whole,
    month: Whole,
) -> Whole:
    """Start those of one bucket, in order, while there are minutes; gives what is left of them."""
    slot = line * t.buckets + bucket
    token, last = np.int64(w.heads[slot]), np.int64(w.tails[slot])
    empty = False
    while balance > 0 and not empty:
        after = np.int64(w.links[(token >> 2) * NUMBERS + LINK + (token & 3)])
        balance -= _start(t, w, out, log, pool, token, day, month)
        empty = token == last
        token = after
    if empty:
        queues.emptied(t, w, line, bucket)
    else:
        w.heads[slot] = token
    return balance


@part
def _start(
    t: Tables, w: Work, out: Out, log: Log, pool: Whole, token: Whole, day: Whole, month: Whole
) -> Whole:
    """Start one task; gives the minutes it takes."""
    case = token >> 2
    step = np.int64(w.octets[case * OCTETS + STEP + (token & 3)])
    row, drawn = step * ROW, drawn_for(t, w, case, step)
    taken = span(t, t.steps[row + HOURS], field(drawn))
    days = span(t, t.steps[row + DAYS], field(drawn >> U16))
    counting.waited(t, w, out, token, pool, np.int64(t.steps[row + DUE]), month)
    delays.rest(t, w, token, day + days)
    journal.note(log, day, token, step, journal.STARTED, taken)
    return taken
