# SPDX-License-Identifier: AGPL-3.0-or-later
"""Users and roles: what a council's operator does before anybody can sign in, and what is refused in plain words."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password

from fingerpost.cli import web
from fingerpost.cli.main import main
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts import queries, roles
from fingerpost.records.accounts.models import Membership, Organisation, Role, Team, User
from fingerpost.records.foundation.models import Area, JournalEntry
from fingerpost.records.people import actor
from fingerpost.records.people.models import Person
from fingerpost.records.people.sight import Sight, sight_of
from tests.database import connected, run

AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
BY = UUID("00000000-0000-4000-8000-000000000002")


def _last(kind: str) -> JournalEntry:
    return JournalEntry.objects.filter(kind=kind).latest("pk")


Here = Callable[..., str]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The command in this process, on the database of the test: what it printed, and the exit code it must have."""
    monkeypatch.setattr(web, "start", lambda role: None)

    def called(code: int, *words: str) -> str:
        assert main(["account", *words]) == code, capsys.readouterr().err
        said = capsys.readouterr()
        if code:
            assert len(said.err.strip().splitlines()) == 1, said.err
        return said.err if code else said.out

    return called


# -- verbs ----------------------------------------------------------------------------------------------------------


def test_a_user_is_enrolled_once_whatever_the_capitals(own_database: str) -> None:
    user = accounts.enrol(email="Ada@example.org", name="Ada", password="a long first word", by=BY, at=AT)
    assert check_password("a long first word", user.password)
    assert (_last("user.enrolled").subject_id, _last("user.enrolled").by_id) == (user.pk, BY)
    with pytest.raises(accounts.NotPossible, match="already"):
        accounts.enrol(email="ada@EXAMPLE.org", name="Ada", password=None, by=BY, at=AT)


def test_without_a_password_nobody_signs_in(own_database: str) -> None:
    user = accounts.enrol(email="b@example.org", name="B", password=None, by=BY, at=AT)
    assert not user.has_usable_password()


def test_a_team_role_without_a_team_is_refused_and_leaves_nothing(own_database: str) -> None:
    user = accounts.enrol(email="b@example.org", name="B", password=None, by=BY, at=AT)
    before = JournalEntry.objects.count()
    with pytest.raises(accounts.NotPossible, match="works in a team"):
        accounts.give_role(
            user=user,
            role=Role.objects.get(code="case-officer"),
            area=Area.objects.get(),
            from_on=AT.date(),
            by=BY,
            at=AT,
        )
    assert (user.memberships.count(), JournalEntry.objects.count()) == (0, before)


def test_a_role_holds_from_its_first_day_until_the_day_before_its_end(own_database: str) -> None:
    user = User.objects.get(name="Robin Carter")
    held = Membership.objects.get(user=user)
    accounts.end_role(membership=held, until_on=date(2026, 3, 1), by=BY, at=AT)

    def permissions(on: date) -> frozenset[str]:
        with actor.acting(user.pk):
            return sight_of(user, on=on).permissions

    assert "case.read" in permissions(held.from_on)
    assert "case.read" in permissions(date(2026, 2, 28))
    assert permissions(date(2026, 3, 1)) == frozenset()
    assert _last("role.ended").subject_id == user.pk


@pytest.mark.parametrize("name", ["Robin Carter", "Hazel Tanner", "Juniper Weaver", "Willow Hollybank"])
def test_an_ended_role_is_nothing_to_the_database_too(own_database: str, name: str) -> None:
    user = User.objects.get(name=name)
    with connected(own_database, "web"), actor.acting(user.pk):
        assert Person.objects.exists()
    Membership.objects.filter(user=user).update(until_on=date(2026, 1, 1))
    User.objects.filter(pk=user.pk).update(is_active=name != "Willow Hollybank")  # her reach is her own
    with connected(own_database, "web"), actor.acting(user.pk):
        assert not Person.objects.exists()


def test_a_system_administrator_sees_no_child(own_database: str) -> None:
    flint = User.objects.get(name="Flint Cooper")
    with connected(own_database, "web"), actor.acting(flint.pk):
        sight = sight_of(flint, on=AT.date())
        assert not Person.objects.exists()
    assert (sight.areas, sight.teams, sight.persons) == (frozenset(), frozenset(), frozenset())
    assert "case.read" not in sight.permissions


