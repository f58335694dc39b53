# SPDX-License-Identifier: AGPL-3.0-or-later
"""Published ages at a new plan and at a request, dealt together with days that let them be true."""

from datetime import date

import numpy as np

from fingerpost.demo.figures import CENSUS_DAYS, Published
from fingerpost.demo.holder import Holder, came
from fingerpost.demo.lives import Request, known
from fingerpost.demo.quotas import deal, shares, shuffled, stream
from fingerpost.demo.targets import Scale


def start_ages(seed: int, figures: Published, scale: Scale, people: list[Holder]) -> None:
    """Deals the published ages at a new plan of 2024, and the days of the plans so that each age can be true."""
    new = [h for h in people if h.origin == "made" and h.start_year == 2024 and not h.amended]
    ages = shares(len(new), figures.by_age("new_age", 2024, "new_ehc_plans"))
    cards = sorted(deal(stream(seed, "start ages"), ages))
    new.sort(key=lambda h: h.age)
    for holder, age in zip(new, cards, strict=True):
        holder.start_age = age
    free = [h for h in new if h.request and h.request.assessed_on and h.request.assessed_on.year == 2024]
    free = [h for h in free if _began(h) > CENSUS_DAYS[2024]]
    _deal_days(stream(seed, "start days"), free)
    _request_ages(seed, figures, people)


def _request_ages(seed: int, figures: Published, people: list[Holder]) -> None:
    """Deals the published ages at the requests of 2023 to those whose plan followed soon."""
    soon = [h for h in people if h.entered == 2023 and h.start_age is None and came(h.request).year == 2023]
    ages = figures.by_age("request_age", 2023, "requests_received_in_year")
    cards = sorted(deal(stream(seed, "request ages"), shares(len(soon), ages)))
    for holder, age in zip(sorted(soon, key=lambda h: h.age), cards, strict=True):
        holder.request_age = age


def _deal_days(rng: np.random.Generator, free: list[Holder]) -> None:
    """A start age above the age of 31 August needs a day after it, one below a day before it."""
    days = [h.request for h in free]
    left = list(range(len(days)))
    for step in (1, -1):
        group = shuffled(rng, [h for h in free if (h.start_age or 0) - h.age == step])
        fits = [i for i in shuffled(rng, left) if _suits(days[i], step)][: len(group)]
        for holder, i in zip(group, fits, strict=False):
            holder.request = days[i]
        left = [i for i in left if i not in set(fits)]
        free = [h for h in free if h not in group[: len(fits)]]
    tiny = [h for h in free if h.age <= 3]
    recent = [i for i in shuffled(rng, left) if came(days[i]) >= date(2024, 2, 1)][: len(tiny)]
    rest = [i for i in shuffled(rng, left) if i not in set(recent)]
    free = [*tiny, *(h for h in free if h.age > 3)]
    for holder, i in zip(free, [*recent, *rest], strict=True):
        holder.request = days[i]


def _suits(request: Request | None, step: int) -> bool:
    began = request.plan.started_on if request and request.plan else date.min
    return began > date(2024, 9, 8) if step > 0 else began < date(2024, 8, 25)


def _began(holder: Holder) -> date:
    return known(known(holder.request).plan).started_on
