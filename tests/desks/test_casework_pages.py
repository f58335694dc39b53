# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the officer's pages say, what their forms refuse, and that their cost does not grow with the caseload."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fingerpost.postgres.address import Address
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Role, Team, User
from fingerpost.records.cases import keeping
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.people.models import Person
from fingerpost.records.returns.models import Finding, ReadinessRun
from tests.database import connected
from tests.desks.cast import AT, World, held

OFFICER = "Nextdoor officer"  # whose team holds one child, so that a test knows all there is
DECISION = "ehcna-decision-notice"
NOWHERE = (
    "00000000-0000-4000-8000-000000000000"  # the same in every worker, or they would not agree on the tests
)
More = Callable[..., list[Case]]


@pytest.fixture
def more(everybody: World) -> More:
    """Give the team next door more cases, all by the same few facts."""

    def made(
        count: int, *, facts: dict[str, date] | None = None, first: str = "Made", start: int = 0
    ) -> list[Case]:
        with connected(everybody.name, "loader"):
            team = Team.objects.get(name="Nextdoor team")
            by = User.objects.get(name="Demo builder")
            return [_case(team, by, f"{first}{start + n:02d}", facts, n) for n in range(count)]

    return made


def _case(team: Team, by: User, surname: str, facts: dict[str, date] | None, n: int) -> Case:
    said = {"area": team.area, "team": team}
    told = {"request_received": date(2024, 9, 2) + timedelta(days=n)} if facts is None else facts
    person = Person.objects.create(
        **said, surname=surname, forename="Up", born_on=date(2015, 5, 5), created_at=AT
    )
    case = Case.objects.create(
        **said, person=person, request_received_on=told.get("request_received"), opened_at=AT
    )
    rows = [
        Fact(**said, person=person, case=case, name=name, on=on, origin="entered", by=by, at=AT)
        for name, on in told.items()
    ]
    Fact.objects.bulk_create(rows)
    keeping.recompute(case=case, at=AT)
    return case


def _text(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, f"{address}: {reply.status_code}"
    main = reply.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")


def _surnames(client: Client, address: str = "/casework/") -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'kit-table__first"><a[^>]*>([^,<]+),', page)


def _wren(world: World) -> str:
    return f"/casework/{world.children['East (Wren)'].case_id}"


# -- the list -------------------------------------------------------------------------------------------------------


def test_lateness_is_said_in_words(everybody: World) -> None:
    said = _text(
        everybody.client("Robin Carter"), f"/casework/?duty={DECISION}&standing=overdue&text=Hollybank"
    )
    assert "1 case found" in said
    assert "Hollybank, Wren" in said
    assert "23 July 2024, 195 days late" in said


def test_the_head_counts_the_cases_chosen_and_leads_to_them(everybody: World, more: More) -> None:
    mine, *_ = more(3)
    with connected(everybody.name, "loader"):
        Case.objects.filter(pk=mine.pk).update(officer=User.objects.get(name=OFFICER))
    client = everybody.client(OFFICER)
    every, own = _head(client, "/casework/"), _head(client, "/casework/?officer=mine")
    assert (every[DECISION][1], own[DECISION][1]) == ("3", "1")
    assert "my cases" in _text(client, "/casework/?officer=mine")
    assert _surnames(client, own[DECISION][0]) == ["Made00"]
    assert _head(client, "/casework/?officer=nobody")[DECISION][1] == "2"


def _head(client: Client, address: str) -> dict[str, tuple[str, str]]:
    """By duty: where the line leads, and how many are past the limit."""
    page = client.get(address).content.decode().split("</table>")[0].replace("&amp;", "&")
    found = re.findall(r'href="([^"]*duty=([\w-]+)[^"]*)".*?__value">([\d,]+)<', page, re.DOTALL)
    return {duty: (f"/casework/{address}", count) for address, duty, count in found}


