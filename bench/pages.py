# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the second wall costs: the case page's and the list's queries with and without row-level security, at
Lancashire's size, in one run. Needs the made-up area: `make demo` once, then `make bench ONLY=pages`."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fingerpost.records.people.sight import Sight

ROUNDS = 40
TURNS = 4
Measured = dict[str, tuple[float, int]]


def main() -> None:
    """Builds the area in a home of its own on the first run (about a minute)."""
    _set_up()
    from django.db import connection

    with_wall, without = _measure(), _bare()
    for _ in range(TURNS - 1):  # turn about, so that a busy moment of the machine falls on both
        with_wall, without = _better(with_wall, _measure()), _better(without, _bare())
    connection.close()
    for name, (seconds, asked) in with_wall.items():
        bare, _ = without[name]
        print(
            f"{name}: {seconds * 1000:.2f} ms with row-level security, {bare * 1000:.2f} ms without: "
            f"+{(seconds - bare) * 1000:.2f} ms, {seconds / bare:.2f}x ({asked} queries)"
        )


def _bare() -> Measured:
    _walls(up=False)
    try:
        return _measure()
    finally:
        _walls(up=True)


def _better(one: Measured, other: Measured) -> Measured:
    return {name: min(one[name], other[name]) for name in one}


def _set_up() -> None:
    os.environ["FINGERPOST_HOME"] = str(Path(".fingerpost/bench").absolute())
    os.environ["FINGERPOST_DEMO"] = "1"
    from fingerpost.cli import web
    from fingerpost.cli.main import main as command

    command(["migrate", "--quiet"])
    _as("loader", lambda: command(["demo", "build"]))
    web.start(role="web")
    _as("web", lambda: None)


def _as(role: str, do: Callable[[], object]) -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = f"fingerpost_{role}"
    settings.DATABASE_ROLE = role
    do()


def _measure() -> Measured:
    from django.conf import settings
    from django.db import transaction

    from fingerpost.records.accounts.models import User
    from fingerpost.records.people import actor
    from fingerpost.records.people.sight import sight_of

    with transaction.atomic():
        user = User.objects.get(name="Robin Carter")
        actor.assume(user.pk)
        sight = sight_of(user, on=settings.DEMO_ON)
        return {name: _timed(ask) for name, ask in _pages(sight).items()}


def _pages(sight: "Sight") -> "dict[str, Callable[[], object]]":
    from fingerpost.records.cases import caseload, filtering, queries
    from fingerpost.records.cases.models import Case
    from fingerpost.records.people.queries import who_can_see
    from fingerpost.records.placements.queries import placements_of
    from fingerpost.records.plans.queries import plan_of
    from fingerpost.records.returns.queries import held_of

    today = settings_day()
    case = Case.objects.visible_to(sight).filter(stage="maintained").order_by("pk").first()
    assert isinstance(case, Case)

    def case_page() -> None:
        queries.case_page(case.pk, sight, today=today)
        placements_of(plan_of(case.pk, sight), sight)
        held_of(case.person_id, case.pk, sight)
        who_can_see(case.person_id)

    def list_page() -> None:
        caseload.caseload(sight, filters=filtering.Filters(), today=today)
        caseload.counts(sight, today=today)

    return {"case page": case_page, "caseload page": list_page}


def settings_day() -> "date":
    from django.conf import settings

    return settings.DEMO_ON


def _timed(ask: Callable[[], object]) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - began)
    return min(spent), len(asked.captured_queries)  # the least disturbed round


def _walls(*, up: bool) -> None:
    import psycopg

    from fingerpost.postgres import place

    address = place.where(Path(os.environ["FINGERPOST_HOME"]) / "postgres")
    verb = "ENABLE" if up else "DISABLE"
    with psycopg.connect(address.url(role=address.superuser, database="fingerpost"), autocommit=True) as root:
        for (table,) in root.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relforcerowsecurity"
        ).fetchall():
            root.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")


if __name__ == "__main__":
    main()
