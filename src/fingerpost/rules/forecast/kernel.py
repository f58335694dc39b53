# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR0912, PLR0915, PLR0917
# mypy: disable-error-code="no-untyped-def,assignment,call-arg"
"""The compiled engine: one replication of a plan, day by day, over whole numbers only.

One file on purpose: Numba's cache looks at this file alone, so that nothing compiled can outlive a change elsewhere.
A case is a record of 64 bytes, one line of the processor's cache, seen through three views:
words of 8 bytes (0: key), numbers of 4 bytes (2-4: links, 5: clock, 6-8: day joined) and bytes (36-38: steps,
39: branches to meet, 40: district, 41: visit, 42: flags, 43: milestone it is open for).
A token is case x 4 + place: a case has up to three tokens, the branches of a fork.
"""

from typing import Any

import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from fingerpost.rules.forecast.chance import salt

WORK, DELAY, BRANCH, FORK, JOIN, MARK, CLOCK, END = 0, 1, 2, 3, 4, 5, 6, 7
OP, POOL, HOURS, DAYS, DUE, SHARE, NEXT, OTHER, THIRD, COUNT, MILESTONE, TARGET = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
)
NONE, EXCEPTED, BINS, BIN_DAYS, MOST_A_DAY = 255, 128, 80, 14, 4096
NOBODY = 0xFFFFFFFF  # the end of a list of tokens
JOINED, STARTED, MARKED, RESTARTED, LEFT = 0, 1, 2, 3, 4  # what a line of the log tells

_ODD, _VISIT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1342543DE82EF95)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_U30, _U27, _U31, _U11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_U16, _U20, _U32, _FIELD = np.uint64(16), np.uint64(20), np.uint64(32), np.uint64(0xFFFF)
_ONE = np.uint64(1)
_CASE = np.uint64(salt("case"))


@intrinsic
def _lowest(_context: Any, _word: Any) -> Any:
    """The place of the lowest bit that is set: one instruction."""

    def generate(_c: Any, builder: Any, _s: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], cgutils.true_bit)

    return types.uint64(types.uint64), generate


@njit(cache=True, inline="always")
def _mix(number):
    number = (number ^ (number >> _U30)) * _FIRST
    number = (number ^ (number >> _U27)) * _SECOND
    return number ^ (number >> _U31)


@njit(cache=True, inline="always")
def _block(key, step, visit):
    return _mix(key + step + np.uint64(visit) * _VISIT)


@njit(cache=True, inline="always")
def _opens(by_clock, oldest, watched, clock):
    """A case is open for a milestone from its clock day on."""
    if watched != NONE:
        by_clock[watched, clock] += 1
        oldest[watched] = min(oldest[watched], clock)


@njit(cache=True, inline="always")
def _closes(numbers, octets, case, month, first_day, month_of, targets, by_clock, open_counts):
    """The case is no longer open: note the first month end it was open on, and the first it was late on."""
    watched = np.int64(octets[case * 64 + 43])
    if watched != NONE:
        clock = np.int64(numbers[case * 16 + 5])
        by_clock[watched, clock - first_day] -= 1
        district = np.int64(octets[case * 64 + 40])
        since = np.int64(month_of[max(clock, 0)])
        if since < month:
            open_counts[watched, since, district, 0] += 1
            if month < open_counts.shape[1]:
                open_counts[watched, month, district, 0] -= 1
            late_on = max(clock + targets[watched] + 1, 0)
            if late_on < month_of.size and month_of[late_on] < month:
                open_counts[watched, np.int64(month_of[late_on]), district, 1] += 1
                if month < open_counts.shape[1]:
                    open_counts[watched, month, district, 1] -= 1