def test_the_most_urgent_comes_first(everybody: World, more: More) -> None:
    more(3)
    found = _surnames(everybody.client(OFFICER))
    assert found == ["Made00", "Made01", "Made02", "Nextdoor"]


def test_the_second_page_goes_on_where_the_first_ends(everybody: World, more: More) -> None:
    more(29)
    client = everybody.client(OFFICER)
    first, second = _surnames(client), _surnames(client, "/casework/?page=2")
    assert (len(first), len(second)) == (25, 5)
    assert set(first).isdisjoint(second)
    assert "30 cases" in _text(client, "/casework/?page=2")
    assert "Caseload (page 2 of 2)" in client.get("/casework/?page=2").content.decode()
    assert _surnames(client, "/casework/?page=99") == second, "past the end: the last page"


def test_sorting_turns_both_ways_and_is_told_to_those_who_hear_the_page(everybody: World, more: More) -> None:
    more(2)
    client = everybody.client(OFFICER)
    assert _surnames(client, "/casework/?sort=name") == ["Made00", "Made01", "Nextdoor"]
    assert _surnames(client, "/casework/?sort=-name") == ["Nextdoor", "Made01", "Made00"]
    page = client.get("/casework/?sort=name").content.decode()
    assert 'aria-sort="ascending"' in page
    assert "?sort=-name" in page


def test_a_filter_shows_what_fits_and_says_how_many(everybody: World, more: More) -> None:
    more(2, facts={"request_received": date(2025, 1, 2)}, first="Fresh")
    more(1, first="Stale")
    client = everybody.client(OFFICER)
    assert _surnames(client, "/casework/?standing=due_soon") == ["Fresh00", "Fresh01"]
    assert _surnames(client, "/casework/?standing=overdue") == ["Stale00"]
    assert _surnames(client, "/casework/?text=fresh00") == ["Fresh00"]
    assert _surnames(client, "/casework/?text=up+stale") == ["Stale00"]
    assert "2 cases found" in _text(client, "/casework/?standing=due_soon")


def test_nothing_found_and_nothing_there_are_two_sentences(everybody: World) -> None:
    client = everybody.client(OFFICER)
    said = _text(client, "/casework/?text=nobody")
    assert "0 cases found" in said
    assert "No case fits. Clear the filters to see all." in said
    with connected(everybody.name, "loader"):
        team = Team.objects.get(name="Nextdoor team")
        empty = accounts.add_team(
            organisation=team.organisation, code="N", name="New team", by=uuid4(), at=AT
        )
        User.objects.get(name=OFFICER).memberships.update(team=empty)
    assert "No case is with you yet." in _text(client, "/casework/")


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=two",
        "page=1e9",
        "page=99999999999999999999",
        "page=%C2%B2",
        "sort=password",
        "sort=-",
        "sort=person__upn",
        "duty=none-such",
        "standing=late'--",
        "text=%00",
        "text=" + "x" * 500,
        "duty=final-plan&duty=final-plan",
        "%00=%00",
        "text=%F0%9F%A6%8A",
        "text=%25",
    ],
)
def test_an_address_that_makes_no_sense_still_opens_the_list(everybody: World, query: str) -> None:
    assert everybody.client(OFFICER).get(f"/casework/?{query}").status_code == 200


def test_what_is_typed_comes_back_harmless(everybody: World) -> None:
    page = (
        everybody.client(OFFICER).get("/casework/?text=<script>x</script>&sort=<b>&duty=<i>").content.decode()
    )
    assert "<script>x" not in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_head_counts_what_is_past_and_near_its_limit(everybody: World, more: More) -> None:
    more(2, facts={"request_received": date(2025, 1, 2)}, first="Fresh")
    more(1, first="Stale")
    said = _text(everybody.client(OFFICER), "/casework/")
    assert re.search(r"whether there will be an assessment +Past the limit +1 +Due in 14 days +2", said)


# -- one case -------------------------------------------------------------------------------------------------------


