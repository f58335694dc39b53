# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the end of a return: cases that an earlier one held open and this one does not speak of."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

from fingerpost.records.cases import copying
from fingerpost.records.cases.models import Stage
from fingerpost.records.returns.batches import Job
from fingerpost.records.returns.models import ReturnFile

HOLD = (
    "INSERT INTO returns_helditem (id, area_id, team_id, person_id, case_id, file_id, pattern, line, question, offer,"
    " state, decision, reason)"
    " SELECT gen_random_uuid(), c.area_id, c.team_id, c.person_id, c.id, %s, %s, 0, %s, %s::jsonb, 'open', '', ''"
    " FROM cases_case c WHERE c.area_id = %s AND c.census_on = %s AND c.stage = ANY(%s)"
    " AND NOT EXISTS (SELECT 1 FROM returns_sourcerecord r"
    "  WHERE r.team_id = c.team_id AND r.person_id = c.person_id AND r.file_id = %s)"
    " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is missing, what is asked, and what may be chosen."""

    name: str
    question: str
    offer: tuple[str, ...]
    stages: tuple[str, ...]


REQUEST = Pattern(
    "request-absent",
    "the request was open in the return before and is not in this one",
    ("still open", "withdrawn", "refused", "moved to another authority"),
    (Stage.REQUESTED, Stage.ASSESSING, Stage.AGREED),
)
PLAN = Pattern(
    "plan-absent",
    "the plan was active in the return before and is not in this one",
    ("still active", "ended on", "moved"),
    (Stage.MAINTAINED,),
)
AGAIN = Pattern(
    "absent-from-resubmission",
    "the first file of this year held this case; the resubmission does not",
    ("left out by mistake", "should not have been in the first file"),
    tuple(Stage.values),
)


def hold(file: ReturnFile, job: Job) -> Counter[str]:
    """One question a case; only the newest return can leave something out."""
    counts: Counter[str] = Counter()
    before = job.earlier_census_on
    if not job.newest:
        return counts
    for pattern, seen_on in (
        (REQUEST, before),
        (PLAN, before),
        (AGAIN, file.census_on if job.source.again else None),
    ):
        if seen_on is not None:
            counts[f"held: {pattern.name}"] = _hold(file, pattern, seen_on)
    return +counts


def _hold(file: ReturnFile, pattern: Pattern, seen_on: date) -> int:
    said = [file.pk, pattern.name, pattern.question, json.dumps(pattern.offer)]
    return copying.tell(HOLD, [*said, file.area_id, seen_on, list(pattern.stages), file.pk])
