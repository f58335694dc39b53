# SPDX-License-Identifier: AGPL-3.0-or-later
"""A return that somebody asks for is made by whoever works for them, once, and what came of it is kept."""

import time
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.core.exceptions import PermissionDenied

from fingerpost.postgres.address import Address
from fingerpost.records.foundation.models import Area, JournalEntry
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.handing_in import asking, queries
from fingerpost.records.returns.handing_in.asking import Answers
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.records.returns.models import PreparationAsked, PreparedReturn
from tests.database import connected, raw
from tests.records.returns_kept import AT
from tests.records.test_returns_import import blank, record
from tests.records.test_returns_preparing import officer, person, refused, sign, signatory

FIXTURES = (blank, record, officer, signatory)
ON = date(2025, 2, 3)
ANSWERS = Answers(Officers("Y", "R", "N"), "SENSetting")


def ask(by: Sight, answers: Answers = ANSWERS, *, minutes: int = 0) -> PreparationAsked:
    with actor.acting(by.user_id):
        return asking.ask_for_return(
            area_id=Area.objects.get().pk,
            year=2025,
            on=ON,
            answers=answers,
            by=by,
            at=AT + timedelta(minutes=minutes),
        )


def work(by: Sight) -> str:
    with actor.acting(by.user_id):
        return asking.make_what_was_asked(area_id=Area.objects.get().pk, year=2025, on=ON, by=by, at=AT)


def told(by: Sight) -> queries.Asked | None:
    with actor.acting(by.user_id):
        return queries.asked(Area.objects.get().pk, 2025, by)


def test_what_was_answered_is_in_the_return(officer: Sight) -> None:
    assert told(officer) is None
    asked = ask(officer)
    waiting = told(officer)
    assert waiting is not None
    assert waiting.waits
    assert work(officer) == ""
    (made,) = PreparedReturn.objects.all()
    assert (made.spelling, made.by_id, made.because) == ("SENSetting", officer.user_id, "")
    known = told(officer)
    assert known is not None
    assert (known.prepared_id, known.refused, known.waits) == (made.pk, "", False)
    kinds = list(JournalEntry.objects.filter(subject_id=asked.pk).values_list("kind", flat=True))
    assert kinds == ["return.asked"]


def test_work_that_begins_again_makes_no_second_return(officer: Sight) -> None:
    ask(officer)
    assert [work(officer), work(officer)] == ["", ""]
    assert PreparedReturn.objects.count() == 1


def test_who_asks_twice_has_the_newer_answers(officer: Sight) -> None:
    ask(officer)
    ask(officer, replace(ANSWERS, spelling="SenSetting"), minutes=1)
    work(officer)
    assert [one.spelling for one in PreparedReturn.objects.all()] == ["SenSetting"]


def test_what_was_asked_before_is_not_made_afterwards(officer: Sight) -> None:
    """A job whose worker was killed just before it could say "done" begins again."""
    ask(officer, replace(ANSWERS, spelling="SenSetting"))
    ask(officer, minutes=1)
    assert [work(officer), work(officer)] == ["", ""]
    assert [one.spelling for one in PreparedReturn.objects.all()] == ["SENSetting"]


def test_nobody_is_made_a_return_in_anothers_name(officer: Sight) -> None:
    ask(officer)
    assert work(person("data-officer", "another")) == ""
    assert not PreparedReturn.objects.exists()


def test_what_is_bound_to_be_refused_is_refused_at_once(officer: Sight, signatory: Sight) -> None:
    nobody_said = replace(ANSWERS, officers=Officers(None, None, None), because="again")
    assert "none to send again" in refused(lambda: ask(officer, nobody_said))
    ask(officer)
    work(officer)
    sign(PreparedReturn.objects.get(), signatory)
    assert "send it again and say why" in refused(lambda: ask(officer))
    assert "say why the return is sent again" in refused(lambda: ask(officer, replace(ANSWERS, because=" ")))
    ask(officer, replace(ANSWERS, because="COLLECT found a child twice."), minutes=1)
    assert work(officer) == ""
    newest = PreparedReturn.objects.get(newer=None)
    assert (newest.serial, newest.because) == ("003", "COLLECT found a child twice.")
    assert PreparationAsked.objects.count() == 2, "what was refused left nothing"


def test_what_can_no_longer_be_made_says_why_and_leaves_no_return(officer: Sight, signatory: Sight) -> None:
    ask(officer)
    work(officer)
    ask(officer, minutes=1)
    sign(PreparedReturn.objects.get(), signatory)  # while the second one waits
    assert "signed off with serial 002" in work(officer)
    known = told(officer)
    assert known is not None
    assert "signed off with serial 002" in known.refused
    assert PreparedReturn.objects.count() == 1


def test_who_may_no_longer_prepare_is_refused_by_the_work_too(officer: Sight) -> None:
    ask(officer)
    without = replace(officer, permissions=frozenset())
    assert "return.prepare is needed" in work(without)
    with pytest.raises(PermissionDenied):
        ask(without)


def test_it_is_asked_under_the_policies_and_shown_to_whole_area_readers_only(
    server: Address, record: str, officer: Sight, signatory: Sight
) -> None:
    with connected(record, "web"):
        ask(officer)
    work(officer)
    seen = {}
    team = person("case-officer", "worker", team="north")
    for name, reader in (("officer", officer), ("signatory", signatory), ("team", team)):
        with raw(server, record, "web") as web:
            token = actor.sign(reader.user_id, backend_pid=web.info.backend_pid, epoch=int(time.time()))
            web.execute("SELECT set_config('fingerpost.actor', %s, true)", [token])
            seen[name] = [
                web.execute(f"SELECT count(*) FROM returns_preparation{table}").fetchone()
                for table in ("asked", "ended")
            ]
    assert seen == {"officer": [(1,)] * 2, "signatory": [(1,)] * 2, "team": [(0,)] * 2}


def test_what_was_asked_can_neither_be_changed_nor_deleted(
    server: Address, record: str, officer: Sight
) -> None:
    ask(officer)
    work(officer)
    for sql in ("UPDATE returns_preparationasked SET because = 'x'", "DELETE FROM returns_preparationasked",
                "UPDATE returns_preparationended SET why = 'x'", "DELETE FROM returns_preparationended"):  # fmt: skip
        with raw(server, record, "loader") as loader, pytest.raises(psycopg.errors.InsufficientPrivilege):
            loader.execute(sql)
