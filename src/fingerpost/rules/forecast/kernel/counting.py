# SPDX-License-Identifier: Apache-2.0
"""Who is open and who waits on the last day of each month; most cases are looked at once, when they leave."""

import numpy as np

from fingerpost.rules.forecast.kernel.arrays import (
    CLOCK_DAY,
    DISTRICT,
    JOINED_DAY,
    LINK,
    NUMBERS,
    OCTETS,
    ROW,
    STEP,
    WATCHED,
    Out,
    Tables,
    Work,
)  # fmt: skip
from fingerpost.rules.forecast.kernel.compiling import Whole, lowest, part
from fingerpost.rules.forecast.kernel.numbers import ONE
from fingerpost.rules.forecast.plan import DUE, NONE
from fingerpost.rules.forecast.sums import BIN_DAYS, BINS, OPEN, OPEN_LATE, WAITED, WAITING, WAITING_LATE

_LONG_AGO = np.int64(-(1 << 40))


@part
def opens(t: Tables, w: Work, case: Whole) -> None:
    """A case is open for a milestone from its clock day on."""
    watched = np.int64(w.octets[case * OCTETS + WATCHED])
    if watched != NONE:
        clock = np.int64(w.numbers[case * NUMBERS + CLOCK_DAY]) - t.first_bucket
        w.by_clock[watched, clock] += 1
        w.oldest[watched] = min(w.oldest[watched], clock)


@part
def closes(t: Tables, w: Work, out: Out, case: Whole, month: Whole) -> None:
    """The case is no longer open: note the first month end it was open on, and the first it was late on."""
    watched = np.int64(w.octets[case * OCTETS + WATCHED])
    if watched == NONE:
        return
    clock = np.int64(w.numbers[case * NUMBERS + CLOCK_DAY])
    w.by_clock[watched, clock - t.first_bucket] -= 1
    w.octets[case * OCTETS + WATCHED] = NONE
    district = np.int64(w.octets[case * OCTETS + DISTRICT])
    _between(out, watched, np.int64(t.month_of[max(clock, 0)]), month, district, OPEN)
    late_on = max(clock + t.targets[watched] + 1, 0)
    if late_on < t.month_of.size:
        _between(out, watched, np.int64(t.month_of[late_on]), month, district, OPEN_LATE)


@part
def _between(out: Out, watched: Whole, since: Whole, month: Whole, district: Whole, column: Whole) -> None:
    """One more at `since`, one fewer at `month`; sums are taken at the end."""
    if since < month:
        out.open[watched, since, district, column] += 1
        if month < out.open.shape[1]:
            out.open[watched, month, district, column] -= 1


@part
def waited(t: Tables, w: Work, out: Out, token: Whole, pool: Whole, due: Whole, month: Whole) -> None:
    """The token leaves its queue in this month: count the month ends it waited on."""
    case = token >> 2
    joined = np.int64(w.numbers[case * NUMBERS + JOINED_DAY + (token & 3)])
    last_end = np.int64(t.month_ends[month - 1]) if month > 0 else _LONG_AGO
    if joined <= last_end:
        district = np.int64(w.octets[case * OCTETS + DISTRICT])
        late_after = np.int64(w.numbers[case * NUMBERS + CLOCK_DAY]) + due
        for at in range(np.int64(t.month_of[max(joined, 0)]), month):
            end = np.int64(t.month_ends[at])
            out.waiting[pool, at, district, WAITING] += 1
            if due > 0 and end > late_after:
                out.waiting[pool, at, district, WAITING_LATE] += 1
            out.waiting[pool, at, district, WAITED] += end - joined
            out.waiting_ages[pool, at, min((end - joined) // BIN_DAYS, BINS - 1)] += 1


@part
def month_end(t: Tables, w: Work, out: Out, day: Whole, month: Whole) -> None:
    """The last day of a month: how old the open cases are, and who stands where."""
    today = day - t.first_bucket
    for milestone in range(t.targets.size):
        while w.oldest[milestone] < today and w.by_clock[milestone, w.oldest[milestone]] == 0:
            w.oldest[milestone] += 1
        for clock in range(w.oldest[milestone], today + 1):
            out.open_ages[milestone, month, min((today - clock) // BIN_DAYS, BINS - 1)] += w.by_clock[
                milestone, clock
            ]
    for step in range(t.salts.size + 1):
        out.standing[month, step] = w.standing[step]


@part
def horizon(t: Tables, w: Work, out: Out, cases: Whole) -> None:
    """The end: whoever still waits or is open is counted up to the last day."""
    months = t.month_ends.size
    for queue in range(t.capacity.shape[0]):
        for order in range(t.orders):
            _still_waiting(t, w, out, queue, queue * t.orders + order)
    for case in range(cases):
        closes(t, w, out, case, months)
    for milestone in range(t.targets.size):
        for at in range(1, months):
            for district in range(out.open.shape[2]):
                for column in range(2):
                    out.open[milestone, at, district, column] += out.open[milestone, at - 1, district, column]


@part
def _still_waiting(t: Tables, w: Work, out: Out, queue: Whole, line: Whole) -> None:
    for at in range(t.bit_words):
        word = w.bits[line * t.bit_words + at]
        while word != 0:
            slot = line * t.buckets + at * 64 + np.int64(lowest(word))
            word &= word - ONE
            token, last = np.int64(w.heads[slot]), np.int64(w.tails[slot])
            while True:
                step = np.int64(w.octets[(token >> 2) * OCTETS + STEP + (token & 3)])
                due = np.int64(t.steps[step * ROW + DUE])
                waited(t, w, out, token, np.int64(t.pool_of_queue[queue]), due, t.month_ends.size)
                if token == last:
                    break
                token = np.int64(w.links[(token >> 2) * NUMBERS + LINK + (token & 3)])
