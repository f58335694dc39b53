# SPDX-License-Identifier: Apache-2.0
"""Delays: a wheel with one list of tokens for each day, read in order of case through a set of bits."""

import numpy as np

from fingerpost.rules.forecast.kernel.arrays import LINK, NOBODY, NUMBERS, Tables, Work
from fingerpost.rules.forecast.kernel.compiling import Whole, lowest, part
from fingerpost.rules.forecast.kernel.numbers import ONE


@part
def rest(t: Tables, w: Work, token: Whole, until: Whole) -> None:
    """The token goes on on that day, if the horizon has it."""
    if until < t.days:
        w.links[(token >> 2) * NUMBERS + LINK + (token & 3)] = w.wheel[until]
        w.wheel[until] = token


@part
def ending(w: Work, day: Whole) -> Whole:
    """Put the tokens whose delay ends today on the list, in order of case; gives how many there are."""
    token, found = np.int64(w.wheel[day]), 0
    if token == NOBODY:
        return found
    low: Whole = np.int64(1 << 40)
    high: Whole = np.int64(-1)
    while token != NOBODY:
        word = token >> 6
        top = word >> 6
        w.seen[word] |= ONE << np.uint64(token & 63)
        w.seen_tops[top] |= ONE << np.uint64(word & 63)
        low = min(low, top)
        high = max(high, top)
        token = np.int64(w.links[(token >> 2) * NUMBERS + LINK + (token & 3)])
    for upper in range(low, high + 1):
        found = _listed(w, upper, found)
    return found


@part
def _listed(w: Work, top: Whole, found: Whole) -> Whole:
    """The tokens under one word of the upper level, in order; their bits are cleared."""
    upper = w.seen_tops[top]
    w.seen_tops[top] = 0
    while upper != 0:
        word = top * 64 + np.int64(lowest(upper))
        upper &= upper - ONE
        lower = w.seen[word]
        w.seen[word] = 0
        while lower != 0:
            w.todo[found] = word * 64 + np.int64(lowest(lower))
            found += 1
            lower &= lower - ONE
    return found
