# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans of the web login's queries are kept with its connection. A kept plan must never answer one reader with the rows
of the reader before."""

import pytest
from django.db import ProgrammingError, connection, transaction

from fingerpost.records.accounts.models import User
from fingerpost.records.cases.models import Case
from fingerpost.records.people import actor
from fingerpost.records.people.models import Person

pytestmark = pytest.mark.django_db
OFTEN = 12  # prepared at the second, a plan for every value from about the sixth on


def _children(name: str) -> set[str]:
    """Surnames of the cast that this reader gets: the same words to the database every time, the second wall alone."""
    with transaction.atomic():
        actor.assume(User.objects.get(name=name).pk)
        return _surnames()


def _surnames() -> set[str]:
    rows = Case.objects.filter(person__surname__in=["Hollybank", "Thistlewood"])
    return set(rows.values_list("person__surname", flat=True))


def _kept(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return int(cursor.fetchone()[0])


def test_the_same_question_is_planned_once_and_answered_to_each_reader_by_his_own_right() -> None:
    for _ in range(OFTEN):
        assert _children("Robin Carter") == {"Hollybank"}
    assert _kept('"cases_case"') == 1
    for _ in range(OFTEN):
        assert _children("Martin Thatcher") == {"Thistlewood"}
        assert _children("Robin Carter") == {"Hollybank"}
        assert _children("Hazel Tanner") == {"Hollybank", "Thistlewood"}
    assert _kept('"cases_case"') == 1


def test_a_kept_plan_is_of_no_use_to_nobody() -> None:
    for _ in range(OFTEN):
        assert _children("Robin Carter")
    with transaction.atomic():
        actor.assume_nobody()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            list(Person.objects.filter(surname="Hollybank"))
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _surnames()
