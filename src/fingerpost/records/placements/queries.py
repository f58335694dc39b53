# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a child is placed, as pages show it."""

from dataclasses import dataclass
from datetime import date

from fingerpost.records.people.sight import Sight
from fingerpost.records.placements.models import Placement
from fingerpost.records.plans.queries import PlanView


@dataclass(frozen=True, slots=True)
class PlacementView:
    """One setting attended, as seen on a census day."""

    name: str | None
    urn: str
    ukprn: str
    setting: str
    rank: int | None
    entered_on: date | None
    left_on: date | None
    census_on: date


def placements_of(plan: PlanView | None, sight: Sight) -> tuple[PlacementView, ...]:
    """The picture of the newest census day first, every year's after it. One query; none without a plan."""
    if plan is None:
        return ()
    rows = Placement.objects.visible_to(sight).filter(
        team_id=plan.team_id, person_id=plan.person_id, plan_id=plan.id
    )
    fields = ("organisation__name", "urn", "ukprn", "setting", "rank", "entered_on", "left_on", "census_on")
    return tuple(PlacementView(*row) for row in rows.order_by("-census_on", "place").values_list(*fields))
