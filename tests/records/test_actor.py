# SPDX-License-Identifier: AGPL-3.0-or-later
"""In whose name the database works: a signature that cannot be made, moved or kept."""

import time
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from fingerpost.records.accounts.models import User
from fingerpost.records.people import actor
from tests.database import Raw


def _somebody() -> User:
    return User.objects.filter(memberships__role_id="data-officer", is_service=False).first()  # type: ignore[return-value]


def _count(web: psycopg.Connection[tuple[object, ...]], token: str) -> int:
    with web.transaction():
        web.execute("SELECT set_config('fingerpost.actor', %s, true)", [token])
        row = web.execute("SELECT count(*) FROM people_person").fetchone()
    assert row
    return int(str(row[0]))


@pytest.mark.django_db
def test_a_signed_actor_sees_the_children_of_the_role(raw_as: Raw) -> None:
    with raw_as("web") as web:
        token = actor.sign(_somebody().pk, backend_pid=web.info.backend_pid, epoch=int(time.time()))
        assert _count(web, token) > 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", ["another user", "another hash", "another connection", "too old", "too short", "junk"]
)
def test_a_wrong_signature_is_an_error_never_a_reader(raw_as: Raw, wrong: str) -> None:
    with raw_as("web") as web:
        pid, now, user = web.info.backend_pid, int(time.time()), _somebody().pk
        good = actor.sign(user, backend_pid=pid, epoch=now)
        token = {
            "another user": "|".join([str(uuid4()), *good.split("|")[1:]]),
            "another hash": good[:-1] + ("0" if good[-1] != "0" else "1"),
            "another connection": actor.sign(user, backend_pid=pid + 1, epoch=now),
            "too old": actor.sign(user, backend_pid=pid, epoch=now - 3600),
            "too short": "|".join(good.split("|")[:3]),
            "junk": "x' OR true --",
        }[wrong]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _count(web, token)


@pytest.mark.django_db
def test_an_unknown_user_with_a_right_signature_sees_nothing(raw_as: Raw) -> None:
    with raw_as("web") as web:
        token = actor.sign(uuid4(), backend_pid=web.info.backend_pid, epoch=int(time.time()))
        assert _count(web, token) == 0


@pytest.mark.django_db
def test_the_key_cannot_be_read(raw_as: Raw) -> None:
    with raw_as("web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("SELECT * FROM fingerpost.signing_key")


@pytest.mark.django_db
def test_reach_cannot_be_read_or_written(raw_as: Raw) -> None:
    for said in ("SELECT * FROM people_reach", "INSERT INTO people_reach DEFAULT VALUES"):
        with raw_as("web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(said)


@pytest.mark.django_db
def test_the_name_ends_with_the_transaction() -> None:
    with transaction.atomic():
        actor.assume(_somebody().pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT fingerpost.actor_id()")
            assert cursor.fetchone() == (_somebody().pk,)


def test_a_user_who_left_sees_nothing(own_database: str) -> None:
    from fingerpost.records.people.models import Person
    from tests.database import connected

    user = _somebody()
    User.objects.filter(pk=user.pk).update(is_active=False)
    with connected(own_database, "web"), actor.acting(user.pk):
        assert Person.objects.count() == 0
