# SPDX-License-Identifier: Apache-2.0
"""A case goes on through the steps that take no time, until it rests, meets its other branches or leaves."""

import numpy as np

from fingerpost.rules.forecast.kernel import counting, delays, journal, queues
from fingerpost.rules.forecast.kernel.arrays import (
    CLOCK_DAY,
    DISTRICT,
    FLAGS,
    NUMBERS,
    OCTETS,
    ROW,
    STEP,
    TO_MEET,
    VISIT,
    WATCHED,
    Log,
    Out,
    Tables,
    Work,
)  # fmt: skip
from fingerpost.rules.forecast.kernel.compiling import Whole, part
from fingerpost.rules.forecast.kernel.numbers import drawn_for, field, span
from fingerpost.rules.forecast.plan import (
    BRANCH,
    CLOCK,
    COUNT,
    DAYS,
    DELAY,
    EXCEPTED,
    FORK,
    JOIN,
    MARK,
    MILESTONE,
    NEXT,
    OP,
    OTHER,
    SHARE,
    TARGET,
    THIRD,
    WORK,
)  # fmt: skip
from fingerpost.rules.forecast.sums import ALL, BIN_DAYS, BINS, IN_TIME, PLAIN, PLAIN_IN_TIME
from fingerpost.rules.forecast.sums import DAYS as DAYS_TAKEN


@part
def go_on(
    t: Tables, w: Work, out: Out, log: Log, token: Whole, rested: bool, day: Whole, month: Whole
) -> None:
    """One token's way today; `rested` tokens leave the step they stand at."""
    case, place = token >> 2, token & 3
    step = np.int64(w.octets[case * OCTETS + STEP + place])
    if rested:
        w.standing[step] -= 1
        step = _next(t, step)
    second, third = np.int64(-1), np.int64(-1)
    while True:
        row = step * ROW
        op = t.steps[row + OP]
        if op == WORK:
            w.standing[step] += 1
            queues.put(t, w, case * 4 + place, step, day)
            journal.note(log, day, case * 4 + place, step, journal.JOINED, 0)
        elif op == DELAY:
            w.octets[case * OCTETS + STEP + place] = step
            w.standing[step] += 1
            days = span(t, t.steps[row + DAYS], field(drawn_for(t, w, case, step)))
            delays.rest(t, w, case * 4 + place, day + days)
        elif op == BRANCH:
            step = _way(t, w, case, step)
            continue
        elif op == FORK:
            second, third = _branches(t, w, case, step)
            step, place = _next(t, step), np.int64(0)
            continue
        elif op == JOIN:
            if _met(t, w, case):
                step, place = _next(t, step), np.int64(0)
                continue
        elif op == MARK:
            _mark(t, w, out, log, case, step, day, month)
            step = _next(t, step)
            continue
        elif op == CLOCK:
            _restart(t, w, out, log, case, step, day, month)
            step = _next(t, step)
            continue
        else:
            _leave(t, w, out, log, case, step, day, month)
        if second >= 0:  # the other branches of a fork set out on the same day
            step, second, place = second, np.int64(-1), np.int64(1)
        elif third >= 0:
            step, third, place = third, np.int64(-1), np.int64(2)
        else:
            break


@part
def _next(t: Tables, step: Whole) -> Whole:
    return np.int64(t.steps[step * ROW + NEXT])


@part
def _way(t: Tables, w: Work, case: Whole, step: Whole) -> Whole:
    """Chance: where a branch leads this case."""
    yes = field(drawn_for(t, w, case, step)) < t.steps[step * ROW + SHARE]
    return np.int64(t.steps[step * ROW + NEXT]) if yes else np.int64(t.steps[step * ROW + OTHER])


@part
def _branches(t: Tables, w: Work, case: Whole, step: Whole) -> Whole:
    """The case is in a fork; gives the second and third branch, -1 for none."""
    count = t.steps[step * ROW + COUNT]
    w.octets[case * OCTETS + TO_MEET] = count
    w.standing[t.salts.size] += 1
    third = np.int64(t.steps[step * ROW + THIRD]) if count > 2 else np.int64(-1)
    return np.int64(t.steps[step * ROW + OTHER]), third


@part
def _met(t: Tables, w: Work, case: Whole) -> Whole:
    """One more branch has come to the join: is it the last?"""
    left = np.int64(w.octets[case * OCTETS + TO_MEET]) - 1
    w.octets[case * OCTETS + TO_MEET] = left
    if left > 0:
        return False
    w.standing[t.salts.size] -= 1
    return True


@part
def _mark(t: Tables, w: Work, out: Out, log: Log, case: Whole, step: Whole, day: Whole, month: Whole) -> None:
    milestone = np.int64(t.steps[step * ROW + MILESTONE])
    target = t.steps[step * ROW + TARGET]
    district = np.int64(w.octets[case * OCTETS + DISTRICT])
    taken = day - np.int64(w.numbers[case * NUMBERS + CLOCK_DAY])
    if milestone == w.octets[case * OCTETS + WATCHED]:
        counting.closes(t, w, out, case, month)
    within = 1 if target == 0 or taken <= target else 0
    out.marks[milestone, month, district, ALL] += 1
    out.marks[milestone, month, district, IN_TIME] += within
    if w.octets[case * OCTETS + FLAGS] < EXCEPTED:
        out.marks[milestone, month, district, PLAIN] += 1
        out.marks[milestone, month, district, PLAIN_IN_TIME] += within
    out.marks[milestone, month, district, DAYS_TAKEN] += taken
    out.mark_ages[milestone, month, min(taken // BIN_DAYS, BINS - 1)] += 1
    journal.note(log, day, case * 4, step, journal.MARKED, taken)


@part
def _restart(
    t: Tables, w: Work, out: Out, log: Log, case: Whole, step: Whole, day: Whole, month: Whole
) -> None:
    counting.closes(t, w, out, case, month)
    w.numbers[case * NUMBERS + CLOCK_DAY] = day
    w.octets[case * OCTETS + VISIT] += 1
    w.octets[case * OCTETS + WATCHED] = t.steps[step * ROW + MILESTONE]
    counting.opens(t, w, case)
    journal.note(log, day, case * 4, step, journal.RESTARTED, 0)


@part
def _leave(
    t: Tables, w: Work, out: Out, log: Log, case: Whole, step: Whole, day: Whole, month: Whole
) -> None:
    counting.closes(t, w, out, case, month)
    out.ended[np.int64(t.steps[step * ROW + OTHER]), month] += 1
    journal.note(log, day, case * 4, step, journal.LEFT, 0)