def test_a_case_says_what_is_late_why_and_by_which_law(everybody: World) -> None:
    said = _text(everybody.client("Robin Carter"), _wren(everybody))
    assert "Due 23 July 2024, 195 days late." in said
    assert "Why this date" in said
    assert "SEND Regulations 2014 reg 5(1), (2)" in said
    assert "Who can see this record, and why" in said
    assert "Willow Hollybank" in said


def test_what_rests_on_a_return_is_as_at_its_day(everybody: World) -> None:
    said = _text(everybody.client("Robin Carter"), _wren(everybody))
    assert "What is shown as open is as at 16 January 2025" in said
    assert "From the return of 2025, line" in said


def test_what_is_not_known_is_never_late(everybody: World, more: More) -> None:
    """A request without its day: nobody can say what was due, so nobody says that it is late."""
    case = more(1, facts={"decision_notified": date(2024, 11, 4)}, first="Dayless")[0]
    client = everybody.client(OFFICER)
    said = _text(client, f"/casework/{case.pk}")
    assert "Not known" in said
    assert "late" not in said.split("Timeline")[0].lower()
    assert "Dayless00" not in _surnames(client, "/casework/?standing=overdue")
    assert "Dayless00" in _surnames(client, "/casework/?standing=unknown")


def test_what_was_held_for_review_stands_at_the_top(everybody: World, more: More) -> None:
    case = more(1)[0]
    with connected(everybody.name, "loader"):
        by = User.objects.get(name="Demo builder")
        held(case, "two-active-plans", question="Which plan is in force?")
        held(case, "done", question="Settled?", state="decided", decided_by=by, reason="asked the school")
    page = _text(everybody.client(OFFICER), f"/casework/{case.pk}")
    assert "Held for review: Which plan is in force?" in page
    assert "Held for review: Settled?" not in page


def test_an_opened_case_is_in_the_access_log_and_a_refused_one_is_not(
    everybody: World, server: Address
) -> None:
    child = everybody.children["East (Wren)"]
    assert everybody.client("Robin Carter").get(f"/casework/{child.case_id}").status_code == 200
    assert everybody.client("Martin Thatcher").get(f"/casework/{child.case_id}").status_code == 404
    with psycopg.connect(server.url(role=server.superuser, database=everybody.name)) as root:
        rows = root.execute("SELECT user_id, person_id, page FROM foundation_accesslogentry").fetchall()
    assert rows == [(everybody.user("Robin Carter").pk, child.person_id, "casework.case")]


@pytest.mark.parametrize("tail", ["", "/decision", "/decision/check", "/decision/done", f"/facts/{NOWHERE}"])
def test_a_case_that_does_not_exist_is_not_found(everybody: World, tail: str) -> None:
    assert everybody.client("Linnet Mason").get(f"/casework/{NOWHERE}{tail}").status_code == 404


def test_a_fact_of_another_case_is_not_found_under_this_one(everybody: World, more: More) -> None:
    one, other = more(2)
    with connected(everybody.name, "loader"):
        fact = Fact.objects.filter(case=other).latest("at")
    client = everybody.client(OFFICER)
    assert client.get(f"/casework/{other.pk}/facts/{fact.pk}").status_code == 200
    assert client.get(f"/casework/{one.pk}/facts/{fact.pk}").status_code == 404


def test_who_may_only_read_is_offered_no_form(everybody: World) -> None:
    said = _text(everybody.client("Heather Potter"), _wren(everybody))
    assert "Due 23 July 2024" in said
    assert "Correct" not in said
    assert "Record the decision" not in said
    for tail in ("/decision", f"/facts/{everybody.children['East (Wren)'].fact_id}"):
        assert everybody.client("Heather Potter").get(_wren(everybody) + tail).status_code == 403


