# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a plan is repeated on the plan, from the facts of its case."""

from fingerpost.records.cases import keeping
from fingerpost.records.cases.models import Case
from fingerpost.records.plans.models import Plan


def recompute(case: Case) -> None:
    """Make the plan of the case, if there is one, say what the facts that stand say of its end."""
    ended = max((f.on for f in keeping.standing_facts(case) if f.name == "plan_ended" and f.on), default=None)
    Plan.objects.filter(team_id=case.team_id, person_id=case.person_id, case=case).update(ended_on=ended)
