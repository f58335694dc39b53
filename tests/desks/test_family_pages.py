# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the family's page says of the same case, to whom, and what it never says."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fingerpost.desks.family import words
from fingerpost.postgres.address import Address
from fingerpost.records.accounts.models import Membership, Role, User
from fingerpost.records.cases import keeping
from fingerpost.records.cases.models import Case, Fact, Stage
from fingerpost.records.people import actions as people
from fingerpost.records.people import actor
from fingerpost.records.people.models import Level, Person
from fingerpost.records.people.sight import sight_of
from tests.database import connected
from tests.desks.cast import AT, World

MOTHER = "Willow Hollybank"
Open = Callable[..., UUID]


@pytest.fixture
def opened(everybody: World) -> Open:
    """Open a child's record to somebody, as the data officer may."""

    def let(surname: str, to: str, *, level: str = Level.FAMILY) -> UUID:
        with connected(everybody.name, "loader"):
            child = Person.objects.get(surname=surname)
            hazel, holder = User.objects.get(name="Hazel Tanner"), User.objects.get(name=to)
            with actor.acting(hazel.pk):
                by = sight_of(hazel, on=AT.date())
                said = {"ground": "carer", "because": "their carer", "from_on": AT.date(), "by": by, "at": AT}
                people.grant_reach(person=child, to=people.Holder(user=holder), level=level, **said)  # type: ignore[arg-type]
            return UUID(str(child.pk))

    return let


def _record(world: World, child: str = "East (Wren)") -> str:
    return f"/family/{world.children[child].case_id}"


def _text(client: Client, address: str) -> str:
    reply = client.get(address, follow=True)
    assert reply.status_code == 200, f"{address}: {reply.status_code}"
    main = reply.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")


# -- what it says ---------------------------------------------------------------------------------------------------


def test_what_happens_next_by_when_why_and_what_to_do(everybody: World) -> None:
    said = _text(everybody.client(MOTHER), "/family/")
    assert "Wren's record" in said
    assert "Somebody has asked for an assessment of Wren's needs." in said
    assert "This should have happened by 23 July 2024. It is 195 days late." in said
    assert "Why this date?" in said
    assert "What you can do if it does not happen" in said
    assert "SENDIASS" in said
    assert "Local Government and Social Care Ombudsman" in said


def test_how_things_stood_is_not_how_they_stand(everybody: World) -> None:
    said = _text(everybody.client(MOTHER), "/family/")
    assert "This is how things stood on 16 January 2025." in said
    assert "Ask the East team." in said


def test_it_names_who_can_see_and_why(everybody: World) -> None:
    said = _text(everybody.client(MOTHER), "/family/").split("Who can see this record")[1]
    assert "East team" in said
    assert "Case officer: Runs the assessment, the plan and its reviews." in said
    signs = "Return signatory: Signs the yearly return and may open the whole file of it"
    assert f"{signs}, which holds every child's record." in said.replace("&#39;", "'")
    assert "Weaver Fold Primary School" in said
    assert "Willow Hollybank" in said
    assert "South team" not in said


def test_it_speaks_to_a_family_and_not_of_the_machine(everybody: World) -> None:
    said = _text(everybody.client(MOTHER), "/family/")
    for word in ("request_received", "breach", "verdict", "None", "imported", "not_yet_due", "UPN"):
        assert word not in said, word


def test_what_is_not_known_is_said_and_never_late(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=everybody.children["East (Wren)"].case_id)
        asked = Fact.objects.get(case=case, name="request_received")
        said = {"area_id": case.area_id, "team_id": case.team_id, "person_id": case.person_id, "case": case}
        more = {**said, "origin": "corrected", "reason": "no letter was found", "by": asked.by, "at": AT}
        Fact.objects.create(**more, name="request_received", supersedes=asked, retracts=True)
        Fact.objects.create(
            **said, name="decision_notified", on=date(2024, 11, 4), origin="entered", by=asked.by, at=AT
        )
        keeping.recompute(case=case, at=AT)
    page = _text(everybody.client(MOTHER), "/family/")
    assert "What we do not know yet" in page
    assert "late" not in page.lower().split("what you can do")[0]


def test_a_refusal_says_that_it_can_be_appealed(everybody: World) -> None:
    client, case = everybody.client("Robin Carter"), everybody.children["East (Wren)"].case_id
    told = {"notified_on-day": "3", "notified_on-month": "2", "notified_on-year": "2025"}
    client.post(f"/casework/{case}/decision", {"decision": "refuse", **told})
    assert client.post(f"/casework/{case}/decision/check").status_code == 302
    said = _text(everybody.client(MOTHER), "/family/")
    assert "The council decided not to assess Wren's needs." in said
    assert "you can appeal to the tribunal" in said
    assert "Done on 3 February 2025, 195 days late." in said


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_has_the_familys_words(stage: str) -> None:
    assert "{name}" not in words.STAGES[stage].format(name="Wren")
    assert words.can_do(stage)[-len(words.ALWAYS) :] == words.ALWAYS


# -- to whom --------------------------------------------------------------------------------------------------------