def test_what_the_check_of_the_return_found_stands_on_the_case(everybody: World) -> None:
    child = everybody.children["East (Wren)"]
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=child.case_id)
        newest = ReadinessRun.objects.filter(area_id=case.area_id).order_by("-year").first()
        by, year = User.objects.get(name="Demo builder"), newest.year if newest else 2025
        if newest is None:
            ReadinessRun.objects.create(
                area_id=case.area_id, year=year, census_on=date(2025, 1, 16), on=AT.date(), at=AT, by=by,
                persons=1, errors=1, queries=0, rule_book="x",
            )  # fmt: skip
        said = {"area_id": case.area_id, "team_id": case.team_id, "person_id": case.person_id, "case": case}
        days = {"first_seen_on": AT.date(), "last_seen_on": AT.date()}
        for rule, of, gone_on in (("L504", year, None), ("L530", year, AT.date()), ("L530", year - 1, None)):
            Finding.objects.create(
                **said, **days, rule=rule, level="error", item="x", message="x", year=of, gone_on=gone_on
            )
    page = _text(everybody.client("Robin Carter"), _wren(everybody)).split("What the return's check says")[1]
    assert "There is no placement, though the plan is active." in page
    assert "cannot be entered here yet: it comes with the next return that is loaded" in page
    assert "There is no type of need." not in page, "mended, or of a year gone by"
    assert "return's check" not in _text(everybody.client("Heather Potter"), _wren(everybody))


# -- the decision ---------------------------------------------------------------------------------------------------


def _told(day: str, month: str, year: str, decision: str = "assess") -> dict[str, str]:
    parts = {"notified_on-day": day, "notified_on-month": month, "notified_on-year": year}
    return {"decision": decision, **parts} if decision else parts


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (_told("3", "2", "2025", ""), "Choose whether there will be an assessment"),
        (_told("3", "2", "2025", "perhaps"), "Select a valid choice"),
        (_told("", "", ""), "Enter the day the family was told"),
        (_told("3", "", "2025"), "must include a month"),
        (_told("31", "2", "2025"), "must be a real date"),
        (_told("3", "2", "25"), "year of 4 numbers"),
        (_told("4", "2", "2025"), "must be 3 February 2025 or earlier"),
        (_told("10", "6", "2024"), "must be 11 June 2024 or later"),
        ({}, "Choose whether there will be an assessment"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_the_decision_form_refuses_in_plain_words(everybody: World, said: dict[str, str], words: str) -> None:
    client = everybody.client("Robin Carter")
    reply = client.post(f"{_wren(everybody)}/decision", said)
    page = reply.content.decode()
    assert reply.status_code == 200
    assert words in page
    assert "<title>Error: " in page
    assert client.get(f"{_wren(everybody)}/decision/check").status_code == 302, "nothing was kept"


def test_a_decision_closes_its_clock_once_and_is_in_the_journal(everybody: World) -> None:
    client, case = everybody.client("Robin Carter"), _wren(everybody)
    assert client.post(f"{case}/decision/check")["Location"] == f"{case}/decision", "answers come first"
    assert client.post(f"{case}/decision", _told("3", "2", "2025"))["Location"] == f"{case}/decision/check"
    assert "3 February 2025" in _text(client, f"{case}/decision/check")
    assert client.post(f"{case}/decision/check")["Location"] == f"{case}/decision/done"
    assert "Due 23 July 2024, done 3 February 2025, 195 days late." in _text(client, f"{case}/decision/done")
    said = _text(client, case)
    assert "Record the decision" not in said
    assert "as at 16 January 2025" in said, "the next open clock still rests on the return alone"
    with connected(everybody.name, "loader"):
        entry = JournalEntry.objects.latest("pk")
        child = everybody.children["East (Wren)"]
        assert (entry.kind, entry.person_id) == ("decision.recorded", child.person_id)
        assert (entry.subject_id, entry.by_id) == (child.case_id, everybody.user("Robin Carter").pk)
        before = JournalEntry.objects.count()

    page = client.post(f"{case}/decision", _told("2", "2", "2025", "refuse")).content.decode()
    assert "The decision is on record already." in page, "said at the door"
    assert "Decision notified: 3 February 2025" in page
    assert client.post(f"{case}/decision/check")["Location"] == f"{case}/decision", "nothing was kept"
    with connected(everybody.name, "loader"):
        assert JournalEntry.objects.count() == before
        assert Fact.objects.filter(case_id=child.case_id, name="assessment_decision").count() == 1


def test_another_team_can_decide_nothing(everybody: World) -> None:
    client, case = everybody.client("Martin Thatcher"), _wren(everybody)
    for tail in ("/decision", "/decision/check"):
        assert client.post(case + tail, _told("3", "2", "2025")).status_code == 404


# -- the correction -------------------------------------------------------------------------------------------------


def _right(
    day: str = "", month: str = "", year: str = "", *, what: str = "right", reason: str = "a slip"
) -> Any:
    return {"what": what, "on-day": day, "on-month": month, "on-year": year, "reason": reason}


def _fact(world: World, name: str = "request_received") -> str:
    with connected(world.name, "loader"):
        child = world.children["East (Wren)"]
        fact = Fact.objects.filter(case_id=child.case_id, name=name).current().get()
        assert isinstance(fact, Fact)
    return f"/casework/{child.case_id}/facts/{fact.pk}"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (_right("18", "6", "2024", reason=""), "Say why it is wrong"),
        (_right("18", "6", "2024", reason="   "), "Say why it is wrong"),
        (_right("18", "6", "2024", what=""), "Choose what is wrong"),
        (_right(), "Enter the right day"),
        (_right("4", "2", "2025"), "must be 3 February 2025 or earlier"),
        (_right("11", "6", "2024"), "This is what the record says already."),
        (_right("8", "5", "2017"), "before the child was born"),
    ],
    ids=["no reason", "blank reason", "no choice", "no day", "ahead", "the same", "before birth"],
)
def test_the_correction_form_refuses_in_plain_words(everybody: World, said: Any, words: str) -> None:
    reply = everybody.client("Robin Carter").post(_fact(everybody), said)
    assert reply.status_code == 200
    assert words in reply.content.decode()


