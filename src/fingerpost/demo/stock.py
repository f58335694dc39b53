# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who holds a plan and since when: ages, first days of plans, and the requests they came from."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from fingerpost.demo import stock_ages, stock_lives
from fingerpost.demo.figures import Published
from fingerpost.demo.holder import Holder, came
from fingerpost.demo.lives import Plan, Request, known
from fingerpost.demo.quotas import deal, pick, shares, shuffled, stream
from fingerpost.demo.targets import Ages, Scale, Stock
from fingerpost.demo.timelines import working_day


def holders(
    seed: int, figures: Published, scale: Scale, stock: Stock, made: Mapping[tuple[int, bool], list[Request]]
) -> list[Holder]:
    people = _groups(seed, figures, stock)
    _start_years(seed, figures, stock, people)
    _origins(seed, scale, stock, people, made)
    _amended(seed, figures, scale, people)
    stock_ages.start_ages(seed, figures, scale, people)
    for number, holder in enumerate(people):
        stock_lives.life(stream(seed, "holder", number), holder)
    return people


def _groups(seed: int, figures: Published, stock: Stock) -> list[Holder]:
    stayed = [Holder(age) for age, count in stock.stayed_ages.items() for _ in range(count)]
    gone = [Holder(age, ceased=2024) for age, count in stock.ceased_2024_ages.items() for _ in range(count)]
    people = stayed + gone
    rng = stream(seed, "entered", 2023)
    wanted = shares(
        stock.entered_2023(),
        {age + 1: n for age, n in figures.by_age("new_age", 2024, "new_ehc_plans").items()},
    )
    left = stock.ceased_2024_starts.get(2023, 0)
    for group, total in ((gone, left), (stayed, stock.entered_2023() - left)):
        weights = [wanted.get(holder.age, 1) for holder in group]
        size = Counter(holder.age for holder in group)
        for i in pick(rng, group, total, [w / size[h.age] for w, h in zip(weights, group, strict=True)]):
            group[i].entered = 2023
    entered = [
        Holder(age, entered=2024) for age, count in stock.entered_2024_ages.items() for _ in range(count)
    ]
    for number, later in ((2023, 2), (2022, 3)):
        ages = figures.by_age("ceased_age", 2023, "total_ceased")
        rows = shares(stock.ceased[number], {min(age, 24) + later: n for age, n in ages.items()})
        people += [Holder(age, ceased=number) for age, count in rows.items() for _ in range(count)]
    return people + entered


def _start_years(seed: int, figures: Published, stock: Stock, people: list[Holder]) -> None:
    """The year each older plan began: after the few of January 2023 the oldest go first, to those old enough."""
    rng = stream(seed, "start years")
    shape = {a: n + 40.0 for a, n in figures.by_age("new_age", 2024, "new_ehc_plans").items() if a < 18}
    old_starts = {
        y: n - stock.moved_2024_starts.get(y, 0) - stock.moved_2023_starts.get(y, 0)
        for y, n in stock.starts.items()
        if y < 2023
    }
    quota = {
        0: {**old_starts, 2023: stock.issued_in_january[2023] - stock.dated_december[2022]},
        2024: {y: n for y, n in stock.ceased_2024_starts.items() if y < 2023},
        2023: shares(
            stock.ceased[2023],
            {2015: 60, 2016: 70, 2017: 130, 2018: 130, 2019: 40, 2020: 30, 2021: 30, 2022: 16},
        ),
        2022: shares(
            stock.ceased[2022], {2015: 90, 2016: 100, 2017: 160, 2018: 160, 2019: 60, 2020: 40, 2021: 38}
        ),
    }
    for ceased, years in quota.items():
        _fill(rng, [h for h in people if h.ceased == ceased and not h.entered], years, shape)


