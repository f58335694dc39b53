# SPDX-License-Identifier: AGPL-3.0-or-later
"""Annual reviews: the picture of January 2025 as published, the earlier meetings stepped back from it."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from fingerpost.demo.figures import CENSUS_DAYS, Published
from fingerpost.demo.lives import Child, Plan, Review, known, school_age
from fingerpost.demo.quotas import deal, shares, shuffled, spread, stream
from fingerpost.demo.timelines import between, working_day

Case = tuple[int, Child, Plan]
JANUARY = CENSUS_DAYS[2025]
MEETINGS = ("review_meeting_25", "review_meeting_24", "review_meeting_prior_24", "no_review_meeting")
WAYS = {
    # when the meeting was -> (days of the meeting, days of the decision, soon or late) -> how many of the published
    "review_meeting_25": {"awaited-new": 54, "january-soon": 10},
    "review_meeting_24": {
        "awaited-christmas": 22,
        "awaited": 50,
        "turn-soon": 60,
        "turn-late": 119,
        "year-soon": 1700,
        "year-late": 2095,
    },
    "review_meeting_prior_24": {
        "before-turn-soon": 50,
        "before-turn-late": 778,
        "old-soon": 1749,
        "old-late": 1870,
    },
}
"""Ours is only the share of soon and late by year; together they are 3,569 within four weeks and 4,862 over."""


def hold(seed: int, figures: Published, stock: list[Case]) -> None:
    """Latest reviews of plans of over a year, by the year the plan began; then outcomes; then the years before."""
    rng = stream(seed, "reviews")
    expected = [case for case in stock if case[2].started_on.year < 2024]
    classes: dict[str, list[Case]] = {name: [] for name in MEETINGS}
    for year in sorted({case[2].started_on.year for case in expected}):
        group = sorted((c for c in expected if c[2].started_on.year == year), key=lambda c: c[2].started_on)
        row = figures.row("reviews_years", 2025, str(min(10 if year == 2015 else 2025 - year, 11)))
        parts = shares(len(group), {name: row.get(name, 0) for name in MEETINGS})
        for name, case in zip(_in_order(rng, parts, recent=year >= 2022), group, strict=True):
            classes[name].append(case)
    for name, ways in WAYS.items():
        group = classes[name]
        cards = spread(rng, len(group), ways)
        for (_, _, plan), way in zip(group, _sorted_for(cards, group, name), strict=True):
            _latest(rng, plan, way)
    _outcomes(rng, figures, expected)
    for _, _, plan in expected:
        _earlier(rng, plan)


def _in_order(rng: np.random.Generator, parts: dict[str, int], *, recent: bool) -> list[str]:
    """For young plans an old meeting needs an old start, so those cards lie first."""
    if not recent:
        return deal(rng, parts)
    rest = deal(rng, {name: n for name, n in parts.items() if name != "review_meeting_prior_24"})
    return ["review_meeting_prior_24"] * parts["review_meeting_prior_24"] + rest


def _sorted_for(cards: list[str], group: list[Case], name: str) -> list[str]:
    """Of the meetings before 2024, the youngest plans had theirs last."""
    if name != "review_meeting_prior_24":
        return cards
    places = sorted(range(len(group)), key=lambda i: group[i][2].started_on, reverse=True)
    ranked = sorted(cards, key=lambda way: not way.startswith("before"))
    young = [i for i in places if group[i][2].started_on.year >= 2022]
    ordered = dict(zip(young, ranked, strict=False))
    rest = ranked[len(young) :]
    shuffle_back = sorted((i for i in places if i not in ordered), key=lambda i: (i * 7919) % 10007)
    ordered.update(zip(shuffle_back, rest, strict=True))
    return [ordered[i] for i in range(len(group))]


_SPANS = {
    "awaited-new": (date(2025, 1, 6), date(2025, 1, 15)),
    "january-soon": (date(2025, 1, 6), date(2025, 1, 8)),
    "awaited-christmas": (date(2024, 12, 19), date(2024, 12, 20)),
    "awaited": (date(2024, 11, 4), date(2024, 12, 18)),
    "turn-soon": (date(2024, 12, 9), date(2024, 12, 20)),
    "turn-late": (date(2024, 6, 20), date(2024, 11, 29)),
    "year-soon": (date(2024, 1, 8), date(2024, 12, 2)),
    "year-late": (date(2024, 1, 8), date(2024, 10, 31)),
    "before-turn-soon": (date(2023, 12, 11), date(2023, 12, 20)),
    "before-turn-late": (date(2023, 6, 12), date(2023, 11, 24)),
    "old-soon": (date(2022, 1, 10), date(2023, 11, 24)),
    "old-late": (date(2022, 1, 10), date(2023, 9, 29)),
}


def _latest(rng: np.random.Generator, plan: Plan, way: str) -> None:
    first, last = _SPANS[way]
    met = between(rng, min(last, max(first, plan.started_on + timedelta(days=170))), last)
    if met <= plan.started_on:
        met = last
    plan.reviews.append(Review(met, decided_on=_decision(rng, met, way)))


def _decision(rng: np.random.Generator, met: date, way: str) -> date | None:
    if way.startswith("awaited"):
        return None
    soon = way.endswith("soon")
    wanted = met + timedelta(days=int(rng.integers(9, 29)) if soon else int(rng.triangular(29, 50, 150)))
    if way.startswith(("turn", "january")):
        first = max(date(2025, 1, 2), met + timedelta(days=5 if soon else 29))
        return between(
            rng, first, min(date(2025, 1, 15), met + timedelta(days=28)) if soon else date(2025, 1, 15)
        )
    if way.startswith("before"):
        first = max(date(2024, 1, 2), met + timedelta(days=5 if soon else 29))
        last = met + timedelta(days=28) if soon else max(first, met + timedelta(days=200))
        return between(rng, first, max(first, last))
    wanted = working_day(wanted, met + timedelta(days=29 if not soon else 1))
    return min(wanted, date(2024, 12, 27) if way.startswith("year") else date(2023, 12, 29))


def _outcomes(rng: np.random.Generator, figures: Published, expected: list[Case]) -> None:
    """A, C and M as published; an awaited one says what the review before it decided."""
    told = [case for case in expected if case[2].reviews]
    row = figures.row("reviews", 2025)
    cards = spread(
        rng,
        len(told),
        {
            "A": row["outcome_amend"],
            "C": row["outcome_cease"],
            "M": row["outcome_maintan"] + row["no_outcome"],
        },
    )
    ceased = cards.count("C")
    old = [i for i, case in enumerate(told) if case[0] >= 17][
        :: max(1, len([c for c in told if c[0] >= 17]) // max(1, ceased))
    ][:ceased]
    others = [card for card in cards if card != "C"] + ["C"] * (ceased - len(old))
    marks = iter(shuffled(rng, others))
    for i, (_, _, plan) in enumerate(told):
        outcome = "C" if i in set(old) else next(marks)
        review = plan.reviews[-1]
        if review.decided_on is None:
            met = working_day(review.met_on - timedelta(days=int(rng.integers(355, 400))), plan.started_on)
            if met > plan.started_on:
                decided = working_day(met + timedelta(days=int(rng.integers(12, 60))), met)
                plan.reviews.insert(0, _told(rng, Review(met, decided), outcome))
        else:
            _told(rng, review, outcome)


DRAFTS_FROM = date(2024, 11, 25)
"""The day of the draft was voluntary; it is held from here on, so that its eight weeks end about the frozen day."""


def _told(rng: np.random.Generator, review: Review, outcome: str) -> Review:
    review.outcome = outcome
    if outcome == "A" and review.decided_on and rng.random() < 0.85:
        draft = working_day(review.decided_on + timedelta(days=int(rng.integers(0, 15))), review.decided_on)
        review.draft_on = draft if DRAFTS_FROM <= draft <= JANUARY else None
    return review


def _earlier(rng: np.random.Generator, plan: Plan) -> None:
    """Steps back a year at a time, so that the returns of 2023 and 2024 have their own picture."""
    while plan.reviews and plan.reviews[0].met_on > date(2022, 1, 20):
        met = working_day(
            plan.reviews[0].met_on - timedelta(days=int(rng.integers(340, 430))), plan.started_on
        )
        if met < plan.started_on + timedelta(days=150):
            return
        decided = working_day(met + timedelta(days=int(rng.integers(10, 70))), met)
        plan.reviews.insert(0, _told(rng, Review(met, decided), "AM"[int(rng.random() < 0.3)]))


def of_ceased(seed: int, cases: list[Case]) -> None:
    """A last review for plans that ended; ceasing follows from one where the reason is a decision."""
    for number, (_, _, plan) in enumerate(cases):
        rng = stream(seed, "ceased review", number)
        met = working_day(known(plan.ceased_on) - timedelta(days=int(rng.integers(90, 300))), plan.started_on)
        if met <= plan.started_on + timedelta(days=100):
            continue
        outcome = "C" if plan.cease_reason in ("2", "3", "4", "6") else "M"
        decided = working_day(met + timedelta(days=int(rng.integers(10, 50))), met)
        plan.reviews.append(Review(met, decided, outcome))


def phases(seed: int, stock: list[Case]) -> None:
    """Who moves phase in September 2025: plans to be ready before 15 February, or 31 March for moves into post-16."""
    rng = stream(seed, "phases")
    for child, plan in _movers(stock):
        late = school_age(child.birth_on) == 15
        plan.phase_due_on = date(2025, 3, 31) if late else date(2025, 2, 15)
        if rng.random() < (0.09 if late else 0.24):
            plan.phase_final_on = between(
                rng, max(date(2024, 11, 11), plan.started_on + timedelta(days=1)), date(2025, 1, 15)
            )


def _movers(stock: list[Case]) -> Iterator[tuple[Child, Plan]]:
    for age, child, plan in stock:
        if age in (3, 10, 15) and plan.started_on < date(2024, 12, 1):
            yield child, plan