def test_a_correction_moves_the_clock_and_keeps_the_old_day(everybody: World) -> None:
    client, fact, case = everybody.client("Robin Carter"), _fact(everybody), _wren(everybody)
    assert client.post(fact, _right("18", "6", "2024", reason="Stamped on the 18th."))["Location"] == case
    said = _text(client, case)
    assert "The record is corrected." in said
    assert "Due 30 July 2024, 188 days late." in said
    assert "Corrected by Robin Carter, 3 February 2025" in said
    assert ": Stamped on the 18th." in said
    assert "Request received: 11 June 2024 (From the return of 2025" in said
    assert "as at" not in said, "somebody has looked since the return"
    again = client.post(fact, _right("19", "6", "2024"))
    assert "Somebody has corrected this fact already." in again.content.decode()
    with connected(everybody.name, "loader"):
        entry = JournalEntry.objects.latest("pk")
        assert (entry.kind, entry.origin) == ("fact.corrected", "corrected")


def test_what_never_happened_is_taken_back(everybody: World) -> None:
    client, case = everybody.client("Robin Carter"), _wren(everybody)
    assert (
        client.post(_fact(everybody), _right(what="never", reason="Another child's letter."))["Location"]
        == case
    )
    said = _text(client, case)
    assert "taken back by Robin Carter. Another child's letter." in said
    assert "days late" not in said


