# SPDX-License-Identifier: Apache-2.0
"""Who is there: the cases open on the first day, and the requests of each day."""

import numpy as np

from fingerpost.rules.forecast.kernel import counting, delays, queues
from fingerpost.rules.forecast.kernel.arrays import (
    CLOCK_DAY,
    DISTRICT,
    ENTRIES,
    FLAGS,
    KEY,
    NUMBERS,
    OCTETS,
    ROW,
    STEP,
    TO_MEET,
    VISIT,
    WATCHED,
    WORDS,
    Out,
    Tables,
    Work,
)  # fmt: skip
from fingerpost.rules.forecast.kernel.compiling import Whole, part
from fingerpost.rules.forecast.kernel.numbers import (
    AGAIN,
    CASE,
    ODD,
    U11,
    U16,
    U20,
    U32,
    block,
    drawn_for,
    field,
    mix,
)  # fmt: skip
from fingerpost.rules.forecast.plan import (
    COUNT,
    DAYS,
    EXCEPTED,
    LIVE_CLOCK,
    LIVE_DISTRICT,
    LIVE_FLAGS,
    LIVE_MILESTONE,
    LIVE_TOKENS,
    OP,
    TOKEN_CASE,
    TOKEN_JOINED,
    TOKEN_SLOT,
    TOKEN_STARTED,
    TOKEN_STEP,
    WORK,
)  # fmt: skip

MOST_A_DAY = 4096


@part
def open_cases(t: Tables, w: Work, key: Whole) -> None:
    """The cases that are open on the first day, and where each of them stands."""
    for case in range(t.live.shape[0]):
        at = case * OCTETS
        w.words[case * WORDS + KEY] = mix(key + t.live_uid[case] * ODD)
        w.numbers[case * NUMBERS + CLOCK_DAY] = t.live[case, LIVE_CLOCK]
        w.octets[at + DISTRICT] = t.live[case, LIVE_DISTRICT]
        w.octets[at + VISIT] = 0
        w.octets[at + FLAGS] = t.live[case, LIVE_FLAGS]
        w.octets[at + WATCHED] = t.live[case, LIVE_MILESTONE]
        w.octets[at + TO_MEET] = t.live[case, LIVE_TOKENS]
        counting.opens(t, w, case)
    for line in range(t.live_tokens.shape[0]):
        _open_token(t, w, line)


@part
def _open_token(t: Tables, w: Work, line: Whole) -> None:
    case, place = np.int64(t.live_tokens[line, TOKEN_CASE]), np.int64(t.live_tokens[line, TOKEN_SLOT])
    step, joined = np.int64(t.live_tokens[line, TOKEN_STEP]), np.int64(t.live_tokens[line, TOKEN_JOINED])
    token, works = case * 4 + place, t.steps[step * ROW + OP] == WORK
    w.octets[case * OCTETS + STEP + place] = step
    w.standing[step] += 1
    if place == 0:
        w.standing[t.salts.size] += t.steps[step * ROW + COUNT]
    if works and t.live_tokens[line, TOKEN_STARTED] == 0:
        queues.put(t, w, token, step, joined)
    else:
        drawn = drawn_for(t, w, case, step)
        if works:
            drawn = drawn >> U16
        delays.rest(t, w, token, _left(t, np.int64(t.steps[step * ROW + DAYS]), field(drawn), -joined))


@part
def _left(t: Tables, table: Whole, number: Whole, elapsed: Whole) -> Whole:
    """Days left of a delay that has run for some days: drawn from what is longer than that."""
    longer = ENTRIES - _not_longer(t, table * ENTRIES, elapsed)
    if longer == 0:
        return np.int64(1)
    return np.int64(t.spans[(table + 1) * ENTRIES - longer + ((number * longer) >> 16)]) - elapsed


@part
def _not_longer(t: Tables, first: Whole, elapsed: Whole) -> Whole:
    """How many of a table's entries, which rise, are no longer than this."""
    low, high = 0, ENTRIES
    while low < high:
        middle = (low + high) >> 1
        if t.spans[first + middle] > elapsed:
            high = middle
        else:
            low = middle + 1
    return low


@part
def requests(
    t: Tables, w: Work, out: Out, key: Whole, day: Whole, month: Whole, found: Whole, cases: Whole
) -> Whole:
    """Today's requests join the list and the cases; gives the number of cases, or minus the room they need."""
    ordinal = np.uint64(t.first_ordinal + day)
    for stream in range(t.rates.shape[0]):
        if t.rates[stream, day] <= 0.0:
            continue
        come = _poisson(t, stream, day, block(key, t.stream_salt[stream], ordinal))
        if (cases + come) * WORDS > w.words.size:
            return -(cases + come)
        for nth in range(come):
            uid = t.stream_salt[stream] + ((ordinal << U20) + np.uint64(nth)) * AGAIN
            district = _request(t, w, stream, cases, mix(key + uid * ODD), day)
            out.arrived[stream, month, district] += 1
            w.todo[found] = cases * 4
            found += 1
            cases += 1
    return cases


@part
def _poisson(t: Tables, stream: Whole, day: Whole, drawn: Whole) -> Whole:
    """How many come: by inversion of one number, so that a higher rate only adds cases."""
    number = np.float64(drawn >> U11) * 2.0**-53
    share = t.none_come[stream, day]
    total, come = share, 0
    while number >= total and come < MOST_A_DAY:
        come += 1
        share *= t.rates[stream, day] / come
        total += share
    return come


@part
def _request(t: Tables, w: Work, stream: Whole, case: Whole, key: Whole, day: Whole) -> Whole:
    """A new case; gives its district."""
    drawn = block(key, CASE, 0)
    number, district, band = field(drawn), 0, 0
    while number >= t.district_ends[district]:
        district += 1
    number = field(drawn >> U16)
    while band < t.band_ends.size and number >= t.band_ends[band]:
        band += 1
    if field(drawn >> U32) < t.excepted[stream]:
        band += EXCEPTED
    at = case * OCTETS
    w.words[case * WORDS + KEY] = key
    w.numbers[case * NUMBERS + CLOCK_DAY] = day
    w.octets[at + STEP] = t.stream_step[stream]
    w.octets[at + TO_MEET] = 0
    w.octets[at + DISTRICT] = district
    w.octets[at + VISIT] = 0
    w.octets[at + FLAGS] = band
    w.octets[at + WATCHED] = t.stream_milestone[stream]
    counting.opens(t, w, case)
    return district