def _fill(rng: np.random.Generator, group: list[Holder], years: Ages, shape: Mapping[int, float]) -> None:
    left = list(group)
    for year in sorted(years, key=lambda year: (year != 2023, year)):
        ages = [holder.age - (2024 - year) for holder in left]
        weights = [
            shape.get(age, 0.5) * 1.12**holder.age if age >= 3 else 0.0
            for age, holder in zip(ages, left, strict=True)
        ]
        able = sum(1 for weight in weights if weight)
        for i in reversed(pick(rng, left, min(years[year], able), weights)):
            left.pop(i).start_year = year
    for holder in left:
        holder.start_year = max((y for y in years if y < 2023 and holder.age - (2024 - y) >= 2), default=2022)


def _origins(
    seed: int,
    scale: Scale,
    stock: Stock,
    people: list[Holder],
    made: Mapping[tuple[int, bool], list[Request]],
) -> None:
    """Gives every plan made in 2022 to 2025 its request, and calls the rest old plans or plans moved in."""
    rng = stream(seed, "origins")
    began_2022 = [h for h in people if h.start_year == 2022 and not h.ceased]
    rest = _hand_out(rng, began_2022, made[2022, False], 2022)
    january = made[2023, True]
    december = stock.dated_december[2022]
    rest = _hand_out(rng, rest, january[:december], 2022, dated=date(2022, 12, 21))
    _hand_out(rng, [h for h in people if h.start_year == 2023 and not h.ceased], january[december:], 2023)
    for holder in [*rest, *(h for h in people if h.start_year == 2022 and h.ceased and not h.entered)]:
        holder.origin = "moved"
    for year, january_made in ((2023, made[2024, True]), (2024, made[2025, True])):
        group = [h for h in people if h.entered == year]
        moved = _moved(rng, group, stock.moved_2023_starts if year == 2023 else stock.moved_2024_starts)
        others = [h for h in group if id(h) not in moved]
        cut = stock.dated_december[year]
        stay = [h for h in others if not h.ceased]
        others = [h for h in others if h.ceased] + _hand_out(rng, stay, january_made[cut:], year + 1)
        others = _hand_out(rng, others, january_made[:cut], year, dated=date(year, 12, 20))
        for holder in _hand_out(rng, others, made[year, False], year):
            holder.origin, holder.start_year = "moved", year


def _hand_out(
    rng: np.random.Generator,
    group: list[Holder],
    requests: list[Request],
    year: int,
    dated: date | None = None,
) -> list[Holder]:
    """Deals the requests to holders of the group, the latest to the smallest; returns who got none."""
    order = sorted(shuffled(rng, group), key=lambda h: h.age > 3)
    tiny = sum(1 for h in order if h.age <= 3)
    latest = sorted(shuffled(rng, requests), key=came, reverse=True)
    for holder, request in zip(order, [*latest[:tiny], *shuffled(rng, latest[tiny:])], strict=False):
        holder.origin, holder.request, holder.start_year = "made", request, year
        start = known(request.assessed_on)
        if dated:
            start = working_day(dated + timedelta(days=int(rng.integers(9))), dated)
        request.plan = Plan(start, held_from=0)
    return order[len(requests) :]


def _moved(rng: np.random.Generator, group: list[Holder], starts: Ages) -> set[int]:
    total = sum(starts.values())
    chosen = pick(rng, group, min(total, len(group)), [4.0 if h.age >= 17 else 1.0 for h in group])
    oldest = sorted(chosen, key=lambda i: -group[i].age)
    for i, year in zip(oldest, sorted(deal(rng, starts)), strict=False):
        group[i].origin = "moved"
        group[i].start_year = max(year, min(2024 - group[i].age + 3, group[i].entered))
    return {id(group[i]) for i in chosen}


def _amended(seed: int, figures: Published, scale: Scale, people: list[Holder]) -> None:
    """More plans are published as issued than as new; the others were amended before the year was out."""
    for year in (2023, 2024):
        began = [h for h in people if h.origin == "made" and h.start_year == year]
        able = [
            h
            for h in began
            if h.request and h.request.assessed_on and h.request.assessed_on < date(year, 10, 20)
        ]
        able = [h for h in able if h.entered == year]
        spare = len(began) - scale(figures.count("flow", year, "new_ehc_plans"))
        for i in pick(stream(seed, "amended", year), able, min(spare, len(able)), [1.0] * len(able)):
            able[i].amended = True
