# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where plan holders are: on census day 2025 by age exactly as published, before that in the phase they were in."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from fingerpost.demo.figures import Published
from fingerpost.demo.lives import Child, Plan, Stay, known, school_age
from fingerpost.demo.quotas import shuffled, spread, stream
from fingerpost.demo.schools import COLLEGES, Places

NO_PLACE = "placement_unknown"
EARLIEST = date(2022, 1, 19)
"""The returns tell of no stay that ended before."""
NOT_LEARNING = ("neet", "neet_ntci", "neet_other", "neet_other_csa")
SETTINGS = {
    "elective_home_education": "EHE",
    "other_arrangements_la": "OLA",
    "other_arrangements_parents": "OPA",
    "other_placement_settings": "OTH",
    "nm_early_years": "EYP",
    "neet": "NEET",
    "neet_ntci": "NIEC",
    "neet_other": "NIEO",
    "neet_other_csa": "NIEO",
}
_SEVERE = ("PMLD", "SLD", "MSI", "PD", "ASD", "VI", "HI", "MLD", "SEMH", "SLCN", "SPLD", "")
_SHELTERED = (
    "special_la",
    "special_academy",
    "special_non",
    "special_ind",
    "special",
    "general",
    "ap_pru",
    "neet",
)


def columns(figures: Published) -> dict[int, dict[str, int]]:
    rows = figures.counts["stock_age", 2025]
    return {int(age): {c: n for c, n in row.items() if c != "ehcplans"} for age, row in rows.items()}


def place_and_need(
    seed: int, figures: Published, holders: list[tuple[int, Child, Plan]], places: Places
) -> None:
    """Settings and needs for plans of one stock: both exact by age, the graver need more often in a special school."""
    kinds, needs = columns(figures), need_rows(figures)
    for age in sorted({age for age, _, _ in holders}):
        group = [(child, plan) for own, child, plan in holders if own == age]
        rng = stream(seed, "places", age, len(group))
        row = min(max(age, 2), 25)
        cards = _ranked(rng, spread(rng, len(group), kinds[row]), _SHELTERED)
        types = _ranked(rng, spread(rng, len(group), needs[row]), _SEVERE)
        group = shuffled(rng, group)
        for (child, plan), kind, need in zip(group, cards, types, strict=True):
            plan.needs = _needs(rng, need)
            plan.stays = _stays(rng, child, plan, kind, places)


def need_rows(figures: Published) -> dict[int, Mapping[str, int]]:
    rows = figures.counts["need_age", 2025]
    return {
        int(age): {
            column.removeprefix("number_").upper().replace("NEED_UNKNOWN", ""): n for column, n in row.items()
        }
        for age, row in rows.items()
    }


def _ranked(rng: np.random.Generator, cards: list[str], order: tuple[str, ...]) -> list[str]:
    """Sorted by rank with a good deal of chance, so that two lists laid side by side agree loosely."""
    rank = {
        card: next(
            (
                i
                for i, head in enumerate(order)
                if (card == head if len(head) < 5 and head != "neet" else card.startswith(head))
            ),
            len(order),
        )
        for card in set(cards)
    }
    noise = rng.normal(0, 3.5, len(cards))
    return [cards[i] for i in sorted(range(len(cards)), key=lambda i: rank[cards[i]] + noise[i])]


def _needs(rng: np.random.Generator, first: str) -> tuple[str, ...]:
    if not first:
        return ()
    second = ("SLCN", "SEMH", "ASD", "MLD", "PD", "SPLD", "HI", "VI")[int(rng.choice(8, p=_SECOND))]
    return (first, second) if rng.random() < 0.45 and second != first else (first,)


_SECOND = (0.3, 0.25, 0.15, 0.12, 0.06, 0.06, 0.03, 0.03)


