# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan of a case as pages show it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fingerpost.records.people.sight import Sight
from fingerpost.records.plans.models import Need, Plan


@dataclass(frozen=True, slots=True)
class PlanView:
    """The newest known state of a plan, with the needs of the newest census day."""

    id: UUID
    person_id: UUID
    team_id: UUID
    started_on: date | None
    first_made_on: date | None
    ended_on: date | None
    cease_reason: str
    transferred_from: str
    setting_name: str | None  # of the organisation, where it is known by its number
    urn: str
    ukprn: str
    setting: str  # a code where there is no number
    personal_budget: bool | None
    census_on: date | None
    needs: tuple[str, ...]  # SEN type codes, the primary one first


def plan_of(case_id: UUID, sight: Sight) -> PlanView | None:
    """The plan of a case, if there is one and this user may see it. Two queries."""
    rows = Plan.objects.visible_to(sight).filter(case_id=case_id).select_related("organisation")
    plan = rows.first()
    return _view(plan) if isinstance(plan, Plan) else None


def _view(plan: Plan) -> PlanView:
    return PlanView(
        id=plan.pk,
        person_id=plan.person_id,
        team_id=plan.team_id,
        started_on=plan.started_on,
        first_made_on=plan.first_made_on,
        ended_on=plan.ended_on,
        cease_reason=plan.cease_reason,
        transferred_from=plan.transferred_from,
        setting_name=plan.organisation.name if plan.organisation else None,
        urn=plan.urn,
        ukprn=plan.ukprn,
        setting=plan.setting,
        personal_budget=plan.personal_budget,
        census_on=plan.census_on,
        needs=_needs(plan),
    )


def _needs(plan: Plan) -> tuple[str, ...]:
    rows = Need.objects.filter(team_id=plan.team_id, person_id=plan.person_id, plan=plan)
    held = list(rows.order_by("-census_on", "rank").values_list("census_on", "kind"))
    return tuple(kind for census_on, kind in held if census_on == held[0][0])
