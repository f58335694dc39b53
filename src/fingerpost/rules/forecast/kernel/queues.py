# SPDX-License-Identifier: Apache-2.0
"""Queues: buckets by priority day, first in first out inside a bucket, two levels of bits to find the first."""

import numpy as np

from fingerpost.rules.forecast.kernel.arrays import (
    CLOCK_DAY,
    DISTRICT,
    FLAGS,
    JOINED_DAY,
    LINK,
    NUMBERS,
    OCTETS,
    ROW,
    STEP,
    Tables,
    Work,
)  # fmt: skip
from fingerpost.rules.forecast.kernel.compiling import Whole, lowest, part
from fingerpost.rules.forecast.kernel.numbers import ONE
from fingerpost.rules.forecast.plan import DUE, EXCEPTED, POOL, RULE_NUMBERS

_FIRST_JOINED, _OLDEST_FIRST = RULE_NUMBERS["first_joined"], RULE_NUMBERS["oldest_first"]
_WEIGHTED_DUE = RULE_NUMBERS["weighted_due"]


@part
def put(t: Tables, w: Work, token: Whole, step: Whole, day: Whole) -> None:
    """The token joins the queue of its pool, behind everybody with the same priority day."""
    case, place = token >> 2, token & 3
    pool = np.int64(t.steps[step * ROW + POOL])
    w.octets[case * OCTETS + STEP + place] = step
    w.numbers[case * NUMBERS + JOINED_DAY + place] = day
    band = np.int64(w.octets[case * OCTETS + FLAGS]) & (EXCEPTED - 1)
    bucket = _priority(t, w, case, step, pool, band, day) - t.first_bucket
    district = np.int64(w.octets[case * OCTETS + DISTRICT])
    queue = np.int64(t.queue_of[pool * t.district_ends.size + district])
    line = queue * t.orders + t.band_order[band]
    slot, word = line * t.buckets + bucket, line * t.bit_words + (bucket >> 6)
    mask = ONE << np.uint64(bucket & 63)
    if w.bits[word] & mask:
        last = np.int64(w.tails[slot])
        w.links[(last >> 2) * NUMBERS + LINK + (last & 3)] = token
    else:
        w.bits[word] |= mask
        w.tops[line * t.top_words + (bucket >> 12)] |= ONE << np.uint64((bucket >> 6) & 63)
        w.heads[slot] = token
    w.tails[slot] = token


@part
def _priority(t: Tables, w: Work, case: Whole, step: Whole, pool: Whole, band: Whole, day: Whole) -> Whole:
    """The day by which the rule of the pool orders the case."""
    rule = t.pool_rule[pool]
    if rule == _FIRST_JOINED:
        return np.int64(day)
    clock = np.int64(w.numbers[case * NUMBERS + CLOCK_DAY])
    if rule == _OLDEST_FIRST:
        return clock
    due = clock + t.steps[step * ROW + DUE]
    return due - t.band_weight[band] if rule == _WEIGHTED_DUE else due


@part
def first_bucket(t: Tables, w: Work, line: Whole) -> Whole:
    """The first bucket of a queue in which someone waits, or -1."""
    for top in range(t.top_words):
        word = w.tops[line * t.top_words + top]
        if word != 0:
            at = top * 64 + np.int64(lowest(word))
            return at * 64 + np.int64(lowest(w.bits[line * t.bit_words + at]))
    return np.int64(-1)


@part
def emptied(t: Tables, w: Work, line: Whole, bucket: Whole) -> None:
    """Nobody waits in this bucket any more."""
    word = line * t.bit_words + (bucket >> 6)
    w.bits[word] &= ~(ONE << np.uint64(bucket & 63))
    if w.bits[word] == 0:
        w.tops[line * t.top_words + (bucket >> 12)] &= ~(ONE << np.uint64((bucket >> 6) & 63))
