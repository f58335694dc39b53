# SPDX-License-Identifier: AGPL-3.0-or-later
"""The day each decision whether to assess was told, so that the counts within six weeks are the published ones."""

from datetime import date, timedelta

import numpy as np

from fingerpost.demo.figures import CENSUS_DAYS, Published
from fingerpost.demo.lives import Request, known
from fingerpost.demo.quotas import pick, stream
from fingerpost.demo.targets import Scale
from fingerpost.demo.timelines import working_day

JANUARY = {2022: 45, 2023: 90, 2024: 57}
"""Decided in January before census day, of the requests of the year; 2023 and 2024 balance the yearly counts."""
OPEN_IN_2023 = 56
"""Requests of 2022 still open on census day 2023, decided within six weeks all the same."""


def decide(seed: int, figures: Published, scale: Scale, requests: list[Request]) -> None:
    for number in (2021, 2022, 2023, 2024):
        cohort = [r for r in requests if _undecided(r) and r.received_on and r.received_on.year == number]
        rng = stream(seed, "decided", number)
        if number in JANUARY:
            cohort = _after_the_year(rng, cohort, number, scale)
        if number in (2023, 2024):
            late = scale(figures.count("flow", number, "request_outcome_over_6_weeks"))
            late -= sum(1 for r in requests if r.decided_on and r.decided_on.year == number and _days(r) > 42)
            cohort = _late(rng, cohort, number, late)
        for request in cohort:
            _in_the_year(rng, request, number)


def _undecided(request: Request) -> bool:
    return request.decision in ("Y", "N") and request.decided_on is None


def _days(request: Request) -> int:
    return (known(request.decided_on) - _came(request)).days


def _next_step(request: Request) -> date:
    return request.assessed_on or request.moved_on or date(2099, 1, 1)


def _after_the_year(
    rng: np.random.Generator, cohort: list[Request], number: int, scale: Scale
) -> list[Request]:
    """The last to come are told in January, or (in 2022's case) after census day; returns the rest."""
    census = CENSUS_DAYS[number + 1]
    if number == 2022:
        _told_between(
            rng, cohort, scale(OPEN_IN_2023), census + timedelta(days=1), census + timedelta(days=20)
        )
    _told_between(rng, cohort, scale(JANUARY[number]), date(number + 1, 1, 3), census - timedelta(days=1))
    return [r for r in cohort if r.decided_on is None]


def _told_between(
    rng: np.random.Generator, cohort: list[Request], count: int, first: date, last: date
) -> None:
    six_weeks = timedelta(days=42)
    able = [
        r
        for r in cohort
        if r.decided_on is None
        and _came(r) + six_weeks >= first
        and _next_step(r) >= first + timedelta(days=28)
    ]
    jitter = {id(r): int(rng.integers(10)) for r in able}
    able.sort(key=lambda r: -_came(r).toordinal() - jitter[id(r)])
    for request in able[:count]:
        latest = min(last, _came(request) + six_weeks, max(first, _next_step(request) - timedelta(days=21)))
        request.decided_on = _between(rng, first, latest)


def _late(rng: np.random.Generator, cohort: list[Request], number: int, count: int) -> list[Request]:
    able = [
        r
        for r in cohort
        if _came(r) <= date(number, 9, 10) and _next_step(r) >= _came(r) + timedelta(days=130)
    ]
    chosen = pick(rng, able, min(count, len(able)), [1.0] * len(able))
    for i in chosen:
        able[i].decided_on = _between(
            rng, _came(able[i]) + timedelta(days=43), _came(able[i]) + timedelta(days=88)
        )
    return [r for r in cohort if r.decided_on is None]


def _in_the_year(rng: np.random.Generator, request: Request, number: int) -> None:
    came = _came(request)
    last = min(came + timedelta(days=42), _next_step(request) - timedelta(days=35))
    if number >= 2022:
        last = min(last, date(number, 12, 31))
    wanted = came + timedelta(days=int(42 - 28 * rng.beta(1.2, 2.2)))
    request.decided_on = working_day(max(came + timedelta(days=1), min(wanted, last)), came)


def _between(rng: np.random.Generator, first: date, last: date) -> date:
    day = first + timedelta(days=int(rng.integers((last - first).days + 1)))
    day = working_day(day, first)
    return day if day <= last else last


def _came(request: Request) -> date:
    return known(request.received_on)
