# SPDX-License-Identifier: AGPL-3.0-or-later
"""Could we hand this in today? What stands in the way is kept from its first day to its last, for its readers alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.core.exceptions import PermissionDenied

from fingerpost.postgres.address import Address
from fingerpost.records.accounts.models import Team, User
from fingerpost.records.cases.models import Case
from fingerpost.records.foundation.models import Area, JournalEntry
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor
from fingerpost.records.people.models import Person
from fingerpost.records.people.sight import Sight, sight_of
from fingerpost.records.returns.models import Finding, ReadinessRun
from fingerpost.records.returns.readiness import findings
from fingerpost.records.returns.readiness.actions import assess_readiness
from fingerpost.records.returns.readiness.findings import Filters
from fingerpost.records.returns.refusals import NotPossible
from tests.database import connected, raw, run

YEAR = 2025
DAY = date(2025, 2, 3)
AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = datetime.now(UTC).date()  # the database asks the real day whether a role holds
As = Callable[[str], AbstractContextManager[Sight]]


@pytest.fixture
def signed(own_database: str) -> As:
    """Work as the web login, in this person's name: both walls stand."""

    @contextmanager
    def working(name: str) -> Iterator[Sight]:
        user = User.objects.get(name=name)
        with connected(own_database, "web"), actor.acting(user.pk):
            yield sight_of(user, on=TODAY)

    return working


def _area() -> UUID:
    return Area.objects.values_list("pk", flat=True).get(la_number="888")


def _look(signed: As, name: str = "Hazel Tanner", *, on: date = DAY) -> ReadinessRun:
    area_id = _area()
    with signed(name) as by:
        return assess_readiness(area_id=area_id, year=YEAR, on=on, by=by, at=AT)


def _standing() -> dict[object, tuple[object, ...]]:
    fields = ("pk", "first_seen_on", "level", "message", "case_id", "team_id")
    rows = Finding.objects.filter(year=YEAR, gone_on=None).values_list(*fields)
    return {pk: rest for pk, *rest in rows}


def _wren() -> Person:
    return Person.objects.get(surname="Hollybank")


def _number(person: Person, upn: str | None) -> None:
    Person.objects.filter(pk=person.pk).update(upn=upn)


# -- from the first day to the last ---------------------------------------------------------------------------------


def test_a_second_look_finds_the_same_and_keeps_its_first_day(signed: As) -> None:
    before = _standing()
    assert before
    later = DAY + timedelta(days=1)
    run = _look(signed, on=later)
    assert _standing() == before
    assert set(Finding.objects.filter(gone_on=None).values_list("last_seen_on", flat=True)) == {later}
    assert (run.errors + run.queries, run.persons > 300) == (len(before), True)
    assert sum(run.counts.values()) == len(before)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.kind, entry.subject_id, entry.origin) == ("return.assessed", run.pk, "system")


def test_a_fault_is_seen_mended_and_seen_again(signed: As) -> None:
    wren, first = _wren(), DAY + timedelta(days=1)
    right, days = wren.upn, [first + timedelta(days=n) for n in range(4)]
    _number(wren, "A12")
    _look(signed, on=days[0])
    _look(signed, on=days[1])
    broken = Finding.objects.get(person=wren, rule="L111")
    assert (broken.first_seen_on, broken.last_seen_on, broken.gone_on) == (days[0], days[1], None)
    assert (broken.team_id, broken.case.person_id) == (wren.team_id, wren.pk)  # type: ignore[union-attr]
    _number(wren, right)
    _look(signed, on=days[2])
    broken.refresh_from_db()
    assert (broken.last_seen_on, broken.gone_on) == (days[1], days[2])
    _number(wren, "A12")
    _look(signed, on=days[3])
    again = Finding.objects.get(person=wren, rule="L111", gone_on=None)
    assert again.first_seen_on == days[3]


def test_what_is_kept_does_not_repeat_who_the_child_is(signed: As) -> None:
    wren = _wren()
    _number(wren, "QQ7")
    Person.objects.filter(pk=wren.pk).update(postcode="NOWHERE")
    _look(signed)
    said = " ".join(Finding.objects.filter(person=wren).values_list("message", flat=True))
    assert "the postcode has not the form" in said
    for private in ("QQ7", "NOWHERE", "Hollybank", wren.born_on.isoformat()):
        assert private not in said


def test_every_finding_lies_with_its_own_child_team_and_case(signed: As) -> None:
    rows = Finding.objects.filter(year=YEAR).exclude(person=None).select_related("person", "case")
    assert rows.count() > 50
    for row in rows:
        assert isinstance(row, Finding)
        assert row.person is not None
        assert row.team_id == row.person.team_id
        assert row.case is None or row.case.person_id == row.person_id


def test_a_finding_about_a_request_lies_on_the_case_of_that_request(signed: As) -> None:
    wren = _wren()
    case = Case.objects.get(person=wren)
    _number(wren, "A12")
    _look(signed)
    assert Finding.objects.get(person=wren, rule="L111").case_id == case.pk


def test_a_look_before_the_last_one_is_refused(signed: As) -> None:
    runs = ReadinessRun.objects.count()
    with pytest.raises(NotPossible, match="2025-02-02 lies before it"):
        _look(signed, on=DAY - timedelta(days=1))
    assert ReadinessRun.objects.count() == runs


