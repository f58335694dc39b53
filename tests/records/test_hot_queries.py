# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queries of the hottest pages: each has an index to go by, behind row-level security, as the web login.

The world is small, so PostgreSQL would rightly read whole tables; with that forbidden, the plan shows whether an index
serves the query at all.
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fingerpost.records.accounts.models import User
from fingerpost.records.cases import caseload, queries
from fingerpost.records.cases.filtering import Filters
from fingerpost.records.cases.models import Case
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight, sight_of
from fingerpost.records.placements.queries import placements_of
from fingerpost.records.plans.queries import plan_of
from fingerpost.records.returns.held import review
from fingerpost.records.returns.held.review import HeldFilters
from fingerpost.records.returns.queries import held_of
from tests.desks.cast import AT

TODAY = AT.date()
READERS = ("Robin Carter", "Hazel Tanner", "Willow Hollybank")

Ask = Callable[[Sight, Case], object]
HOT: dict[str, Ask] = {
    "caseload": lambda sight, case: caseload.caseload(sight, filters=Filters(), today=TODAY),
    "caseload, overdue": lambda sight, case: caseload.caseload(
        sight, filters=Filters(duty="final-plan", standing="overdue"), today=TODAY
    ),
    "caseload, by name": lambda sight, case: caseload.caseload(
        sight, filters=Filters(text="Holly"), today=TODAY, sort="name"
    ),
    "counts": lambda sight, case: caseload.counts(sight, today=TODAY),
    "case": lambda sight, case: queries.case_page(case.pk, sight, today=TODAY),
    "fact": lambda sight, case: queries.fact(case.facts.all()[0].pk, sight),
    "family": lambda sight, case: queries.cases_of_family(sight),
    "plan": lambda sight, case: plan_of(case.pk, sight),
    "placements": lambda sight, case: placements_of(plan_of(case.pk, sight), sight),
    "held list": lambda sight, case: review.held_page(sight, filters=HeldFilters()),
    "held items": lambda sight, case: held_of(case.person_id, case.pk, sight),
}


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, db: None) -> Iterator[Sight]:
    with transaction.atomic():
        user = User.objects.get(name=request.param)
        actor.assume(user.pk)
        yield sight_of(user, on=TODAY)


def _whole_tables(sql: str) -> list[str]:
    """Child tables that the plan reads whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
    said = json.dumps(plan if not isinstance(plan, str) else json.loads(plan))
    found = re.findall(r'"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(\w+)"', said)
    return [name for name in found if re.match(r"people_|cases_|plans_|placements_|returns_(sou|held)", name)]


@pytest.mark.parametrize("name", HOT)
def test_no_child_table_is_read_whole(reader: Sight, name: str) -> None:
    case = Case.objects.visible_to(reader).filter(person__surname="Hollybank").first()
    assert isinstance(case, Case)
    with CaptureQueriesContext(connection) as asked:
        HOT[name](reader, case)
    assert asked.captured_queries or (name == "family" and not reader.family), "nothing was asked"
    for query in asked.captured_queries:
        assert _whole_tables(query["sql"]) == [], query["sql"]
