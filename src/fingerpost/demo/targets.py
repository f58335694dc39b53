# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many of each: published counts at the asked scale, and the few of ours that let the three years agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from fingerpost.demo.figures import Published
from fingerpost.demo.quotas import shares

Ages = dict[int, int]


@dataclass(frozen=True, slots=True)
class Stock:
    """Plans by group. Ages are ages on 31 August 2024, years are years in which the plan now in force began."""

    stayed_ages: Ages
    ceased_2024_ages: Ages
    entered_2024_ages: Ages
    total: int
    ceased: Mapping[int, int]
    starts: Ages
    ceased_2024_starts: Ages
    moved_2023_starts: Ages
    moved_2024_starts: Ages
    issued: Mapping[int, int]
    issued_in_january: Mapping[int, int]
    dated_december: Mapping[int, int]
    undated: Mapping[int, int]

    def entered_2023(self) -> int:
        held = self.issued[2023] - self.issued_in_january[2023] + self.issued_in_january[2024]
        return held + sum(self.moved_2023_starts.values())


class Scale:
    """Rounds a published count to the size of area that was asked for; what exists at all keeps at least one."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def __call__(self, count: float) -> int:
        return max(1, round(count * self.scale)) if count else 0


def ceased_ages(figures: Published) -> Ages:
    """Ages on 31 August 2024 of plans ceased in 2024: what the stocks force, the rest by published age at the end."""
    before = figures.by_age("stock_age", 2024, "ehcplans")
    after = figures.by_age("stock_age", 2025, "ehcplans")
    forced = {age: max(0, count - after.get(age + 1, 0)) for age, count in before.items()}
    published = figures.by_age("ceased_age", 2024, "total_ceased")
    wanted = {age: max(0, published.get(age + 1, 0) - forced[age]) if age < 19 else 0 for age in before}
    wanted |= dict.fromkeys(range(18, 22), 3)  # so that the few new plans of grown-ups find room
    extra = shares(figures.count("ceased", 2024, "total_ceased") - sum(forced.values()), wanted)
    return {age + 1: forced[age] + extra[age] for age in before}


def entered_ages(figures: Published) -> Ages:
    before = figures.by_age("stock_age", 2024, "ehcplans")
    after = figures.by_age("stock_age", 2025, "ehcplans")
    gone = ceased_ages(figures)
    return {age: max(0, count - before.get(age - 1, 0) + gone.get(age, 0)) for age, count in after.items()}


def start_years(figures: Published, census: int) -> Ages:
    """Plans by the year they began; the three published as older than the law are put in its first year."""
    years: Ages = {}
    for held, count in figures.by_age("stock_years", census, "ehcplans").items():
        year = max(2014, census - held)
        years[year] = years.get(year, 0) + count
    return years


def stock(figures: Published, scale: Scale) -> Stock:
    issued = {year: scale(figures.count("flow", year, "assess_issued")) for year in (2022, 2023, 2024)}
    january = {2023: scale(100), 2024: scale(79), 2025: scale(62)}
    december = {2022: scale(13), 2023: scale(10), 2024: scale(9)}
    total = scale(figures.count("stock", 2025, "ehcplans"))
    ceased = {year: scale(figures.count("ceased", year, "total_ceased")) for year in (2022, 2023, 2024)}
    stocks = {year: scale(figures.count("stock", year, "ehcplans")) for year in (2023, 2024, 2025)}
    moved_2023 = stocks[2024] - stocks[2023] + ceased[2023] - issued[2023] + january[2023] - january[2024]
    moved_2024 = stocks[2025] - stocks[2024] + ceased[2024] - issued[2024] + january[2024] - january[2025]
    starts, before = shares(total, start_years(figures, 2025)), start_years(figures, 2024)
    begun = issued[2024] - december[2023] + december[2024]
    moved_starts = _moved(moved_2024, max(0, starts[2024] - begun))
    drops = {
        year: before[year] - start_years(figures, 2025)[year] + _moved(161, 65).get(year, 0)
        for year in before
        if year < 2024
    }
    entered = _fit(
        shares(total - stocks[2024] + ceased[2024], entered_ages(figures)),
        shares(total, figures.by_age("stock_age", 2025, "ehcplans")),
    )
    stayed = shares(total, figures.by_age("stock_age", 2025, "ehcplans"))
    return Stock(
        stayed_ages={age: count - entered.get(age, 0) for age, count in stayed.items()},
        ceased_2024_ages=shares(ceased[2024], ceased_ages(figures)),
        entered_2024_ages=entered,
        total=total,
        ceased=ceased,
        starts=starts,
        ceased_2024_starts=shares(ceased[2024], {year: max(0, drop) for year, drop in drops.items()}),
        moved_2023_starts=_moved(moved_2023, round(moved_2023 * 342 / 365), 2023),
        moved_2024_starts=moved_starts,
        issued=issued,
        issued_in_january=january,
        dated_december=december,
        undated={
            year: round(
                scale.scale
                * (
                    figures.count("flow", year, "assess_issued")
                    - figures.count("flow", year, "plans_issued_den")
                )
            )
            for year in (2022, 2023, 2024)
        },
    )


def _moved(total: int, this_year: int, year: int = 2024) -> Ages:
    """Plans moved in, by the year they began elsewhere."""
    this_year = min(total, this_year)
    return {year: this_year, **shares(total - this_year, {y: y - 2010 for y in range(2016, year)})}


def _fit(parts: Ages, limits: Ages) -> Ages:
    """The same total with no part above its limit."""
    spare = sum(max(0, count - limits.get(age, 0)) for age, count in parts.items())
    fitted = {age: min(count, limits.get(age, 0)) for age, count in parts.items()}
    for age in sorted(limits, key=lambda age: fitted.get(age, 0) - limits[age]):
        room = min(spare, limits[age] - fitted.get(age, 0))
        fitted[age] = fitted.get(age, 0) + room
        spare -= room
    return fitted
