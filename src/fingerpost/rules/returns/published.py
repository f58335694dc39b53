# SPDX-License-Identifier: Apache-2.0
"""Published figures of England, the region and the areas in it, to set a return beside.

Department for Education, Education, health and care plans, reporting year 2025. Contains public sector information
licensed under the Open Government Licence v3.0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fingerpost.rules.returns import layout
from fingerpost.rules.returns.measures import half_up

ATTRIBUTION = (
    "Published figures: Department for Education, Education, health and care plans, reporting year 2025. "
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
RATES = {  # column -> what it is a share of
    "cy_request_outcome_six_weeks": ("cy_request_outcome_six_weeks", "cy_request_outcome_over_6_weeks"),
    "cy_plans_issued_within_20_weeks": ("cy_plans_issued_den",),
    "cy_plans_issued_20_weeks_ex": ("cy_plans_issued_den_ex",),
    "cy_plans_issued_gt_1_year": ("cy_plans_issued_den",),
}


@dataclass(frozen=True, slots=True)
class Area:
    """One line of the published table."""

    level: str
    la: str
    name: str
    figures: Mapping[str, str]


@cache
def _areas(year: int) -> tuple[Area, ...]:
    rows = layout.table("published.csv")
    return tuple(Area(r["level"], r["la_number"], r["name"], r) for r in rows if r["year"] == str(year))


def beside(
    la: str, headline: str, year: int, more: tuple[str, ...] = ()
) -> Iterator[tuple[str, int, float | None]]:
    """Name, count and percentage of the area itself, its region, England and the areas asked for."""
    stock = headline.startswith("jan_")
    areas = _areas(year if stock else year - 1)
    region = _regions().get(la)
    for area in areas:
        wanted = area.la in (la, *more) if area.la else area.level == "National" or area.name == region
        if wanted:
            count = _number(area.figures.get(headline))
            if count is not None:
                yield area.name, count, _rate(area, headline, count)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _rate(area: Area, headline: str, count: int) -> float | None:
    wholes = [_number(area.figures[name]) for name in RATES.get(headline, ())]
    if not wholes or None in wholes:
        return None
    whole = sum(number for number in wholes if number is not None)
    return half_up(100 * count / whole) if whole else None


@cache
def _regions() -> Mapping[str, str]:
    return {row["la_number"]: row["region"] for row in layout.table("authorities.csv")}