def test_a_decision_taken_back_is_taken_back_whole_and_recorded_anew(everybody: World) -> None:
    client, case = everybody.client("Robin Carter"), _wren(everybody)
    client.post(f"{case}/decision", _told("3", "2", "2025"))
    client.post(f"{case}/decision/check")
    door = client.get(f"{case}/decision").content.decode()
    assert "There is nothing to decide" in door
    for name in ("assessment_decision", "decision_notified"):
        assert f'href="{_fact(everybody, name)}"' in door
    fact = _fact(everybody, "assessment_decision")
    assert "both are taken back" in _text(client, fact)
    client.post(fact, _right(what="never", reason="Another child's decision."))
    said = _text(client, case)
    assert "The old value stays to be seen" in said
    assert "Record the decision whether to assess" in said
    assert "Due 23 July 2024, 195 days late." in said
    client.post(f"{case}/decision", _told("3", "2", "2025", "refuse"))
    assert client.post(f"{case}/decision/check")["Location"] == f"{case}/decision/done"


def test_a_date_that_is_a_value_is_asked_for_as_a_date(everybody: World) -> None:
    client, fact, case = everybody.client("Robin Carter"), _fact(everybody, "date_of_birth"), _wren(everybody)
    page = client.get(fact).content.decode()
    assert "The value is wrong" in page
    assert "The day is wrong" not in page
    assert "This never happened" not in page
    assert 'name="value-day"' in page
    said = {"what": "right", "reason": "The certificate."}
    assert "Enter the right value" in client.post(fact, said).content.decode()
    boxes = {"value-day": "1", "value-month": "3", "value-year": "2014"}
    assert client.post(fact, said | boxes)["Location"] == case
    text = _text(client, case)
    assert "Date of birth 1 March 2014" in text
    assert "Born 1 March 2014" in text
    assert "The old value stays to be seen" in text


def test_a_value_with_a_closed_list_is_chosen_from_it(everybody: World) -> None:
    client, fact, case = everybody.client("Robin Carter"), _fact(everybody, "requester"), _wren(everybody)
    page = client.get(fact).content.decode()
    assert re.findall(r'name="value"[^>]* value="(\w+)"', page)[:3] == ["parent", "young_person", "setting"]
    said = {"what": "right", "reason": "The letter head."}
    assert "Select a valid choice" in client.post(fact, said | {"value": "aunt"}).content.decode()
    assert client.post(fact, said | {"value": "health"})["Location"] == case
    assert re.search(r"Requester +Health", _text(client, case))


# -- cost -----------------------------------------------------------------------------------------------------------


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture(autouse=True)
def every_query_counts() -> Iterator[None]:
    connection.force_debug_cursor = True
    yield
    connection.force_debug_cursor = False


def test_the_list_costs_the_same_for_one_case_and_for_forty(everybody: World, more: More) -> None:
    client = everybody.client(OFFICER)
    one = _queries(client, "/casework/")
    more(40)
    assert _queries(client, "/casework/") == one
    assert _queries(client, "/casework/?page=2&standing=overdue") == one
    assert one <= 12


def test_a_case_costs_the_same_with_one_fact_and_with_fifty(everybody: World) -> None:
    child = everybody.children["another area"]
    client, address = everybody.client(OFFICER), f"/casework/{child.case_id}"
    few = _queries(client, address)
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=child.case_id)
        by = User.objects.get(name="Demo builder")
        said = {"area_id": case.area_id, "team_id": case.team_id, "person_id": case.person_id, "case": case}
        Fact.objects.bulk_create(
            Fact(
                **said,
                name="review_meeting",
                on=date(2025, 1, 1) - timedelta(days=n),
                origin="entered",
                by=by,
                at=AT,
            )
            for n in range(50)
        )
        keeping.recompute(case=case, at=AT)
    assert _queries(client, address) == few
    assert few <= 20


def test_a_role_that_is_new_opens_nothing_by_itself(everybody: World) -> None:
    """A role is data: one with no permission opens no page, whatever its scope."""
    with connected(everybody.name, "owner"):
        Role.objects.create(code="watcher", name="Watcher", scope="area", permissions=[], why="x")
    with connected(everybody.name, "loader"):
        User.objects.get(name=OFFICER).memberships.update(role_id="watcher")
    assert everybody.client(OFFICER).get("/casework/").status_code == 403
