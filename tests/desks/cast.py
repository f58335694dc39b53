# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast of the desk tests: everybody of the made-up area, an officer and a child of another area, an outsider."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from fingerpost.postgres.address import Address
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Role, User
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.foundation import actions as foundation
from fingerpost.records.people.models import Person
from fingerpost.records.returns.loading.absences import REQUEST
from fingerpost.records.returns.models import HeldItem, ReturnFile
from tests.database import connected

AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Child:
    """A child with one case, one fact and one question held for review, by where they stand to the East team."""

    case_id: UUID
    fact_id: UUID
    person_id: UUID
    item_id: UUID


@dataclass(frozen=True, slots=True)
class World:
    """A database of its own with everybody in it, and Django connected to it as the web login."""

    name: str
    children: dict[str, Child]

    def user(self, name: str) -> User:
        return User.objects.get(name=name)

    def client(self, name: str | None) -> Client:
        """A browser in which this person is signed in, with the second step done; None: nobody is."""
        client = Client()
        if name is not None:
            client.force_login(self.user(name), backend=BACKEND)
            session = client.session
            session["demo_sign_in"] = True
            session.save()
        return client


@pytest.fixture
def everybody(server: Address, own_database: str) -> Iterator[World]:
    """Built as the loader, then handed over to the web login; what a test commits stays in its own database."""
    children = {
        "East (Wren)": _child("Hollybank"),
        "South (Skye)": _child("Thistlewood"),
        "South (Rowan)": _child("Fernsby"),
        "another area": _other_area(),
    }
    accounts.enrol(email="outsider@example.org", name="Outsider", password=None, by=None, at=AT)
    with connected(own_database, "web"):
        assert settings.DEMO
        yield World(own_database, children)


def _child(surname: str) -> Child:
    person = Person.objects.get(surname=surname)
    case = Case.objects.filter(person=person).order_by("request_received_on").last()
    assert isinstance(case, Case)
    return _known(case)


def _known(case: Case) -> Child:
    fact = Fact.objects.filter(case=case, on__isnull=False).first()
    assert fact is not None
    return Child(case.pk, fact.pk, case.person_id, held(case).pk)


def held(case: Case, pattern: str = "request-absent", **said: Any) -> HeldItem:
    """A question that the return of 2025 left about this case."""
    file, _ = ReturnFile.objects.get_or_create(
        area_id=case.area_id,
        year=2025,
        defaults={
            "census_on": date(2025, 1, 16),
            "serial": "001",
            "fingerprint": "0" * 64,
            "bytes": 1,
            "persons_total": 1,
            "state": "done",
            "started_at": AT,
            "by": User.objects.get(name="Demo builder"),
        },
    )
    who = {"area_id": case.area_id, "team_id": case.team_id, "person_id": case.person_id, "case": case}
    asked = {
        "question": "The request was open and is not in this return.",
        "offer": list(REQUEST.offer),
        "line": 7,
    }
    return HeldItem.objects.create(**who, file=file, pattern=pattern, **{**asked, **said})


def _other_area() -> Child:
    by = accounts.first_service_user(name="Demo builder").pk
    area = foundation.open_area(la_number="001", name="Nextdoor", by=by, at=AT)
    council = accounts.add_organisation(area=area, kind="council", name="Nextdoor council", by=by, at=AT)
    team = accounts.add_team(
        organisation=council, code="FD", name="Nextdoor team", by=by, at=AT, front_door=True
    )
    officer = accounts.enrol(email="n@example.org", name="Nextdoor officer", password=None, by=by, at=AT)
    role = Role.objects.get(code="case-officer")
    accounts.give_role(user=officer, role=role, area=area, team=team, from_on=date(2024, 1, 1), by=by, at=AT)
    said = {"area": area, "team": team}
    person = Person.objects.create(
        **said, surname="Nextdoor", forename="Finch", born_on=date(2016, 4, 1), created_at=AT, upn="X"
    )
    case = Case.objects.create(**said, person=person, request_received_on=date(2024, 12, 2), opened_at=AT)
    Fact.objects.create(
        **said,
        person=person,
        case=case,
        name="request_received",
        on=date(2024, 12, 2),
        origin="entered",
        by_id=by,
        at=AT,
    )
    return _known(case)
