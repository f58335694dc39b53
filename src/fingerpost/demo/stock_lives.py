# SPDX-License-Identifier: AGPL-3.0-or-later
"""Birth date, first day, first return and end of each plan of the stock."""

from datetime import date, timedelta

import numpy as np

from fingerpost.demo.figures import CENSUS_DAYS
from fingerpost.demo.holder import Holder, came
from fingerpost.demo.lives import Plan, Request, known
from fingerpost.demo.timelines import between


def life(rng: np.random.Generator, holder: Holder) -> None:
    """Birth date, plan and its end."""
    child, request = holder.child, holder.request
    if request is None:
        request = Request(None, decision="H", assessment="H")
        request.plan = Plan(_old_start(rng, holder), held_from=0)
    plan = known(request.plan)
    if holder.amended and request.assessed_on:
        last = date(request.assessed_on.year, 12, 18)
        plan.started_on = between(rng, request.assessed_on + timedelta(days=30), last)
    child.requests.append(request)
    child.birth_on = _birth(rng, holder, plan.started_on)
    if holder.origin == "moved":
        plan.moved_in = holder.entered or 2022
        plan.moved_from = ("889", "890", "350", "383", "358", "352", "343", "382", "306", "341")[
            int(rng.integers(10))
        ]
    plan.held_from = _first_return(holder, request)
    if holder.ceased:
        census = CENSUS_DAYS.get(holder.ceased)
        first = census + timedelta(days=12) if census else date(2022, 1, 24)
        first = max(first, plan.started_on + timedelta(days=60))
        plan.ceased_on = (
            date(holder.ceased, 8, 30)
            if rng.random() < 0.45 and first < date(holder.ceased, 8, 30)
            else between(rng, first, date(holder.ceased, 12, 30))
        )


def _old_start(rng: np.random.Generator, holder: Holder) -> date:
    year = holder.start_year
    first = date(2014, 9, 1) if year == 2014 else date(year, 1, 3)
    last = date(year, 12, 20)
    if holder.origin == "moved" and holder.entered == year:
        first, last = date(year, 1, 24), date(year, 10, 31)
    return between(rng, first, last)


def _first_return(holder: Holder, request: Request) -> int:
    if holder.origin == "made" and request.assessed_on:
        return next((y for y, day in CENSUS_DAYS.items() if request.assessed_on <= day), 2025)
    return {0: 2023, 2023: 2024, 2024: 2025}[holder.entered]


def _birth(rng: np.random.Generator, holder: Holder, start: date) -> date:
    """A day in the school year of the age on 31 August 2024 and, where it can be, of the age at the start."""
    first, last = date(2024 - holder.age - 1, 9, 1), date(2024 - holder.age, 8, 31)
    for age, day in ((holder.start_age, start), (holder.request_age, came(holder.request))):
        if age is not None:
            soonest = max(first, _years_before(day, age + 1) + timedelta(days=1))
            latest = min(last, _years_before(day, age))
            first, last = (soonest, latest) if soonest <= latest else (first, last)
    least = start - timedelta(days=800)
    if first < least < last:
        last = least
    return first + timedelta(days=int(rng.integers((last - first).days + 1)))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
