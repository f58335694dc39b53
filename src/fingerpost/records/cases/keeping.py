# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps a case's clocks and stage true to its facts. Every verb that writes a fact calls `recompute`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from django.db import transaction

from fingerpost.records.cases import clocks, reading, stages
from fingerpost.records.cases.models import Case, Clock, Fact, Standing
from fingerpost.rules.duties import register


@transaction.atomic
def recompute(*, case: Case, at: datetime) -> None:
    """Work the case's clocks and stage out again from the facts that stand."""
    standing = standing_facts(case)
    read = reading.case_of(standing, census_on=case.census_on)
    answers = answers_of(case, standing)
    _keep(case, answers, at)
    case.stage = stages.stage_of(read)
    case.save(update_fields=["stage"])


def standing_facts(case: Case) -> list[Fact]:
    """The facts that stand now."""
    facts = Fact.objects.filter(case=case, person_id=case.person_id, team_id=case.team_id).current()
    return cast(list[Fact], list(facts))


def answers_of(case: Case, standing: Sequence[Fact]) -> tuple[clocks.Kept, ...]:
    """The clocks to keep, from the facts that stand."""
    return clocks.kept(
        reading.case_of(standing, census_on=case.census_on),
        presumed=reading.presumed(standing),
        by_people=reading.by_people(standing),
        census_on=case.census_on,
    )


def _keep(case: Case, answers: Sequence[clocks.Kept], at: datetime) -> None:
    changing = ["started_on", "due_on", "closed_on", "standing", "verdict", "days_late", "certainty"]
    rows = [
        Clock(
            area_id=case.area_id,
            team_id=case.team_id,
            person_id=case.person_id,
            case=case,
            law_version=register.LAW_VERSION,
            computed_at=at,
            **asdict(answer),
        )
        for answer in answers
    ]
    Clock.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["team", "person", "case", "duty"],
        update_fields=[*changing, "as_at_on", "law_version", "computed_at"],
    )
    gone = case.clocks.filter(person_id=case.person_id).exclude(duty__in=[row.duty for row in rows])
    gone.update(
        standing=Standing.NOT_STARTED, verdict="not_started", due_on=None, closed_on=None, started_on=None
    )
