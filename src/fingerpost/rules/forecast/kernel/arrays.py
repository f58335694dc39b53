# SPDX-License-Identifier: Apache-2.0
"""What the engine reads, works in and writes: flat arrays of whole numbers, in three bundles.

A case is a record of 64 bytes, one line of the processor's cache, seen through four views: words of 8 bytes,
numbers and links of 4 bytes (signed and not), octets of one. A token is case x 4 + place: a case has up to three
tokens, the branches of a fork, which are at places 0 to 2.
"""

from typing import Any, NamedTuple

import numpy as np

from fingerpost.rules.forecast.plan import Ints, Plan, Reals, Words

# Where things stand in the record of a case, counted in the units of its view.
KEY = 0  # words
LINK, CLOCK_DAY, JOINED_DAY = 2, 5, 6  # numbers and links; one link and one day joined for each place
STEP, TO_MEET, DISTRICT, VISIT, FLAGS, WATCHED = 36, 39, 40, 41, 42, 43  # octets; one step for each place
WORDS, NUMBERS, OCTETS = 8, 16, 64  # in a record
ROW = 16  # numbers in a row of the step table: again one line of the cache
ENTRIES = 1024  # of a table of hours or days
NOBODY = 0xFFFFFFFF  # the end of a list of tokens


class Tables(NamedTuple):
    """A plan, laid flat."""

    days: int
    first_ordinal: int
    steps: Any  # row x ROW
    salts: Words
    spans: Any  # table x ENTRIES
    capacity: Ints
    pool_of_queue: Any
    queue_of: Any  # pool x district
    pool_rule: Ints
    rates: Reals
    none_come: Reals
    stream_salt: Words
    stream_step: Any
    stream_milestone: Any
    excepted: Ints
    district_ends: Ints
    band_ends: Ints
    band_order: Any
    band_weight: Ints
    live: Ints
    live_uid: Words
    live_tokens: Ints
    month_of: Any
    month_ends: Ints
    targets: Ints
    first_bucket: int
    buckets: int
    orders: int
    bit_words: int  # words of bits for the buckets of one queue
    top_words: int  # words of bits for those words


class Work(NamedTuple):
    """What one thread writes in and nobody else sees."""

    words: Any
    links: Any
    numbers: Any
    octets: Any
    wheel: Any  # day -> the first token whose delay ends then
    seen: Any  # one bit a token
    seen_tops: Any  # one bit a word of those
    todo: Any
    heads: Any  # bucket -> first and last token that wait in it
    tails: Any
    bits: Any  # one bit a bucket in which somebody waits
    tops: Any
    balances: Any
    standing: Any
    by_clock: Any  # milestone x clock day: open cases
    oldest: Any


class Out(NamedTuple):
    """The sums, in the order of the fields of `Sums`."""

    marks: Any
    mark_ages: Any
    open: Any
    open_ages: Any
    waiting: Any
    waiting_ages: Any
    minutes: Any
    arrived: Any
    ended: Any
    standing: Any


class Log(NamedTuple):
    """Lines of (day, case, place, step, what, amount), and how many there are; no lines: no log."""

    lines: Ints
    count: Any


def tables(plan: Plan) -> Tables:
    """The plan as the engine reads it."""
    steps = np.zeros((len(plan.steps), ROW), dtype=np.int32)
    steps[:, : plan.steps.shape[1]] = plan.steps
    pool_of = np.zeros(plan.capacity.shape[0], dtype=np.int32)
    for pool, row in enumerate(plan.queue_of):
        pool_of[row] = pool
    bit_words = (plan.buckets + 63) // 64
    return Tables(
        plan.days,
        plan.first_ordinal,
        _unsigned(steps),
        plan.salts,
        _unsigned(plan.spans),
        plan.capacity,
        _unsigned(pool_of),
        _unsigned(plan.queue_of),
        plan.pool_rule,
        plan.rates,
        plan.none_come,
        plan.stream_salt,
        _unsigned(plan.stream_step),
        _unsigned(plan.stream_milestone),
        plan.excepted,
        plan.district_ends,
        plan.band_ends,
        _unsigned(plan.band_order),
        plan.band_weight,
        plan.live,
        plan.live_uid,
        plan.tokens,
        _unsigned(plan.month_of),
        plan.month_ends,
        np.array(plan.names.targets, dtype=np.int32),
        plan.first_bucket,
        plan.buckets,
        int(plan.band_order.max(initial=0)) + 1,
        bit_words,
        (bit_words + 63) // 64,
    )


def _unsigned(table: Ints) -> Any:
    """As numbers that are never negative, so that no index has to be looked at for its sign."""
    return table.view(np.uint32).ravel()