def _phase_start(kind: str, age: int) -> int:
    """Age on 31 August at which children of this age come to a setting of this kind."""
    if kind in ("nm_early_years",) or age < 4:
        return max(2, age - 1)
    if kind in COLLEGES or kind in NOT_LEARNING or age >= 19:
        return max(16, age - 2)
    if kind.startswith("special"):
        return 4 if age < 11 else 11
    return 4 if age < 11 else 11 if age < 16 else 16


def _stays(rng: np.random.Generator, child: Child, plan: Plan, kind: str, places: Places) -> list[Stay]:
    ended = plan.ceased_on or date(2025, 1, 16)
    age = school_age(child.birth_on, ended.year if ended.month >= 9 else ended.year - 1)
    if kind == NO_PLACE:
        return _left(rng, child, age, ended, places)
    first = _phase_start(kind, age)
    since = max(first, age - int(rng.integers(0, 3))) if rng.random() < 0.35 else first
    entered = _september(rng, child, since)
    if entered >= ended:
        entered = ended - timedelta(days=60)
    stay = _stay(rng, child, kind, entered, age, places=places)
    stays = [*_before(rng, child, stay, since, kind=kind, places=places), stay]
    stays[-1].left_on = plan.ceased_on
    return stays


def _left(rng: np.random.Generator, child: Child, age: int, ended: date, places: Places) -> list[Stay]:
    """Nothing recorded now: the last setting was left in the year, or (one in seven) none was ever recorded."""
    if rng.random() < 0.14:
        return []
    kind = "mainstream_la_maintained" if age <= 16 else COLLEGES[0]
    entered = _september(rng, child, max(_phase_start(kind, age - 1), 2))
    left = date(ended.year - 1, 7, 19) if ended.month < 3 else ended
    stay = _stay(rng, child, kind, min(entered, left - timedelta(days=200)), age - 1, places=places)
    stay.left_on = left
    since = school_age(child.birth_on, stay.entered_on.year - (stay.entered_on.month < 9))
    return [*_before(rng, child, stay, since, kind=kind, places=places), stay]


def _september(rng: np.random.Generator, child: Child, age: int) -> date:
    year = child.birth_on.year + age + (child.birth_on.month >= 9)
    if rng.random() < 0.12:
        return date(year, 11, 6) + timedelta(days=int(rng.integers(60)))
    return date(year, 9, 4)


def _before(
    rng: np.random.Generator, child: Child, stay: Stay, since: int, *, kind: str, places: Places
) -> list[Stay]:
    """The settings of the phases before, as far back as the returns tell."""
    if stay.entered_on < EARLIEST or since <= 3:
        return []
    age = since - 1
    earlier = _earlier_kind(rng, kind, age)
    first = _phase_start(earlier, age)
    left = stay.entered_on - timedelta(days=1)
    left = date(left.year, 7, 21) if stay.entered_on.month == 9 else left
    entered = min(_september(rng, child, first), left - timedelta(days=150))
    former = _stay(rng, child, earlier, entered, age, places=places)
    former.left_on = left
    return [*_before(rng, child, former, first, kind=earlier, places=places), former]


def _earlier_kind(rng: np.random.Generator, kind: str, age: int) -> str:
    if age <= 3:
        return "nm_early_years" if rng.random() < 0.25 else "mainstream_la_maintained"
    if kind.startswith("special") and rng.random() < 0.75:
        return kind
    if age >= 16 and rng.random() < 0.75:
        return COLLEGES[0]
    if age >= 11 and rng.random() < 0.4:
        return "special_la_maintained"
    return "mainstream_la_maintained" if rng.random() < 0.72 else "mainstream_academy"


def _stay(
    rng: np.random.Generator, child: Child, kind: str, entered: date, age: int, *, places: Places
) -> Stay:
    stay = Stay(kind, entered)
    if kind not in SETTINGS:
        stay.urn = places.find(rng, kind, age + 1 if kind in COLLEGES else age, known(child.district)).urn
    return stay
