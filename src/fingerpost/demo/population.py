# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole population of the made-up area: every child with its life, from one seed and one scale."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fingerpost.demo import (
    decisions,
    people,
    pipeline,
    placements,
    reviews,
    schools,
    stock,
    targets,
    timelines,
)
from fingerpost.demo.figures import AREA, CENSUS_DAYS, Published, published
from fingerpost.demo.identities import UpnRegister
from fingerpost.demo.lives import Child, Plan, Request, age_on, known, school_age
from fingerpost.demo.names import Namer
from fingerpost.demo.postcodes import BLOCKS, DISTRICTS
from fingerpost.demo.quotas import shares, shuffled, spread, stream
from fingerpost.demo.schools import School
from fingerpost.demo.stock import Holder

REASONS = {
    "max_age": "1", "needs_met": "2", "he": "3", "employ": "4", "transfer": "5",
    "no_engage": "6", "moved_outside_eng": "7", "deceased": "8", "other": "9",
}  # fmt: skip
ETHNICITIES = {
    "Any other ethnic group": "OOTH", "Asian - Any other Asian background": "AOTH", "Asian - Bangladeshi": "ABAN",
    "Asian - Chinese": "CHNE", "Asian - Indian": "AIND", "Asian - Pakistani": "APKN",
    "Black - Any other Black background": "BOTH", "Black - Black African": "BAFR", "Black - Black Caribbean": "BCRB",
    "Mixed - Any other Mixed background": "MOTH", "Mixed - White and Asian": "MWAS",
    "Mixed - White and Black African": "MWBA", "Mixed - White and Black Caribbean": "MWBC", "Unclassified": "NOBT",
    "White - Any other White background": "WOTH", "White - Gypsy/Roma": "WROM", "White - Irish": "WIRI",
    "White - Traveller of Irish heritage": "WIRT", "White - White British": "WBRI",
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
    _flags(seed, figures, size, [h.request for h in holders if h.request], waiting)
    others = _children(seed, figures, size, holders, waiting)
    everyone = [h.child for h in holders] + others
    _who(seed, figures, holders, others)
    settings = schools.build(seed)
    _plans(seed, figures, holders, schools.Places(settings), scale)
    _numbers(seed, everyone)
    people.enter(everyone)
    moved = Counter(h.child.plan.moved_in for h in holders if h.child.plan and h.child.plan.moved_in)
    return Population(tuple(everyone), settings, {year: moved[year] for year in (2022, 2023, 2024)})


def _flags(
    seed: int, figures: Published, size: targets.Scale, made: list[Request], waiting: list[Request]
) -> None:
    """Mediation, appeals, exceptions, custody and who asked, each as often as published."""
    everyone = made + waiting
    for year in (2022, 2023, 2024):
        rng = stream(seed, "flags", year)
        row = figures.row("flow", year)
        issued = [r for r in made if r.assessed_on and r.assessed_on.year == year]
        for column, field in (
            ("number_assess_mediation", "assessment_mediation"), ("number_assess_tribunal", "assessment_tribunal"),
            ("number_other_mediation", "other_mediation"), ("number_other_tribunal", "other_tribunal"),
        ):  # fmt: skip
            for request in shuffled(rng, issued)[: round(size.scale * row.get(column, 0))]:
                setattr(request, field, True)
        _exceptions(row, issued, size.scale)
        received = [r for r in everyone if r.received_on and r.received_on.year == year]
        for request in shuffled(rng, received)[: round(size.scale * row.get("requests_rya", 0))]:
            request.in_custody = True
        for request, source in zip(
            received, spread(rng, len(received), {"1": 38, "2": 55, "3": 4, "4": 2, "5": 1}), strict=True
        ):
            request.source = source


def _exceptions(row: Mapping[str, int], issued: list[Request], scale: float) -> None:
    """Flagged exceptions, in time and late, are the difference of the two published denominators."""
    dated = [r for r in issued if r.received_on]
    for column, first, last in (
        ("plans_issued_{}within_20_weeks", 0, 140), ("plans_issued_gt20weeks_ltYear{}", 141, 364),
    ):  # fmt: skip
        whole = row.get(column.replace("{}", ""), 0)
        kept = row.get(column.replace("{}within_20_weeks", "20_weeks_ex").replace("{}", "_ex"), whole)
        able = [
            r
            for r in dated
            if r.assessed_on and r.received_on and first <= (r.assessed_on - r.received_on).days <= last
        ]
        for request in able[: round(scale * (whole - kept))]:
            request.exception = True


def _children(
    seed: int, figures: Published, size: targets.Scale, holders: list[Holder], waiting: list[Request]
) -> list[Child]:
    """A child for each request without a plan, so that ages at the request are as published; some asked before."""
    others: list[Child] = []
    refused: dict[int, list[Child]] = {}
    for year in (2022, 2023, 2024, 2025):
        rng = stream(seed, "ages", year)
        group = [r for r in waiting if r.received_on and r.received_on.year == year]
        published_year = min(max(year, 2023), 2024)
        whole = [
            h for h in holders if h.request and h.request.received_on and h.request.received_on.year == year
        ]
        have = Counter(min(20, max(2, age_on(h.child.birth_on, h.request.received_on))) for h in whole)  # type: ignore[union-attr, arg-type]
        ages = shares(
            len(group) + len(whole),
            figures.by_age("request_age", published_year, "requests_received_in_year"),
        )
        free = {age: max(0, count - have.get(age, 0)) for age, count in ages.items()}
        cards = spread(rng, len(group), free if sum(free.values()) else ages)
        again = size(60) if year == 2024 else 0
        for request, age in zip(shuffled(rng, group), cards, strict=True):
            former = (
                _asked_before(refused.get(age, []), request, age)
                if again and request.decision != "A"
                else None
            )
            if former:
                former.requests.append(request)
                again -= 1
                continue
            child = Child(
                birth_on=_birthday(known(request.received_on), age, int(rng.integers(365))),
                requests=[request],
            )
            others.append(child)
            if request.decision == "N" and not request.assessment:
                for later in (age, age + 1):
                    refused.setdefault(later, []).append(child)
    return others


def _asked_before(candidates: list[Child], request: Request, age: int) -> Child | None:
    """A child refused the year before who is of the age that the published table still wants."""
    came = known(request.received_on)
    for place, child in enumerate(candidates):
        earlier = child.requests[-1].decided_on
        was = child.requests[0].received_on
        right_age = age_on(child.birth_on, came) == age
        once = len(child.requests) == 1 and was is not None and was.year == 2023
        if once and right_age and earlier and earlier + timedelta(days=60) < came:
            return candidates.pop(place)
    return None


def _birthday(day: date, age: int, days: int) -> date:
    turned = date(day.year - age, day.month, min(day.day, 28))
    return turned - timedelta(days=days)


def _who(seed: int, figures: Published, holders: list[Holder], others: list[Child]) -> None:
    """Sex, ethnicity and home, exact in the stock of January 2025 and alike in everybody else."""
    now = [h for h in holders if not h.ceased]
    new = [h.child for h in now if h.start_year == 2024 and h.origin == "made" and not h.amended]
    seen = {id(child) for child in new}
    old = [h.child for h in now if id(h.child) not in seen]
    rest = [h.child for h in holders if h.ceased] + others
    men = figures.count("stock_sex", 2025, "ehcplans", "Male") / figures.count("stock", 2025, "ehcplans")
    new_men = round(len(new) * 1240 / 1821)
    rng = stream(seed, "sex")
    for group, males in (
        (new, new_men),
        (old, round(men * len(now)) - new_men),
        (rest, round(0.68 * len(rest))),
    ):
        for child, sex in zip(
            group, shuffled(rng, ["M"] * males + ["F"] * (len(group) - males)), strict=True
        ):
            child.sex = sex
    weights = {
        ETHNICITIES[name]: n for name, n in figures.by_row("stock_ethnicity", 2025, "ehcplans").items()
    }
    rng = stream(seed, "ethnicity")
    for group in (new + old, rest):
        for child, code in zip(group, spread(rng, len(group), weights), strict=True):
            child.ethnicity = "REFU" if code == "NOBT" and rng.random() < 0.2 else code
    rng = stream(seed, "homes")
    for group in (new + old, rest):
        for child, number in zip(
            group, spread(rng, len(group), {i: d.weight for i, d in enumerate(DISTRICTS)}), strict=True
        ):
            child.district = DISTRICTS[number]
            child.postcode = BLOCKS[number][int(rng.integers(100))].text


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
    placements.extras(seed, figures, now, scale)
    placements.budgets(seed, figures, now, {2023: gone[2023], 2024: gone[2024]}, scale)
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


def _numbers(seed: int, everyone: list[Child]) -> None:
    """Names and pupil numbers, oldest first. Some of the youngest have no number yet, some refused never got one."""
    namer = Namer(stream(seed, "names"), people.SURNAMES)
    register = UpnRegister(AREA)
    rng = stream(seed, "numbers")
    for child in sorted(everyone, key=lambda c: c.birth_on):
        child.forename, child.surname = namer.next()
        only = child.requests[0]
        fresh = (
            only.received_on is not None and only.received_on > CENSUS_DAYS[2024] and len(child.requests) == 1
        )
        if fresh and age_on(child.birth_on, CENSUS_DAYS[2025]) < 5 and not only.plan and rng.random() < 0.25:
            child.upn_missing = "UN1"
        elif fresh and only.decision == "N" and not only.assessment and rng.random() < 0.03:
            child.upn_missing = "UN10"
        else:
            child.upn = register.next(child.birth_on)