# -- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Robin Carter", "Linnet Mason", "Laurel Shepherd", "Heather Potter", "Willow Hollybank"]
)
def test_others_may_not_assess(signed: As, name: str) -> None:
    before = ReadinessRun.objects.count(), JournalEntry.objects.count()
    with pytest.raises(PermissionDenied, match=r"return\.prepare is needed"):
        _look(signed, name)
    assert (ReadinessRun.objects.count(), JournalEntry.objects.count()) == before


def test_plain_sql_shows_each_reader_their_own_alone(own_database: str, server: Address) -> None:
    teams = {team.name: str(team.pk) for team in Team.objects.all()}
    whole = Finding.objects.count()
    with raw(server, own_database, "web") as web:
        assert web.execute("SELECT count(*) FROM returns_finding").fetchone() == (0,)
        _become(web, "Martin Thatcher")
        seen = web.execute("SELECT DISTINCT team_id::text FROM returns_finding").fetchall()
        assert seen == [(teams["South team"],)]
        _become(web, "Hazel Tanner")
        assert web.execute("SELECT count(*) FROM returns_finding").fetchone() == (whole,)
        _become(web, "Flint Cooper")
        assert web.execute("SELECT count(*) FROM returns_finding").fetchone() == (0,)


def test_plain_sql_changes_nothing_of_another_team(own_database: str, server: Address) -> None:
    with raw(server, own_database, "web") as web:
        _become(web, "Martin Thatcher")
        changed = web.execute(
            "UPDATE returns_finding SET gone_on = current_date WHERE team_id ="
            " (SELECT id FROM accounts_team WHERE name = 'East team')"
        )
        assert changed.rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("DELETE FROM returns_finding")


def _become(web: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    user = web.execute("SELECT id FROM accounts_user WHERE name = %s", [name]).fetchone()
    assert user
    epoch = int(datetime.now(UTC).timestamp())
    token = actor.sign(user[0], backend_pid=web.info.backend_pid, epoch=epoch)  # type: ignore[arg-type]
    web.execute("SELECT set_config('fingerpost.actor', %s, true)", [token])


def test_findings_go_with_the_child_to_another_team(signed: As) -> None:
    wren = _wren()
    _number(wren, "A12")
    _look(signed)
    south, area_id = Team.objects.get(name="South team"), _area()
    with signed("Linnet Mason") as by:
        people.move_to_team(person=wren, team=south, by=by, at=AT, because="moved house")
    named = Filters(text="Hollybank")
    with signed("Martin Thatcher") as sight:
        assert findings.page(sight, area_id, YEAR, filters=named).total > 0
    with signed("Robin Carter") as sight:
        assert findings.page(sight, area_id, YEAR, filters=named).total == 0


# -- counted --------------------------------------------------------------------------------------------------------


def test_the_trend_says_what_each_look_counted(signed: As) -> None:
    area_id = _area()
    with signed("Hazel Tanner") as sight:
        trend = findings.trend(sight, area_id, YEAR)
    runs = {run.on: (run.errors, run.queries) for run in ReadinessRun.objects.order_by("at")}
    assert {point.on: (point.errors, point.queries) for point in trend} == runs
    assert [point.on for point in trend] == sorted(runs)
    assert trend[0].errors > trend[-1].errors


def test_rules_and_hands_each_add_up_to_the_whole(signed: As) -> None:
    area_id, whole = _area(), len(_standing())
    for name in ("Hazel Tanner", "Martin Thatcher"):
        with signed(name) as sight:
            by_rule = findings.by_rule(sight, area_id, YEAR)
            by_hands = findings.by_hands(sight, area_id, YEAR)
            total = findings.page(sight, area_id, YEAR, filters=Filters()).total
        assert sum(one.count for one in by_rule) == total
        assert sum(one.errors + one.queries for one in by_hands) == total
        assert (total == whole) == (name == "Hazel Tanner")


@pytest.mark.parametrize("sort", sorted(findings.ORDERS))
def test_pages_hold_everything_once_in_any_order(signed: As, sort: str) -> None:
    area_id = _area()
    with signed("Hazel Tanner") as sight:
        whole = findings.every(sight, area_id, YEAR, filters=Filters(), sort=sort)
        first = findings.page(sight, area_id, YEAR, filters=Filters(), sort=sort)
        turned = findings.every(sight, area_id, YEAR, filters=Filters(), sort=f"-{sort}")
        paged = [
            row
            for number in range(1, first.pages + 1)
            for row in findings.page(sight, area_id, YEAR, filters=Filters(), sort=sort, number=number).rows
        ]
    assert tuple(paged) == whole
    assert len(turned) == len(whole)


# -- on the command line --------------------------------------------------------------------------------------------


def test_the_command_says_what_stands_in_the_way(own_database: str) -> None:
    done = run("sen2", "readiness", "--area", "888", "--year", "2025", database=own_database)
    said = done.stdout.decode()
    assert done.returncode == 1, done.stderr.decode()
    assert "The return of 2025 could not be handed in today" in said
    assert ReadinessRun.objects.latest("at").by.name == "SEN2 readiness"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--area", "999", "--year", "2025"), "--area 999"),
        (("--area", "888", "--year", "2040"), "--year 2040"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    own_database: str, words: tuple[str, ...], why: str
) -> None:
    runs = ReadinessRun.objects.count()
    done = run("sen2", "readiness", *words, database=own_database)
    assert done.returncode == 2
    assert [why in line for line in done.stderr.decode().splitlines()] == [True]
    assert ReadinessRun.objects.count() == runs
