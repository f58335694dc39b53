# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole population of the made-up area: every child with its life, from one seed and one scale."""

from collections import Counter
from dataclasses import dataclass

from fingerpost.demo import (
    askers,
    budgets,
    decisions,
    flags,
    people,
    pipeline,
    placements,
    reviews,
    schools,
    stock,
    targets,
    timelines,
    who,
)
from fingerpost.demo.figures import Published, published
from fingerpost.demo.holder import Holder
from fingerpost.demo.lives import Child, Plan, age_on, school_age
from fingerpost.demo.quotas import shuffled, spread, stream
from fingerpost.demo.schools import School

REASONS = {
    "max_age": "1", "needs_met": "2", "he": "3", "employ": "4", "transfer": "5",
    "no_engage": "6", "moved_outside_eng": "7", "deceased": "8", "other": "9",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Population:
    children: tuple[Child, ...]
    schools: tuple[School, ...]
    moved_in: dict[int, int]
    """Plans moved in, by activity year: the gap that the published counts leave."""


def build(seed: int, scale: float) -> Population:
    figures, size = published(), targets.Scale(scale)
    stocks = targets.stock(figures, size)
    made = timelines.issued(seed, figures, size, stocks)
    requests = [request for group in made.values() for request in group]
    waiting = pipeline.waiting(seed, figures, size, requests)
    decisions.decide(seed, figures, size, requests + waiting)
    holders = stock.holders(seed, figures, size, stocks, made)
    flags.raise_flags(seed, figures, size, [h.request for h in holders if h.request], waiting)
    others = askers.children(seed, figures, size, holders, waiting)
    everyone = [h.child for h in holders] + others
    who.describe(seed, figures, holders, others)
    settings = schools.build(seed)
    _plans(seed, figures, holders, schools.Places(settings), scale)
    who.number(seed, everyone)
    people.enter(everyone)
    moved = Counter(h.child.plan.moved_in for h in holders if h.child.plan and h.child.plan.moved_in)
    return Population(tuple(everyone), settings, {year: moved[year] for year in (2022, 2023, 2024)})


def _plans(
    seed: int, figures: Published, holders: list[Holder], places: schools.Places, scale: float
) -> None:
    now = [(h.age, h.child, h.child.plan) for h in holders if not h.ceased and h.child.plan]
    placements.place_and_need(seed, figures, now, places)
    gone: dict[int, list[Plan]] = {}
    for year in (2022, 2023, 2024):
        group = [h for h in holders if h.ceased == year]
        _reasons(seed, figures, year, group)
        cases = [
            (school_age(h.child.birth_on, year - 1), h.child, h.child.plan) for h in group if h.child.plan
        ]
        placements.place_and_need(seed + year, figures, cases, places)
        reviews.of_ceased(seed + year, cases)
        gone[year] = [plan for _, _, plan in cases]
    budgets.few_places(seed, figures, now, scale)
    budgets.pay(seed, figures, now, {2023: gone[2023], 2024: gone[2024]}, scale)
    reviews.hold(seed, figures, now)
    reviews.phases(seed, now)


def _reasons(seed: int, figures: Published, year: int, group: list[Holder]) -> None:
    """Reasons as published: the oldest reach the end, and nobody under sixteen leaves for work or study."""
    rng = stream(seed, "reasons", year)
    cards = spread(
        rng, len(group), {REASONS[c]: n for c, n in figures.row("ceased", year).items() if c in REASONS}
    )
    order = sorted(group, key=lambda h: h.child.birth_on)
    grown = [
        h
        for h in order
        if h.child.plan and h.child.plan.ceased_on and age_on(h.child.birth_on, h.child.plan.ceased_on) >= 16
    ]
    oldest = cards.count("1")
    for_adults = shuffled(rng, [card for card in cards if card in "346"])
    any_age = shuffled(rng, [card for card in cards if card not in "1346"])
    hands = ["1"] * oldest + for_adults
    later = shuffled(rng, grown[oldest:])
    for holder, card in zip([*grown[:oldest], *later], hands, strict=False):
        if holder.child.plan:
            holder.child.plan.cease_reason = card
    left = [h for h in order if h.child.plan and h.child.plan.cease_reason is None]
    for holder, card in zip(left, any_age + hands[len(grown) :], strict=True):
        if holder.child.plan:
            holder.child.plan.cease_reason = card
