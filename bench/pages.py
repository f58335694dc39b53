# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the second wall costs: the case page's and the list's queries with and without row-level security, at
Lancashire's size, in one run. Needs the made-up area: `make demo` once, then `make bench ONLY=pages`.

Two clocks: the one on the wall, and the processor time of the connection's own database process, which other work on
the machine disturbs less. Each says the least of many rounds. The connection is warm, as a server's is.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fingerpost.records.people.sight import Sight

ROUNDS = {"case page": 120, "caseload page": 15}
WARM = 12  # rounds before it counts: a query's plan is kept from about the seventh on
TURNS = 4
Measured = dict[str, tuple[float, float, int]]  # seconds on the wall, seconds of the database, queries


def main() -> None:
    """Builds the area in a home of its own on the first run (about a minute)."""
    _set_up()
    from django.db import connection

    with_wall, without = _measure(), _bare()
    for _ in range(TURNS - 1):  # turn about, so that a busy moment of the machine falls on both
        with_wall, without = _better(with_wall, _measure()), _better(without, _bare())
    connection.close()
    for name, (seconds, database, asked) in with_wall.items():
        bare, bare_database, _ = without[name]
        print(f"{name} ({asked} queries), with row-level security and without:")
        print(f"  on the wall  {_said(seconds, bare)}")
        print(f"  the database {_said(database, bare_database)}")


def _said(walled: float, bare: float) -> str:
    more = (walled - bare) * 1000
    return f"{walled * 1000:6.2f} ms, {bare * 1000:6.2f} ms: {more:+.2f} ms, {walled / bare:.2f} times"


def _bare() -> Measured:
    _walls(up=False)
    try:
        return _measure()
    finally:
        _walls(up=True)


def _better(one: Measured, other: Measured) -> Measured:
    pairs = {name: zip(one[name], other[name], strict=True) for name in one}
    return {name: tuple(map(min, pair)) for name, pair in pairs.items()}  # type: ignore[misc]


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

    from fingerpost.config import databases

    connection.close()
    options = databases.chosen(settings.HOME, role)["OPTIONS"]  # a server of its own would begin with them
    connection.settings_dict.update(USER=f"fingerpost_{role}", OPTIONS=options)
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
        return {name: _timed(ask, ROUNDS[name]) for name, ask in _pages(sight).items()}


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


def _timed(ask: Callable[[], object], rounds: int) -> tuple[float, float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    for _ in range(WARM):
        ask()
    wall, database = [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), _database_seconds()
        ask()
        wall.append(time.perf_counter() - began)
        database.append(_database_seconds() - worked)
    return min(wall), min(database), len(asked.captured_queries)  # the least disturbed round


def _database_seconds() -> float:
    """Processor time of this connection's database process so far, as the kernel counts it."""
    from django.db import connection

    spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return int(spent.split()[0]) / 1e9


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
