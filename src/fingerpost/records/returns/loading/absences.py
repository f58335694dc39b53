# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the end of a return: cases that an earlier one held open and this one does not speak of, and children whom another
authority's return of the same year holds as well."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

from fingerpost.records.cases.models import Stage
from fingerpost.records.foundation import copying
from fingerpost.records.returns.loading.job import Job
from fingerpost.records.returns.models import ReturnFile

HOLD = (
    "INSERT INTO returns_helditem (id, area_id, team_id, person_id, case_id, file_id, pattern, line, question, offer,"
    " about, state, decision, reason)"
    " SELECT gen_random_uuid(), c.area_id, c.team_id, c.person_id, c.id, %s, %s, 0, %s, %s::jsonb, '{}', 'open', '', ''"
    " FROM cases_case c WHERE c.area_id = %s AND c.census_on = %s AND c.stage = ANY(%s)"
    " AND NOT EXISTS (SELECT 1 FROM returns_sourcerecord r"
    "  WHERE r.team_id = c.team_id AND r.person_id = c.person_id AND r.file_id = %s)"
    " ON CONFLICT DO NOTHING"
)

# A database may hold several areas that share control of it. Neither side has said that the child moved.
IN_TWO = (
    "INSERT INTO returns_helditem (id, area_id, team_id, person_id, case_id, file_id, pattern, line, question, offer,"
    " about, state, decision, reason)"
    " SELECT gen_random_uuid(), p.area_id, p.team_id, p.id, NULL, %s, %s, 0, %s, %s::jsonb, '{}', 'open', '', ''"
    " FROM people_person p WHERE p.area_id = %s AND EXISTS (SELECT 1 FROM returns_sourcerecord r"
    "  WHERE r.team_id = p.team_id AND r.person_id = p.id AND r.file_id = %s)"
    " AND EXISTS (SELECT 1 FROM returns_returnfile f JOIN people_person q ON q.area_id = f.area_id"
    "   AND (q.upn = p.upn OR q.uln = p.uln)"
    "  JOIN returns_sourcerecord r ON r.team_id = q.team_id AND r.person_id = q.id AND r.file_id = f.id"
    "  WHERE f.area_id <> p.area_id AND f.year = %s AND f.state = 'done' AND NOT EXISTS (SELECT 1 FROM cases_fact m"
    "   WHERE m.person_id IN (p.id, q.id) AND m.team_id IN (p.team_id, q.team_id)"
    "   AND m.name IN ('moved_to_la', 'moved_from_la') AND m.census_on = %s))"
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
TWO_AUTHORITIES = Pattern(
    "two-authorities",
    "another authority's return of this year holds a child with the same number, and neither says that the child moved",
    ("moved on", "moved in", "two different children"),
    (),
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
    counts[f"held: {TWO_AUTHORITIES.name}"] = _hold_in_two_authorities(file)
    return +counts


def _hold_in_two_authorities(file: ReturnFile) -> int:
    said = [file.pk, TWO_AUTHORITIES.name, TWO_AUTHORITIES.question, json.dumps(TWO_AUTHORITIES.offer)]
    if not ReturnFile.objects.filter(year=file.year).exclude(area_id=file.area_id).exists():
        return 0
    return copying.tell(IN_TWO, [*said, file.area_id, file.pk, file.year, file.census_on])


def _hold(file: ReturnFile, pattern: Pattern, seen_on: date) -> int:
    said = [file.pk, pattern.name, pattern.question, json.dumps(pattern.offer)]
    return copying.tell(HOLD, [*said, file.area_id, seen_on, list(pattern.stages), file.pk])
