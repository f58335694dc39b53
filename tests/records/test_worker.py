# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: what a page asks for is done once, in its reader's name, by a worker that may be killed."""

import signal
import subprocess
import time

import psycopg
import pytest
from django.db import connection, transaction

from fingerpost.desks.doors import errands
from fingerpost.postgres.address import Address
from fingerpost.records.accounts.models import User
from fingerpost.records.people import actor
from fingerpost.records.returns.models import ReadinessRun
from tests.database import Raw, command, connected, environment, raw, run

LOOK = errands.assessment("888", 2025)
STATUS = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'assess-readiness'"
QUEUE = ("jobs", "events", "workers", "periodic_defers")


def _ask(database: str, name: str = "Hazel Tanner") -> bool:
    user = User.objects.get(name=name)
    with connected(database, "web"), actor.acting(user.pk):
        return errands.ask(LOOK, by=user.pk)


def _standing(database: str) -> str:
    with connected(database, "web"):
        return errands.standing(LOOK)


def test_what_is_asked_twice_is_done_once_in_the_askers_name(own_database: str) -> None:
    runs = ReadinessRun.objects.count()
    assert [_ask(own_database), _ask(own_database)] == [True, False]
    assert errands.standing(LOOK) == errands.UNHEARD, "no worker is there yet"
    done = run("worker", "--once", database=own_database)
    assert done.returncode == 0, done.stderr.decode()
    assert ReadinessRun.objects.count() == runs + 1
    assert ReadinessRun.objects.latest("at").by.name == "Hazel Tanner"
    assert errands.standing(LOOK) == ""


def test_a_page_hears_whether_a_worker_is_there(own_database: str) -> None:
    assert _ask(own_database)
    with connected(own_database, "loader"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert _standing(own_database) == errands.TODO
    with connected(own_database, "loader"), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'assess-readiness'")
    assert _standing(own_database) == errands.DOING
    with connected(own_database, "loader"), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert _standing(own_database) == errands.UNHEARD, "it was killed in the middle"


def test_a_job_in_the_name_of_somebody_who_may_not_does_nothing(own_database: str) -> None:
    runs = ReadinessRun.objects.count()
    assert _ask(own_database, "Robin Carter")
    done = run("worker", "--once", database=own_database)
    assert "return.prepare is needed" in done.stderr.decode()
    assert ReadinessRun.objects.count() == runs


def test_what_a_page_takes_back_was_never_asked(own_database: str) -> None:
    user = User.objects.get(name="Hazel Tanner")
    with connected(own_database, "web"), actor.acting(user.pk):
        assert errands.ask(LOOK, by=user.pk)
        transaction.set_rollback(True)  # the page fails afterwards
    assert errands.standing(LOOK) == ""


def test_a_killed_workers_job_begins_again(own_database: str, server: Address) -> None:
    runs = ReadinessRun.objects.count()
    assert _ask(own_database)
    with raw(server, own_database, "owner") as root:
        root.autocommit = True
        # The look needs this lock, so the worker is caught in the middle of it.
        root.execute("BEGIN")
        root.execute("LOCK TABLE returns_finding IN ACCESS EXCLUSIVE MODE")
        _kill_at_work(own_database, server)
        root.execute("ROLLBACK")
        assert root.execute(STATUS).fetchall() == [("doing",)]
    assert ReadinessRun.objects.count() == runs
    time.sleep(1.1)
    done = run("worker", "--once", "--patience", "1", database=own_database)
    assert "lost its worker and begins again" in done.stderr.decode()
    assert ReadinessRun.objects.count() == runs + 1


def _kill_at_work(database: str, server: Address) -> None:
    words = command("worker", "--patience", "1")
    with subprocess.Popen(words, env=environment(database), stderr=subprocess.DEVNULL) as working:
        try:
            _wait_until_it_works(database, server)
        finally:
            working.send_signal(signal.SIGKILL)


def _wait_until_it_works(database: str, server: Address) -> None:
    with psycopg.connect(server.url(role=server.superuser, database=database), autocommit=True) as root:
        for _ in range(600):
            if root.execute(STATUS).fetchall() == [("doing",)]:
                return
            time.sleep(0.1)
    raise AssertionError("the worker never began")


@pytest.mark.django_db
def test_pages_put_in_and_look_and_take_nothing_out(raw_as: Raw) -> None:
    with raw_as("web") as web:
        for table in QUEUE:
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                asked = f"SELECT has_table_privilege('fingerpost_web', 'procrastinate_{table}', '{right}')"
                assert web.execute(asked).fetchone() == (False,), f"{right} on {table}"
        for table in QUEUE:
            asked = f"SELECT has_table_privilege('fingerpost_public', 'procrastinate_{table}', 'SELECT')"
            assert web.execute(asked).fetchone() == (False,)