@njit(cache=True, inline="always")
def _count_waited(
    numbers, octets, token, month, last_end, pool, due, month_of, month_ends, out_waiting, out_ages
):
    """The token leaves its queue: count the month ends it waited on."""
    case = token >> 2
    joined = np.int64(numbers[case * 16 + 6 + (token & 3)])
    if joined <= last_end:
        district = np.int64(octets[case * 64 + 40])
        late_after = np.int64(numbers[case * 16 + 5]) + due
        for at in range(np.int64(month_of[max(joined, 0)]), month):
            end = np.int64(month_ends[at])
            out_waiting[pool, at, district, 0] += 1
            if due > 0 and end > late_after:
                out_waiting[pool, at, district, 1] += 1
            out_waiting[pool, at, district, 2] += end - joined
            out_ages[pool, at, min((end - joined) // BIN_DAYS, BINS - 1)] += 1


@njit(cache=True, inline="always")
def _first_queue_slot(bits, tops, base_bits, base_tops, top_words):
    """The first bucket of a queue in which someone waits, or -1: two levels of bits."""
    for top in range(top_words):
        word = tops[base_tops + top]
        if word != 0:
            at = top * 64 + np.int64(_lowest(word))
            return at * 64 + np.int64(_lowest(bits[base_bits + at]))
    return np.int64(-1)


# Without reference counts: nothing is allocated in here, and counting the arrays up and down took a third of the time.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "boundscheck": False, "_nrt": False}


@njit(**_OPTIONS)
def simulate(
    key,
    days,
    first_ordinal,
    steps,
    salts,
    spans,
    capacity,
    pool_of_queue,
    queue_of,
    pool_rule,
    rates,
    none_come,
    stream_salt,
    stream_step,
    stream_milestone,
    excepted,
    district_ends,
    band_ends,
    band_order,
    band_weight,
    live,
    live_uid,
    live_tokens,
    month_of,
    month_ends,
    targets,
    first_bucket,
    buckets,
    orders,
    words,
    links,
    numbers,
    octets,
    wheel,
    seen,
    seen_tops,
    todo,
    heads,
    tails,
    bits,
    tops,
    balances,
    standing,
    by_clock,
    oldest,
    marks,
    mark_ages,
    open_counts,
    open_ages,
    waiting,
    waiting_ages,
    minutes,
    arrived,
    ended,
    standings,
    log,
    logged,
):
    """Run one replication; gives the number of cases, or minus the room needed when there is too little."""
    room = words.size // 8
    cases = live.shape[0]
    queues = capacity.shape[0]
    n_steps = salts.size
    bit_words = (buckets + 63) // 64
    top_words = (bit_words + 63) // 64
    logging = log.shape[0] > 0
    lines = 0
    if cases > room:
        return -cases
    wheel[:] = NOBODY
    bits[:] = 0
    tops[:] = 0
    balances[:] = 0
    standing[:] = 0
    by_clock[:] = 0
    oldest[:] = by_clock.shape[1] - 1
    months = month_ends.size
    horizon = days

    # ---- the cases that are open on the first day
    for case in range(cases):
        at = case * 16
        words[case * 8] = _mix(key + live_uid[case] * _ODD)
        numbers[at + 5] = live[case, 0]
        octets[case * 64 + 40] = live[case, 1]
        octets[case * 64 + 41] = 0
        octets[case * 64 + 42] = live[case, 2]
        octets[case * 64 + 43] = live[case, 3]
        octets[case * 64 + 39] = live[case, 4]
        _opens(by_clock, oldest, np.int64(live[case, 3]), np.int64(live[case, 0]) - first_bucket)
    for line in range(live_tokens.shape[0]):
        case = np.int64(live_tokens[line, 0])
        place = np.int64(live_tokens[line, 1])
        step = np.int64(live_tokens[line, 2])
        day = np.int64(live_tokens[line, 3])
        token = case * 4 + place
        octets[case * 64 + 36 + place] = step
        standing[step] += 1
        if place == 0:
            standing[n_steps] += steps[step * 16 + COUNT]
        if steps[step * 16 + OP] == WORK and live_tokens[line, 4] == 0:
            pool = np.int64(steps[step * 16 + POOL])
            numbers[case * 16 + 6 + place] = day
            band = np.int64(octets[case * 64 + 42]) & 127
            rule = pool_rule[pool]
            if rule == 0:
                bucket = day
            elif rule == 1:
                bucket = np.int64(numbers[case * 16 + 5])
            else:
                bucket = np.int64(numbers[case * 16 + 5]) + steps[step * 16 + DUE]
                if rule == 3:
                    bucket -= band_weight[band]
            queue = (
                np.int64(queue_of[pool * district_ends.size + np.int64(octets[case * 64 + 40])]) * orders
                + band_order[band]
            )
            bucket -= first_bucket
            slot = queue * buckets + bucket
            word = queue * bit_words + (bucket >> 6)
            mask = _ONE << np.uint64(bucket & 63)
            if bits[word] & mask:
                last = np.int64(tails[slot])
                links[(last >> 2) * 16 + 2 + (last & 3)] = token
            else:
                bits[word] |= mask
                tops[queue * top_words + (bucket >> 12)] |= _ONE << np.uint64((bucket >> 6) & 63)
                heads[slot] = token
            tails[slot] = token
        else:
            drawn = _block(words[case * 8], salts[step], 0)
            if steps[step * 16 + OP] == WORK:
                drawn = drawn >> _U16
            row = np.int64(steps[step * 16 + DAYS])
            longer = 0
            for entry in range(1024):
                if spans[row * 1024 + entry] > -day:
                    longer += 1
            until = np.int64(1)
            if longer > 0:
                until = spans[row * 1024 + 1024 - longer + ((np.int64(drawn & _FIELD) * longer) >> 16)] + day
            if until < days:
                links[case * 16 + 2 + place] = wheel[until]
                wheel[until] = token

    for day in range(days):
        month = np.int64(month_of[day])
        last_end = np.int64(month_ends[month - 1]) if month > 0 else np.int64(-(1 << 40))

        # ---- delays that end today, in order of case
        found = 0
        token = np.int64(wheel[day])
        if token != NOBODY:
            low = np.int64(1 << 40)
            high = np.int64(-1)
            while token != NOBODY:
                word = token >> 6
                seen[word] |= _ONE << np.uint64(token & 63)
                top = word >> 6
                seen_tops[top] |= _ONE << np.uint64(word & 63)
                low = min(low, top)
                high = max(high, top)
                token = np.int64(links[(token >> 2) * 16 + 2 + (token & 3)])
            for top in range(low, high + 1):
                upper = seen_tops[top]
                while upper != 0:
                    word = top * 64 + np.int64(_lowest(upper))
                    upper &= upper - _ONE
                    lower = seen[word]
                    while lower != 0:
                        todo[found] = word * 64 + np.int64(_lowest(lower))
                        found += 1
                        lower &= lower - _ONE
                    seen[word] = 0
                seen_tops[top] = 0
        ending = found

        # ---- requests of today
        ordinal = np.uint64(first_ordinal + day)
        for stream in range(rates.shape[0]):
            rate = rates[stream, day]
            if rate <= 0.0:
                continue
            number = np.float64(_block(key, stream_salt[stream], ordinal) >> _U11) * 2.0**-53
            share = none_come[stream, day]
            total = share
            come = 0
            while number >= total and come < MOST_A_DAY:
                come += 1
                share *= rate / come
                total += share
            if cases + come > room:
                return -(cases + come)
            for nth in range(come):
                uid = stream_salt[stream] + ((ordinal << _U20) + np.uint64(nth)) * _VISIT
                case_key = _mix(key + uid * _ODD)
                words[cases * 8] = case_key
                drawn = _block(case_key, _CASE, 0)
                field = np.int64(drawn & _FIELD)
                district = 0
                while field >= district_ends[district]:
                    district += 1
                field = np.int64((drawn >> _U16) & _FIELD)
                band = 0
                while band < band_ends.size and field >= band_ends[band]:
                    band += 1
                if np.int64((drawn >> _U32) & _FIELD) < excepted[stream]:
                    band += EXCEPTED
                numbers[cases * 16 + 5] = day
                at = cases * 64
                octets[at + 36] = stream_step[stream]
                octets[at + 39] = 0
                octets[at + 40] = district
                octets[at + 41] = 0
                octets[at + 42] = band
                octets[at + 43] = stream_milestone[stream]
                _opens(by_clock, oldest, np.int64(stream_milestone[stream]), np.int64(day - first_bucket))
                arrived[stream, month, district] += 1
                todo[found] = cases * 4
                found += 1
                cases += 1

        # ---- each goes on until it rests, meets or leaves
        for at in range(found):
            token = np.int64(todo[at])
            case = token >> 2
            place = token & 3
            step = np.int64(octets[case * 64 + 36 + place])
            case_key = words[case * 8]
            visit = np.int64(octets[case * 64 + 41])
            if at < ending:
                standing[step] -= 1
                step = np.int64(steps[step * 16 + NEXT])
            second = np.int64(-1)
            third = np.int64(-1)
            while True:
                op = steps[step * 16 + OP]
                if op == WORK:
                    pool = np.int64(steps[step * 16 + POOL])
                    octets[case * 64 + 36 + place] = step
                    numbers[case * 16 + 6 + place] = day
                    standing[step] += 1
                    band = np.int64(octets[case * 64 + 42]) & 127
                    rule = pool_rule[pool]
                    if rule == 0:
                        bucket = np.int64(day)
                    elif rule == 1:
                        bucket = np.int64(numbers[case * 16 + 5])
                    else:
                        bucket = np.int64(numbers[case * 16 + 5]) + steps[step * 16 + DUE]
                        if rule == 3:
                            bucket -= band_weight[band]
                    district = np.int64(octets[case * 64 + 40])
                    queue = (
                        np.int64(queue_of[pool * district_ends.size + district]) * orders + band_order[band]
                    )
                    bucket -= first_bucket
                    slot = queue * buckets + bucket
                    word = queue * bit_words + (bucket >> 6)
                    mask = _ONE << np.uint64(bucket & 63)
                    token = case * 4 + place
                    if bits[word] & mask:
                        last = np.int64(tails[slot])
                        links[(last >> 2) * 16 + 2 + (last & 3)] = token
                    else:
                        bits[word] |= mask
                        tops[queue * top_words + (bucket >> 12)] |= _ONE << np.uint64((bucket >> 6) & 63)
                        heads[slot] = token
                    tails[slot] = token
                    if logging and lines < log.shape[0]:
                        log[lines] = (day, case, place, step, JOINED, 0)
                        lines += 1
                elif op == DELAY:
                    octets[case * 64 + 36 + place] = step
                    standing[step] += 1
                    drawn = _block(case_key, salts[step], visit)
                    until = day + np.int64(
                        spans[np.int64(steps[step * 16 + DAYS]) * 1024 + (np.int64(drawn & _FIELD) >> 6)]
                    )
                    if until < days:
                        token = case * 4 + place
                        links[case * 16 + 2 + place] = wheel[until]
                        wheel[until] = token
                elif op == BRANCH:
                    drawn = _block(case_key, salts[step], visit)
                    yes = np.int64(drawn & _FIELD) < steps[step * 16 + SHARE]
                    step = np.int64(steps[step * 16 + NEXT]) if yes else np.int64(steps[step * 16 + OTHER])
                    continue
                elif op == FORK:
                    octets[case * 64 + 39] = steps[step * 16 + COUNT]
                    standing[n_steps] += 1
                    second = np.int64(steps[step * 16 + OTHER])
                    if steps[step * 16 + COUNT] > 2:
                        third = np.int64(steps[step * 16 + THIRD])
                    step = np.int64(steps[step * 16 + NEXT])
                    place = np.int64(0)
                    continue
                elif op == JOIN:
                    left = np.int64(octets[case * 64 + 39]) - 1
                    octets[case * 64 + 39] = left
                    if left <= 0:
                        standing[n_steps] -= 1
                        step = np.int64(steps[step * 16 + NEXT])
                        place = np.int64(0)
                        continue
                elif op == MARK:
                    milestone = np.int64(steps[step * 16 + MILESTONE])
                    target = steps[step * 16 + TARGET]
                    district = np.int64(octets[case * 64 + 40])
                    taken = day - np.int64(numbers[case * 16 + 5])
                    if milestone == octets[case * 64 + 43]:
                        _closes(
                            numbers,
                            octets,
                            case,
                            month,
                            first_bucket,
                            month_of,
                            targets,
                            by_clock,
                            open_counts,
                        )
                        octets[case * 64 + 43] = NONE
                    within = 1 if target == 0 or taken <= target else 0
                    marks[milestone, month, district, 0] += 1
                    marks[milestone, month, district, 1] += within
                    if octets[case * 64 + 42] < EXCEPTED:
                        marks[milestone, month, district, 2] += 1
                        marks[milestone, month, district, 3] += within
                    marks[milestone, month, district, 4] += taken
                    mark_ages[milestone, month, min(taken // BIN_DAYS, BINS - 1)] += 1
                    if logging and lines < log.shape[0]:
                        log[lines] = (day, case, 0, step, MARKED, taken)
                        lines += 1
                    step = np.int64(steps[step * 16 + NEXT])
                    continue
                elif op == CLOCK:
                    _closes(
                        numbers, octets, case, month, first_bucket, month_of, targets, by_clock, open_counts
                    )
                    numbers[case * 16 + 5] = day
                    visit = (visit + 1) & 255
                    octets[case * 64 + 41] = visit
                    octets[case * 64 + 43] = steps[step * 16 + MILESTONE]
                    _opens(
                        by_clock, oldest, np.int64(steps[step * 16 + MILESTONE]), np.int64(day - first_bucket)
                    )
                    if logging and lines < log.shape[0]:
                        log[lines] = (day, case, 0, step, RESTARTED, 0)
                        lines += 1
                    step = np.int64(steps[step * 16 + NEXT])
                    continue
                else:
                    _closes(
                        numbers, octets, case, month, first_bucket, month_of, targets, by_clock, open_counts
                    )
                    octets[case * 64 + 43] = NONE
                    ended[np.int64(steps[step * 16 + OTHER]), month] += 1
                    if logging and lines < log.shape[0]:
                        log[lines] = (day, case, 0, step, LEFT, 0)
                        lines += 1
                if second >= 0:  # the other branches of a fork set out on the same day
                    step, second, place = second, np.int64(-1), np.int64(1)
                elif third >= 0:
                    step, third, place = third, np.int64(-1), np.int64(2)
                else:
                    break

        # ---- each pool takes the first in order while it has minutes
        for queue in range(queues):
            pool = np.int64(pool_of_queue[queue])
            offered = np.int64(capacity[queue, day])
            balance = balances[queue] + offered
            minutes[pool, month, 0] += offered
            used = np.int64(0)
            order = 0
            while balance > 0 and order < orders:
                part = queue * orders + order
                bucket = _first_queue_slot(bits, tops, part * bit_words, part * top_words, top_words)
                if bucket < 0:
                    order += 1
                    continue
                slot = part * buckets + bucket
                token = np.int64(heads[slot])
                last = np.int64(tails[slot])
                empty = False
                while balance > 0 and not empty:
                    case = token >> 2
                    place = token & 3
                    step = np.int64(octets[case * 64 + 36 + place])
                    drawn = _block(words[case * 8], salts[step], octets[case * 64 + 41])
                    taken = np.int64(
                        spans[np.int64(steps[step * 16 + HOURS]) * 1024 + (np.int64(drawn & _FIELD) >> 6)]
                    )
                    until = day + np.int64(
                        spans[
                            np.int64(steps[step * 16 + DAYS]) * 1024
                            + (np.int64((drawn >> _U16) & _FIELD) >> 6)
                        ]
                    )
                    link = case * 16 + 2 + place
                    after = np.int64(links[link])
                    due = np.int64(steps[step * 16 + DUE])
                    _count_waited(
                        numbers,
                        octets,
                        token,
                        month,
                        last_end,
                        pool,
                        due,
                        month_of,
                        month_ends,
                        waiting,
                        waiting_ages,
                    )
                    if until < days:
                        links[link] = wheel[until]
                        wheel[until] = token
                    balance -= taken
                    used += taken
                    if logging and lines < log.shape[0]:
                        log[lines] = (day, case, place, step, STARTED, taken)
                        lines += 1
                    empty = token == last
                    token = after
                if empty:
                    word = part * bit_words + (bucket >> 6)
                    bits[word] &= ~(_ONE << np.uint64(bucket & 63))
                    if bits[word] == 0:
                        tops[part * top_words + (bucket >> 12)] &= ~(_ONE << np.uint64((bucket >> 6) & 63))
                else:
                    heads[slot] = token
            minutes[pool, month, 1] += used
            if balance > 0:
                minutes[pool, month, 2] += balance
                balance = np.int64(0)
            balances[queue] = balance

        if month_ends[month] == day:
            for milestone in range(targets.size):
                while oldest[milestone] < day - first_bucket and by_clock[milestone, oldest[milestone]] == 0:
                    oldest[milestone] += 1
                for clock in range(oldest[milestone], day - first_bucket + 1):
                    age = min((day - first_bucket - clock) // BIN_DAYS, BINS - 1)
                    open_ages[milestone, month, age] += by_clock[milestone, clock]
            for step in range(n_steps + 1):
                standings[month, step] = standing[step]

    # ---- the horizon: whoever still waits or is open is counted up to its last day
    for part in range(queues * orders):
        pool = np.int64(pool_of_queue[part // orders])
        for at in range(bit_words):
            word = bits[part * bit_words + at]
            while word != 0:
                slot = part * buckets + at * 64 + np.int64(_lowest(word))
                word &= word - _ONE
                token = np.int64(heads[slot])
                last = np.int64(tails[slot])
                while True:
                    step = np.int64(octets[(token >> 2) * 64 + 36 + (token & 3)])
                    due = np.int64(steps[step * 16 + DUE])
                    _count_waited(
                        numbers,
                        octets,
                        token,
                        months,
                        horizon,
                        pool,
                        due,
                        month_of,
                        month_ends,
                        waiting,
                        waiting_ages,
                    )
                    if token == last:
                        break
                    token = np.int64(links[(token >> 2) * 16 + 2 + (token & 3)])
    for case in range(cases):
        _closes(numbers, octets, case, months, first_bucket, month_of, targets, by_clock, open_counts)
    for milestone in range(targets.size):
        for at in range(1, months):
            for district in range(open_counts.shape[2]):
                open_counts[milestone, at, district, 0] += open_counts[milestone, at - 1, district, 0]
                open_counts[milestone, at, district, 1] += open_counts[milestone, at - 1, district, 1]
    logged[0] = lines
    return cases