def test_a_young_person_is_spoken_to_and_a_mother_is_told_of_her_child(everybody: World) -> None:
    rowan = everybody.client("Rowan Fernsby")
    said, seers = _text(rowan, "/family/").split("Who can see this record", 1)
    assert "Your record" in said
    assert "Rowan" not in said
    assert "You This is your own record." in seers
    assert "Rowan Fernsby" not in seers
    page = rowan.get(_record(everybody, "South (Rowan)")).content.decode()
    assert "My record" in page
    assert "My family's record" not in page.replace("&#39;", "'")
    assert "My family's record" in everybody.client(MOTHER).get(_record(everybody)).content.decode().replace(
        "&#39;", "'"
    )


def test_what_a_young_person_sees_of_somebody_elses_record_is_not_called_theirs(
    everybody: World, opened: Open
) -> None:
    opened("Hollybank", "Rowan Fernsby")
    said = _text(everybody.client("Rowan Fernsby"), _record(everybody))
    assert "Wren's record" in said


@pytest.mark.parametrize("name", ["Rowan Fernsby", "Clover Thistlewood"])
def test_another_familys_record_is_not_found(everybody: World, name: str) -> None:
    reply = everybody.client(name).get(_record(everybody))
    assert reply.status_code == 404
    assert "Wren" not in reply.content.decode()


def test_a_record_that_does_not_exist_answers_the_same(everybody: World) -> None:
    one = everybody.client(MOTHER).get(f"/family/{uuid4()}")
    other = everybody.client(MOTHER).get(_record(everybody, "South (Skye)"))
    assert (one.status_code, other.status_code) == (404, 404)
    assert len(one.content) == len(other.content)


@pytest.mark.parametrize("name", ["Robin Carter", "Heather Potter", "Juniper Weaver", "Flint Cooper"])
def test_staff_have_no_family_page(everybody: World, name: str) -> None:
    assert everybody.client(name).get(_record(everybody)).status_code == 403


def test_a_senco_who_is_a_mother_sees_her_own_child_and_no_pupil(everybody: World, opened: Open) -> None:
    opened("Thistlewood", "Juniper Weaver")
    with connected(everybody.name, "loader"):
        senco = User.objects.get(name="Juniper Weaver")
        held = senco.memberships.get()
        role = Role.objects.get(code="parent-or-carer")
        Membership.objects.create(user=senco, role=role, area=held.area, from_on=date(2024, 1, 1))
    client = everybody.client("Juniper Weaver")
    assert "Skye's record" in _text(client, "/family/")
    assert client.get(_record(everybody)).status_code == 404, "Wren is a pupil, not her child"


def test_a_level_that_is_not_the_familys_opens_no_family_page(everybody: World, opened: Open) -> None:
    opened("Hollybank", "Clover Thistlewood", level=Level.SCHOOL)
    assert everybody.client("Clover Thistlewood").get(_record(everybody)).status_code == 404


def test_two_children_are_two_links(everybody: World, opened: Open) -> None:
    opened("Thistlewood", MOTHER)
    client = everybody.client(MOTHER)
    assert client.get("/family/").status_code == 200
    said = _text(client, "/family/")
    assert "Wren: request of 11 June 2024 (request received)" in said
    assert "Skye: " in said
    for child in ("East (Wren)", "South (Skye)"):
        assert client.get(_record(everybody, child)).status_code == 200


def test_the_family_sees_who_opened_it_to_whom_at_once(everybody: World, opened: Open) -> None:
    opened("Hollybank", "Clover Thistlewood")
    said = _text(everybody.client(MOTHER), "/family/").split("Who can see this record")[1]
    assert "Clover Thistlewood" in said
    assert "their carer" in said


def test_a_look_is_in_the_access_log(everybody: World, server: Address) -> None:
    child = everybody.children["East (Wren)"]
    everybody.client(MOTHER).get(_record(everybody))
    everybody.client("Rowan Fernsby").get(_record(everybody))
    with psycopg.connect(server.url(role=server.superuser, database=everybody.name)) as root:
        rows = root.execute("SELECT user_id, person_id, page FROM foundation_accesslogentry").fetchall()
    assert rows == [(everybody.user(MOTHER).pk, child.person_id, "family.record")]


def test_nothing_on_it_changes_anything(everybody: World) -> None:
    page = everybody.client(MOTHER).get(_record(everybody)).content.decode()
    main = page.split("<main", 1)[1]
    assert "<form" not in main
    assert "/casework/" not in main


# -- cost -----------------------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_with_one_fact_and_with_fifty(everybody: World) -> None:
    client, address = everybody.client(MOTHER), _record(everybody)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = queries()
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=everybody.children["East (Wren)"].case_id)
        said = {"area_id": case.area_id, "team_id": case.team_id, "person_id": case.person_id, "case": case}
        by = User.objects.get(name="Demo builder")
        days = (date(2025, 1, 1) - timedelta(days=n) for n in range(50))
        Fact.objects.bulk_create(
            Fact(**said, name="review_meeting", on=on, origin="entered", by=by, at=AT) for on in days
        )
        keeping.recompute(case=case, at=AT)
    assert queries() == few
    assert few <= 15