def test_roles_are_data_and_every_one_says_why(own_database: str) -> None:
    with connected(own_database, "owner"):
        assert roles.load() == Role.objects.count()
    assert not Role.objects.filter(why="").exists()
    assert {role.code for role in Role.objects.filter(is_staff=False)} == {"parent-or-carer", "young-person"}


def test_an_organisation_keeps_its_identity_when_the_list_is_loaded_again(own_database: str) -> None:
    area = Area.objects.get()
    rows = [accounts.OrganisationRow("school", "Fold", "900001", None, None)]
    assert accounts.load_organisations(area=area, rows=rows, by=BY, at=AT) == 1
    first = Organisation.objects.get(urn="900001").pk
    assert accounts.load_organisations(area=area, rows=rows, by=BY, at=AT) == 0
    assert Organisation.objects.get(urn="900001").pk == first
    assert _last("organisations.loaded").origin == "imported"


def test_the_demos_door_finds_nobody_real(own_database: str) -> None:
    real = accounts.enrol(email="r@council.example", name="Real", password=None, by=BY, at=AT)
    near = accounts.enrol(email="r@notdemo.invalid", name="Near", password=None, by=BY, at=AT)
    cast = queries.demo_users()
    assert {user.name for user in cast} >= {"Robin Carter", "Willow Hollybank"}
    assert not {real.pk, near.pk} & {user.id for user in cast}
    assert [queries.demo_user(who) for who in (real.pk, near.pk, uuid4())] == [None, None, None]
    User.objects.filter(name="Robin Carter").update(is_active=False)
    assert "Robin Carter" not in {user.name for user in queries.demo_users()}


# -- the command ----------------------------------------------------------------------------------------------------


def test_from_an_empty_area_to_a_first_officer(own_database: str, here: Here) -> None:
    here(0, "open-area", "002", "Newplace")
    here(0, "add-team", "--area", "002", "W", "West team")
    told = here(
        0,
        *("enrol", "first@newplace.example", "--name", "Fern Reed"),
        *("--role", "case-officer", "--area", "002", "--team", "w"),
    )
    password = re.search(r"once: (\S+)", told)
    assert password
    user = User.objects.get(email="first@newplace.example")
    assert user.check_password(password[1])
    assert len(password[1]) >= 20
    assert Team.objects.get(area__la_number="002", is_front_door=True).code == "FD"
    operator = User.objects.get(name="Operator")
    assert operator.is_service
    assert not operator.has_usable_password()
    for kind in ("area.opened", "organisation.added", "team.added", "user.enrolled", "role.given"):
        assert _last(kind).by_id == operator.pk, kind
    listed = run("account", "list", "--area", "002", "--json", database=own_database).stdout
    assert b'"place": "West team"' in listed
    assert password[1].encode() not in listed


def test_each_first_password_is_another(own_database: str, here: Here) -> None:
    said = [
        here(0, "enrol", f"{n}@a.example", "--name", "N", "--role", "data-officer", "--area", "888")
        for n in range(2)
    ]
    assert len({re.search(r"once: (\S+)", one)[1] for one in said}) == 2  # type: ignore[index]


ROLE = ("--role", "case-officer", "--area", "888")


WRONG = (
    (("open-area", "888", "Again"), "open already"),
    (("open-area", "88", "Short"), "three figures"),
    (("add-team", "--area", "999", "W", "West"), "area 999 is not open here (888)"),
    (("add-team", "--area", "888", "e", "East"), "already"),
    (("enrol", "no-address", "--name", "N", *ROLE, "--team", "E"), "not an e-mail address"),
    (("enrol", "n@demo.invalid", "--name", "N", *ROLE, "--team", "E"), ".invalid are kept"),
    (("enrol", "n@a.example", "--name", " ", *ROLE, "--team", "E"), "--name is empty"),
    (("enrol", "n@a.example", "--name", "N", *ROLE), "works in a team"),
    (("enrol", "n@a.example", "--name", "N", *ROLE, "--team", "Z"), "E (East team)"),
    (("enrol", "n@a.example", "--name", "N", "--role", "chief", "--area", "888"), "Roles: case-officer"),
    (("enrol", "n@a.example", "--name", "N", "--role", "senco", "--area", "888"), "--organisation"),
    (("enrol", "Robin.Carter@demo.example", "--name", "R", "--role", "senco", "--area", "1"), "not open"),
    (("give-role", "nobody@a.example", "--role", "senco", "--area", "888"), "no user"),
    (("end-role", "nobody@a.example", "--role", "senco", "--area", "888"), "no user"),
    (("end-role", "robin.carter@demo.invalid", "--role", "senco", "--area", "888"), "nothing to end"),
    (("end-role", "robin.carter@demo.invalid", *ROLE, "--until", "2001-01-01"), "cannot end"),
)


