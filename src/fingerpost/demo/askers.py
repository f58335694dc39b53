# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child for each request that led to no plan, of the published age; some asked before."""

from collections import Counter
from datetime import date, timedelta

from fingerpost.demo import (
    targets,
)
from fingerpost.demo.figures import Published
from fingerpost.demo.holder import Holder
from fingerpost.demo.lives import Child, Request, age_on, known
from fingerpost.demo.quotas import shares, shuffled, spread, stream


def children(
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
