# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days on which requests came and plans were made, with the published counts within 20 and 52 weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from fingerpost.demo.figures import CENSUS_DAYS, Published
from fingerpost.demo.lives import Request
from fingerpost.demo.quotas import shares, spread, stream
from fingerpost.demo.targets import Scale, Stock

IN_TIME, LATE, OVER_A_YEAR = (84, 140), (141, 364), (365, 540)
Span = tuple[date, date]


def year(number: int) -> Span:
    return date(number, 1, 3), date(number, 12, 31)


def working_day(day: date, least: date) -> date:
    """The working day before a weekend or Christmas, or the one after where that would be too early."""
    earlier = day
    while _closed(earlier):
        earlier -= timedelta(days=1)
    if earlier >= least:
        return earlier
    while _closed(day):
        day += timedelta(days=1)
    return day


def _closed(day: date) -> bool:
    return day.weekday() > 4 or (day.month, day.day) in ((12, 25), (12, 26), (1, 1))


def dated(
    rng: np.random.Generator, count: int, received: Span, issued: Span, days: tuple[int, int]
) -> list[Request]:
    """Requests received in one span whose plan was made in another, so many days later."""
    return [_dated(rng, received, issued, days) for _ in range(count)]


def _dated(rng: np.random.Generator, received: Span, issued: Span, days: tuple[int, int]) -> Request:
    peak = {84: 135, 141: 225, 365: 380}[days[0]]
    for _ in range(500):
        length = int(rng.triangular(days[0], peak, days[1] + 1))
        first = max(received[0], issued[0] - timedelta(days=length))
        last = min(received[1], issued[1] - timedelta(days=length))
        if first > last:
            continue
        came = working_day(first + timedelta(days=int(rng.integers((last - first).days + 1))), first)
        least = max(issued[0], came + timedelta(days=days[0]))
        made = working_day(came + timedelta(days=length), least)
        if came <= received[1] and made <= min(issued[1], came + timedelta(days=days[1])):
            return Request(came, assessment="Y", assessed_on=made)
    raise ValueError(f"no day fits: received {received}, issued {issued}, {days} days")


@dataclass(frozen=True, slots=True)
class Batch:
    """So many plans of one year of issue, from one year of request, in one span of days."""

    issued: int
    received: int
    january: bool
    days: tuple[int, int]
    count: int


def batches(figures: Published, scale: Scale, stock: Stock) -> list[Batch]:
    """Published counts in time, late and over a year for each year of issue, shared out over the years of request."""
    plans: list[Batch] = []
    for issued, parts in _PARTS.items():
        row = figures.row("flow", issued) if issued < 2025 else _JANUARY_2025
        within = row["plans_issued_within_20_weeks"]
        over = row.get("plans_issued_gt_1_year", 0)
        # One plan of 2024 counts in the denominator and in no band: its days are the wrong way round (see doubts.py).
        late = row["plans_issued_den"] - within - over
        plans += _shared(issued, parts, {IN_TIME: within, LATE: late, OVER_A_YEAR: over}, scale)
    return plans


_PARTS: Mapping[int, Mapping[tuple[int, bool], tuple[int, int, int]]] = {
    # year of issue -> (year of request, made in January) -> in time, late, over a year
    2022: {(2021, False): (440, 8, 0), (2022, False): (582, 6, 0)},
    2023: {(2022, True): (90, 10, 0), (2022, False): (210, 55, 0), (2023, False): (942, 237, 0)},
    2024: {
        (2022, False): (0, 0, 10),
        (2023, True): (20, 59, 0),
        (2023, False): (48, 685, 228),
        (2024, False): (230, 440, 0),
    },
    2025: {(2023, True): (0, 0, 12), (2024, True): (6, 44, 0)},
}
_JANUARY_2025 = {"plans_issued_den": 62, "plans_issued_within_20_weeks": 6, "plans_issued_gt_1_year": 12}
"""Ours: plans made between new year and census day are in the return and in no count of the year."""


def _shared(
    issued: int,
    parts: Mapping[tuple[int, bool], tuple[int, int, int]],
    totals: Mapping[tuple[int, int], int],
    scale: Scale,
) -> list[Batch]:
    made: list[Batch] = []
    for place, (days, total) in enumerate(totals.items()):
        weights = {key: part[place] for key, part in parts.items()}
        for (received, january), count in shares(round(total * scale.scale), weights).items():
            made.append(Batch(issued, received, january, days, count))
    return made


def issued(
    seed: int, figures: Published, scale: Scale, stock: Stock
) -> dict[tuple[int, bool], list[Request]]:
    """Requests that led to a plan, by year of issue and whether it was made in January before census day."""
    made: dict[tuple[int, bool], list[Request]] = {}
    for batch in batches(figures, scale, stock):
        rng = stream(seed, "issued", batch.issued, batch.received, batch.january, batch.days)
        span = _issue_span(batch)
        found = dated(rng, batch.count, year(batch.received), span, batch.days)
        made.setdefault((batch.issued, batch.january), []).extend(found)
    for number, count in stock.undated.items():
        rng = stream(seed, "undated", number)
        made[number, False] += [_undated(rng, number) for _ in range(count)]
    return made


def _issue_span(batch: Batch) -> Span:
    first, last = year(batch.issued)
    census = CENSUS_DAYS.get(batch.issued)
    if census is None:
        return first, last
    if batch.january:
        return first, census - timedelta(days=1)
    return census + timedelta(days=1), last


def _undated(rng: np.random.Generator, number: int) -> Request:
    """A plan whose request came before the books of the return were kept: no received date, first seen when made."""
    day = date(number, 1, 24) + timedelta(days=int(rng.integers(340)))
    return Request(
        None, assessment="Y", assessed_on=working_day(day, date(number, 1, 22)), held_from=number + 1
    )


MONTHS_WAITING = {1: 70, 2: 90, 3: 150, 4: 170, 5: 230, 6: 270, 7: 290, 8: 120, 9: 90}
MONTHS_REFUSED = {1: 40, 2: 45, 3: 60, 4: 60, 5: 80, 6: 90, 7: 90, 8: 30, 9: 90, 10: 125, 11: 130, 12: 36}
EVEN = dict.fromkeys(range(1, 13), 1)


def received(
    rng: np.random.Generator, count: int, number: int, months: Mapping[int, float], last: date
) -> list[date]:
    """Days in the year by the weights of the months, none after the last day."""
    days: list[date] = []
    for month in spread(rng, count, months):
        day = date(number, month, 1) + timedelta(days=int(rng.integers(28)))
        days.append(working_day(min(day, last), date(number, 1, 3)))
    return days


def between(rng: np.random.Generator, first: date, last: date) -> date:
    day = first + timedelta(days=int(rng.integers(max(1, (last - first).days + 1))))
    return working_day(day, first)
