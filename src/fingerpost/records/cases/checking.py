# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proves the kept clocks: works every case of an area out again and names those that differ from what is kept."""

from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from fingerpost.records.cases import keeping, reading, stages
from fingerpost.records.cases.models import Case, Clock, Standing

FIELDS = (
    *("duty", "started_on", "due_on", "closed_on", "standing", "verdict", "days_late", "certainty"),
    "as_at_on",
)


def differing(area_id: UUID) -> Iterator[UUID]:
    """Cases whose kept clocks or stage are not what their facts say. Run in the name of one who sees the area."""
    for case in Case.objects.filter(area_id=area_id).order_by("pk"):
        assert isinstance(case, Case)  # noqa: S101
        standing = keeping.standing_facts(case)
        read = reading.case_of(standing, census_on=case.census_on)
        answers = keeping.answers_of(case, standing)
        said = {tuple(asdict(answer)[name] for name in FIELDS) for answer in answers}
        if said != _kept(case) or stages.stage_of(read) != case.stage:
            yield case.pk


def _kept(case: Case) -> set[tuple[object, ...]]:
    rows = Clock.objects.filter(team_id=case.team_id, person_id=case.person_id, case=case)
    return set(rows.exclude(standing=Standing.NOT_STARTED).values_list(*FIELDS))