def test_what_does_not_fit_is_one_plain_line_and_changes_nothing(own_database: str, here: Here) -> None:
    def counts() -> tuple[int, ...]:
        return User.objects.count(), Membership.objects.count(), JournalEntry.objects.count()

    before = counts()
    for words, told in WRONG:
        assert told in here(2, *words), words
        assert counts() == before, words


def test_a_role_is_ended_by_the_command(own_database: str, here: Here) -> None:
    here(0, "end-role", "robin.carter@demo.invalid", *ROLE)
    robin = User.objects.get(name="Robin Carter")
    with connected(own_database, "web"), actor.acting(robin.pk):
        assert not Person.objects.exists()


def test_a_mother_is_let_see_one_child(own_database: str, here: Here) -> None:
    ash = Person.objects.get(surname="Meadowcroft", forename="Ash")
    words = ("--upn", str(ash.upn), "--ground", "parent", "--because", "Ash's mother", "--area", "888")
    here(0, "enrol", "m@a.example", "--name", "May", "--role", "parent-or-carer", "--area", "888")
    here(0, "let-see", "m@a.example", *words)
    assert _family("May", own_database) == {ash.pk}
    entry = _last("reach.granted")
    assert (entry.person_id, entry.by_id) == (ash.pk, User.objects.get(name="Operator").pk)

    assert "no role that opens" in here(2, "let-see", "robin.carter@demo.invalid", *words)
    assert "no child with that UPN" in here(2, "let-see", "m@a.example", "--upn", "A0", *words[2:])
    assert "has come already" in here(2, "let-see", "m@a.example", *words, "--until", "2020-01-01")
    assert "--because is empty" in here(
        2, "let-see", "m@a.example", *words[:4], "--because", "", "--area", "888"
    )


def _family(name: str, database: str) -> frozenset[UUID]:
    user = User.objects.get(name=name)
    with connected(database, "web"), actor.acting(user.pk):
        sight: Sight = sight_of(user, on=AT.date())
    return sight.family


# -- what was lost --------------------------------------------------------------------------------------------------


def _enrolled(here: Here) -> tuple[User, str]:
    said = here(0, "enrol", "ada@example.org", "--name", "Ada", "--role", "data-officer", "--area", "888")
    return User.objects.get(email="ada@example.org"), _password(said)


def _password(said: str) -> str:
    found = re.search(r"once: (\S+)", said)
    assert found, said
    return found[1]


def test_a_lost_password_is_replaced_and_every_session_ends(own_database: str, here: Here) -> None:
    user, first = _enrolled(here)
    mark = user.get_session_auth_hash()
    said = here(0, "reset-password", "ADA@example.org", "--because", "came to the desk with her badge")
    user.refresh_from_db()
    assert not check_password(first, user.password)
    assert check_password(_password(said), user.password)
    assert user.get_session_auth_hash() != mark, "sessions begun with the old password carry the old mark"
    assert _last("user.password-reset").subject_id == user.pk


def test_a_lost_telephone_is_forgotten_once(own_database: str, here: Here) -> None:
    user, _ = _enrolled(here)
    with connected(own_database, "web"):
        for kind in ("totp", "recovery_codes"):
            Authenticator.objects.create(user=user, type=kind, data={"secret": "x"})
    said = here(0, "reset-second-step", "ada@example.org", "--because", "telephone stolen")
    assert "sets it up" in said or "set it up" in said
    with connected(own_database, "web"):
        assert not Authenticator.objects.filter(user=user).exists()
    assert _last("user.second-step-reset").subject_id == user.pk
    assert "no second step" in here(2, "reset-second-step", "ada@example.org", "--because", "again")


@pytest.mark.parametrize("verb", ["reset-password", "reset-second-step"])
def test_a_reset_names_a_user_and_a_reason(own_database: str, here: Here, verb: str) -> None:
    assert "there is no user" in here(2, verb, "nobody@example.org", "--because", "why not")
    _enrolled(here)
    assert "--because is empty" in here(2, verb, "ada@example.org", "--because", " ")
