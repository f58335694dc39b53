# SPDX-License-Identifier: AGPL-3.0-or-later
"""Personal budgets, and the few residential and work-based places, as published."""

from collections.abc import Mapping

from fingerpost.demo.figures import Published
from fingerpost.demo.lives import Child, Plan
from fingerpost.demo.quotas import shares, shuffled, spread, stream
from fingerpost.demo.schools import COLLEGES
from fingerpost.demo.targets import Ages


def few_places(seed: int, figures: Published, stock: list[tuple[int, Child, Plan]], scale: float) -> None:
    """The few residential and work-based places of January 2025."""
    rng = stream(seed, "extras")
    able = shuffled(
        rng,
        [
            p
            for age, _, p in stock
            if 14 <= age <= 18 and p.stays and p.stays[-1].kind.startswith("special_ind")
        ],
    )
    row = figures.row("residential", 2025)
    kinds = "A" * round(row["Res_3851"] * scale) + "B" * round(row["Res_52"] * scale)
    for plan, kind in zip(able, kinds, strict=False):
        plan.stays[-1].residential = kind
    colleges = [p for age, _, p in stock if age == 19 and p.stays and p.stays[-1].kind == COLLEGES[0]]
    for plan in colleges[: round(scale)]:
        plan.stays[-1].work_based = "A"


def pay(
    seed: int,
    figures: Published,
    stock: list[tuple[int, Child, Plan]],
    gone: Mapping[int, list[Plan]],
    scale: float,
) -> None:
    """Personal budgets of January 2025 by age, and as many among plans since ceased as the two years before lost."""
    rng = stream(seed, "budgets")
    payments = figures.row("budgets", 2025)
    total = min(len(stock), round(payments["personal_budget"] * scale))
    cards = spread(
        rng,
        total,
        {
            "E": payments["pb_education"],
            "S": payments["pb_social"],
            "H": payments["pb_health"],
            "I": payments["pb_integrated"],
            "": payments["personal_budget"]
            - sum(n for name, n in payments.items() if name.startswith("pb_")),
        },
    )
    ages: Ages = shares(total, figures.by_age("budget_age", 2025, "personal_budget"))
    chosen: list[Plan] = []
    for age, count in ages.items():
        able = [p for own, _, p in stock if (own == age or (age == 20 and own > 19)) and p.held_from <= 2024]
        chosen += shuffled(rng, able)[:count]
    for plan, card in zip(chosen, cards, strict=False):
        plan.budget, plan.direct_payment = True, card or None
    for year, plans in gone.items():
        lost = figures.count("budgets", year, "personal_budget") - figures.count(
            "budgets", year + 1, "personal_budget"
        )
        for plan in shuffled(rng, plans)[: max(0, round(lost * scale))]:
            plan.budget, plan.direct_payment = True, "SI"[int(rng.integers(2))]
