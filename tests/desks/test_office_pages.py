# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the data officer's pages say and leave out, what their forms refuse, and who is noted as having looked."""

import csv
import hashlib
import io
import json
import re
from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fingerpost.desks.jobs import tasks
from fingerpost.desks.office.readiness import pages as readiness_pages
from fingerpost.postgres.address import Address
from fingerpost.records.accounts.models import Team
from fingerpost.records.foundation.models import Area, JournalEntry
from fingerpost.records.people.models import Person
from fingerpost.records.returns.models import Finding, PreparationAsked, PreparedReturn, ReadinessRun
from fingerpost.rules.returns import rule_book
from tests.database import connected
from tests.desks.cast import World

HERE = "/office/888/2025/"
LEVELS = ("error", "query")
AHEAD = "/office/888/2026/"
ANSWERS = {"dmo": "Y", "dco": "R", "dsco": "N", "spelling": "SENSetting"}


def _text(client: Client, address: str, **more: object) -> str:
    reply = client.get(address, **more)  # type: ignore[arg-type]
    assert reply.status_code == 200, f"{address}: {reply.status_code}"
    main = reply.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")


def _nothing_stands(world: World) -> None:
    with connected(world.name, "loader"):
        Finding.objects.update(gone_on=date(2025, 2, 3))
        newer = ReadinessRun.objects.latest("at")
        newer.pk, newer.errors, newer.queries, newer.at = uuid4(), 0, 0, newer.at + timedelta(hours=1)
        newer.save(force_insert=True)


# -- the front page -------------------------------------------------------------------------------------------------


def test_the_front_page_answers_first(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        run = ReadinessRun.objects.latest("at")
    said = _text(everybody.client("Hazel Tanner"), HERE)
    assert "Could we hand in the return of 2025 today?" in said
    assert f"No. {run.errors} errors stand in the way. {run.queries} queries to put right or explain." in said
    assert "Last looked at on 3 February 2025" in said
    assert "Look again now" in said
    assert "20 January 2025" in said, "the table under the picture"


def test_the_page_of_a_rule_says_what_its_level_means_for_who_signs(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        standing = Finding.objects.filter(year=2025, gone_on=None)
        error, query = (standing.filter(level=level).values_list("rule", flat=True)[0] for level in LEVELS)
    laurel = everybody.client("Laurel Shepherd")
    said = _text(laurel, f"{HERE}rules/{error}")
    assert "An error stands in the way of the return" in said
    assert "Whoever signs a return with errors in it must say why." in said
    assert "A query does not stand in the way" in _text(laurel, f"{HERE}rules/{query}")


def test_when_nothing_stands_in_the_way_it_says_so(everybody: World) -> None:
    _nothing_stands(everybody)
    hazel = everybody.client("Hazel Tanner")
    said = _text(hazel, HERE)
    assert "Ready Yes." in said
    assert "Nothing stands in the way." in said
    assert "Nothing stands in the way." in _text(hazel, f"{HERE}findings")
    assert "No record breaks it now." in _text(hazel, f"{HERE}rules/L548")


def test_after_ten_officers_the_rest_are_folded(everybody: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hazel = everybody.client("Hazel Tanner")
    assert "besides" not in _text(hazel, HERE), "few officers need no fold"
    monkeypatch.setattr(readiness_pages, "AT_ONCE", 1)
    page = hazel.get(HERE).content.decode()
    shown, folded = page.split("Whose move it is, most errors first")[1].split("<details", 1)
    assert shown.count("<tr") == 2, "the head and one officer"
    assert folded.split("Whose move it is besides")[1].split("</table>")[0].count("<tr") > 1


def test_a_year_nobody_has_looked_at_says_so(everybody: World) -> None:
    said = _text(everybody.client("Hazel Tanner"), "/office/888/2026/")
    assert "Not looked at yet" in said
    assert "Nobody has asked yet." in said
    assert "Look now" in said
    assert "Look again" not in said


def test_before_census_day_a_look_is_a_look_ahead(everybody: World) -> None:
    _nothing_stands(everybody)
    with connected(everybody.name, "loader"):
        run = ReadinessRun.objects.latest("at")
        run.pk, run.year = uuid4(), 2026
        run.save(force_insert=True)
    said = _text(everybody.client("Hazel Tanner"), AHEAD)
    assert "A look ahead to the return of 2026 Look ahead As the record stands:" in said
    assert "Census day is 15 January 2026: what counts until then can still change." in said
    assert "Look again now" in said
    assert "Prepare the return" not in said
    assert "Census day is" not in _text(everybody.client("Hazel Tanner"), HERE)


def test_a_team_reads_of_its_own_alone(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        mine = Finding.objects.filter(gone_on=None, team=Team.objects.get(name="East team")).count()
        whole = Finding.objects.filter(gone_on=None).count()
    linnet = everybody.client("Linnet Mason")
    said = _text(linnet, HERE)
    assert "In your team" in said
    assert "South team" not in said
    assert "Look again now" not in said
    assert 0 < mine < whole
    assert f"{mine} findings" in _text(linnet, f"{HERE}findings")


def test_who_signs_sees_counts_and_no_child(everybody: World) -> None:
    laurel = everybody.client("Laurel Shepherd")
    assert "Whose move it is" in _text(laurel, HERE)
    said = _text(laurel, f"{HERE}rules/L548")
    assert "Who can mend it" in said
    assert "Whose records it touches" not in said
    assert laurel.get(f"{HERE}findings").status_code == 403


def test_years_and_areas_that_do_not_exist_are_not_found(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    for address in ("/office/888/2040/", "/office/777/2025/", f"{HERE}rules/L999", f"{HERE}rules/nonsense"):
        reply = hazel.get(address)
        assert reply.status_code == 404, address
        assert "Sign in first" not in reply.content.decode(), "she is signed in"
    assert "Sign in first" in everybody.client(None).get("/no-such-page").content.decode()


def test_looking_again_is_put_in_the_queue_once(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    assert "is being looked at" in hazel.post(f"{HERE}run", follow=True).content.decode()
    again = hazel.post(f"{HERE}run", follow=True).content.decode()
    assert "Somebody has asked already" in again
    assert "It begins as soon as the worker is free" in again
    assert everybody.client("Robin Carter").post(f"{HERE}run").status_code == 403


# -- the list -------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_what_the_address_asks(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    with connected(everybody.name, "loader"):
        standing = Finding.objects.filter(year=2025, gone_on=None)
        errors = standing.filter(level="error").count()
        of_rule = standing.filter(rule="L548").count()
        robin = standing.filter(case__officer__name="Robin Carter").count()
    assert f"{errors} finding" in _text(hazel, f"{HERE}findings?level=error")
    assert f"L548: {rule_book.rules()['L548'].fault[:30]}" in _text(hazel, f"{HERE}findings")
    assert f"{of_rule} findings found" in _text(hazel, f"{HERE}findings?rule=L548")
    assert f"{robin} finding" in _text(everybody.client("Robin Carter"), f"{HERE}findings?officer=mine")
    assert "0 findings found" in _text(hazel, f"{HERE}findings?text=Nobodyatall")


@pytest.mark.parametrize(
    "query", ["?team=nonsense", "?officer=x&page=-1", "?page=99999", "?sort=--", "?rule='"]
)
def test_an_address_that_makes_no_sense_is_not_an_error(everybody: World, query: str) -> None:
    assert "findings" in _text(everybody.client("Hazel Tanner"), f"{HERE}findings{query}")


def test_each_finding_leads_to_its_case_and_its_rule(everybody: World) -> None:
    page = everybody.client("Robin Carter").get(f"{HERE}findings").content.decode()
    cases = re.findall(r'href="(/casework/[0-9a-f-]{36})"', page)
    assert cases
    assert everybody.client("Robin Carter").get(cases[0]).status_code == 200
    assert re.search(rf'href="{HERE}rules/L\d+"', page)


def test_the_same_list_as_csv_and_as_a_workbook(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    with connected(everybody.name, "loader"):
        count = Finding.objects.filter(gone_on=None, rule="L548").count()
    reply = hazel.get(f"{HERE}findings.csv?rule=L548")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert all(row["Demonstration"].startswith("Made-up children.") for row in rows), "each row says it"
    assert len(rows) == count
    assert {row["Rule"] for row in rows} == {"L548"}
    assert all(row["Case"].startswith("http://testserver/casework/") for row in rows)
    assert 'filename="888-2025-findings.csv"' in reply["Content-Disposition"]
    book = load_workbook(io.BytesIO(hazel.get(f"{HERE}findings.xlsx?rule=L548").content))
    assert book["Findings"].max_row == count + 1


def test_what_looks_like_a_formula_stays_text(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        finding = Finding.objects.filter(gone_on=None).exclude(person=None).first()
        assert isinstance(finding, Finding)
        assert finding.person_id
        Person.objects.filter(pk=finding.person_id).update(surname="=1+1")
    content = everybody.client("Hazel Tanner").get(f"{HERE}findings.csv").content.decode("utf-8-sig")
    assert "'=1+1" in {row["Surname"] for row in csv.DictReader(io.StringIO(content))}


def test_every_child_of_a_page_or_a_file_is_noted(everybody: World, server: Address) -> None:
    robin = everybody.client("Robin Carter")
    page = robin.get(f"{HERE}findings").content.decode()
    shown = set(re.findall(r'kit-table__first"><a[^>]*>([^<]+)<', page))
    robin.get(f"{HERE}findings.csv")
    with psycopg.connect(server.url(role=server.superuser, database=everybody.name)) as root:
        noted = root.execute(
            "SELECT l.page, array_agg(DISTINCT p.surname || ', ' || p.forename) FROM foundation_accesslogentry l"
            " JOIN people_person p ON p.id = l.person_id WHERE l.user_id = %s GROUP BY 1",
            [everybody.user("Robin Carter").pk],
        ).fetchall()
    by_page = {str(name): set(names) for name, names in noted}
    assert by_page["office.findings"] == shown
    assert by_page["office.findings-file"] >= shown


def test_the_cost_of_the_pages_does_not_grow_with_the_list(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    for address in (HERE, f"{HERE}findings", f"{HERE}rules/L548"):
        with CaptureQueriesContext(connection) as many:
            hazel.get(address)
        with connected(everybody.name, "loader"):
            keep = list(Finding.objects.filter(gone_on=None, rule="L548").values_list("pk", flat=True)[:2])
            Finding.objects.filter(gone_on=None).exclude(pk__in=keep).update(gone_on=date(2025, 2, 3))
        with CaptureQueriesContext(connection) as few:
            hazel.get(address)
        with connected(everybody.name, "loader"):
            Finding.objects.filter(gone_on=date(2025, 2, 3), last_seen_on=date(2025, 2, 3)).update(
                gone_on=None
            )
        assert len(many) == len(few), address


# -- handing in -----------------------------------------------------------------------------------------------------


def _ask(world: World, **more: str) -> None:
    hazel = world.client("Hazel Tanner")
    reply = hazel.post(f"{HERE}returns/prepare", {**ANSWERS, **more})
    assert reply["Location"] == f"{HERE}returns/prepare/check", reply.content.decode()[-2000:]
    reply = hazel.post(f"{HERE}returns/prepare/check")
    assert reply["Location"] == f"{HERE}returns"


def _work(world: World) -> None:
    """What a worker does, without the process around it."""
    with connected(world.name, "loader"):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'prepare-return' RETURNING args")
            waiting = [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]
        for args in waiting:
            tasks.prepare(**args)


def _prepare(world: World, **more: str) -> PreparedReturn:
    _ask(world, **more)
    _work(world)
    with connected(world.name, "loader"):
        return PreparedReturn.objects.get(newer=None, year=2025)


def _sign(world: World, made: PreparedReturn, **more: str) -> str:
    said = {"fingerprint": made.fingerprint, "reason": "The two dates wait for the school.", "agreed": "on"}
    reply = world.client("Laurel Shepherd").post(
        f"{HERE}returns/{made.pk}/sign", {**said, **more}, follow=True
    )
    return reply.content.decode()


def test_a_return_is_prepared_after_a_look_at_the_answers(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    assert "No return of 2025 is prepared yet." in _text(hazel, HERE)
    assert "prepared yet" not in _text(everybody.client("Linnet Mason"), HERE), "a team sees no return"
    hazel.post(f"{HERE}returns/prepare", ANSWERS)
    said = _text(hazel, f"{HERE}returns/prepare/check")
    assert "Is there a designated clinical officer? No, being recruited Change" in said
    assert "When the record was last looked at, on 3 February 2025" in said
    assert "Serial number 002: 001 is the return that was loaded" in said
    assert "up to a minute" in said
    made = _prepare(everybody)
    said = _text(hazel, f"{HERE}returns/{made.pk}")
    assert made.fingerprint in said
    assert "Nobody has signed it yet." in said
    assert "Serial 002 waits for a signature." in _text(hazel, HERE)
    assert "serial 002 Standing Not signed" in _text(hazel, f"{HERE}returns"), "001 came in from elsewhere"


def test_who_asks_for_a_return_sees_how_far_it_is(everybody: World) -> None:
    hazel, laurel = everybody.client("Hazel Tanner"), everybody.client("Laurel Shepherd")
    _ask(everybody)
    said = _text(hazel, f"{HERE}returns")
    assert "The return that Hazel Tanner asked for on 3 February 2025" in said
    assert "is made as soon as the worker is free. No worker is at work just now." in said
    assert "Prepare a return" not in said
    assert "Look again" in _text(laurel, f"{HERE}returns")
    for address in (f"{HERE}returns/prepare", f"{HERE}returns/prepare/check"):
        again = hazel.post(address, ANSWERS, follow=True).content.decode()
        assert "Somebody has asked for this return already." in again
    _work(everybody)
    said = _text(hazel, f"{HERE}returns")
    assert "asked for" not in said
    assert "2025, serial 002 Standing Not signed" in said
    with connected(everybody.name, "loader"):
        assert PreparedReturn.objects.filter(year=2025).count() == 1
        assert PreparationAsked.objects.count() == 1, "a second press asks for nothing"
    assert hazel.post(f"{HERE}returns/prepare/check")["Location"] == f"{HERE}returns/prepare", "used up"


def test_a_return_that_could_not_be_made_says_why_and_can_be_asked_for_again(
    everybody: World, server: Address
) -> None:
    hazel = everybody.client("Hazel Tanner")
    _ask(everybody)
    with connected(everybody.name, "loader"):
        key = int.from_bytes(Area.objects.get(la_number="888").pk.bytes[:7], "big")
    with psycopg.connect(server.url(role=server.superuser, database=everybody.name)) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        _work(everybody)
    said = _text(hazel, f"{HERE}returns")
    assert (
        "was not made: a return of this area is being loaded or made. Wait until that has finished." in said
    )
    assert "Prepare a return" in said
    form = hazel.get(f"{HERE}returns/prepare").content.decode()
    assert set(re.findall(r'value="(\w+)" checked', form)) == {"Y", "R", "N", "SENSetting"}, (
        "answered already"
    )
    assert _prepare(everybody).serial == "002"
    assert "was not made" not in _text(hazel, f"{HERE}returns")


def test_a_return_whose_work_was_lost_can_be_asked_for_again(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    _ask(everybody)
    with connected(everybody.name, "loader"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'prepare-return'")
    said = _text(hazel, f"{HERE}returns")
    assert "was not made: the work was lost. Ask for it again." in said
    assert "Prepare a return" in said
    _prepare(everybody)
    assert "the work was lost" not in _text(hazel, f"{HERE}returns")


def test_before_census_day_a_return_is_refused_with_the_day_it_opens(everybody: World) -> None:
    hazel, opens = everybody.client("Hazel Tanner"), "It can be prepared from 15 January 2026 on."
    said = _text(hazel, f"{AHEAD}returns")
    assert opens in said
    assert "Prepare a return" not in said
    for address in (f"{AHEAD}returns/prepare", f"{AHEAD}returns/prepare/check"):
        for reply in (hazel.get(address), hazel.post(address, ANSWERS)):
            assert reply["Location"] == f"{AHEAD}returns", address
    refused = hazel.get(f"{AHEAD}returns/prepare", follow=True).content.decode()
    assert refused.count(opens) > 1, "as what went wrong, and where the button would be"
    with connected(everybody.name, "loader"):
        assert not PreparedReturn.objects.filter(year=2026).exists()


def test_what_is_not_answered_is_asked_again(everybody: World) -> None:
    hazel = everybody.client("Hazel Tanner")
    reply = hazel.post(f"{HERE}returns/prepare", {"spelling": "SENSetting", "dmo": "Q"})
    page = reply.content.decode()
    assert "Choose whether there is a designated clinical officer" in page
    assert "<title>Error: " in page
    assert hazel.get(f"{HERE}returns/prepare/check")["Location"] == f"{HERE}returns/prepare"


def test_signing_asks_for_what_it_needs_and_is_on_record(everybody: World) -> None:
    made = _prepare(everybody)
    assert made.errors
    assert "Tick the box" in _sign(everybody, made, agreed="")
    assert "Say why the return goes with errors in it" in _sign(everybody, made, reason="")
    assert "fingerprint is not that of this file" in _sign(everybody, made, fingerprint="0" * 64)
    assert "Return signed off" in _sign(everybody, made)
    said = _text(everybody.client("Hazel Tanner"), f"{HERE}returns/{made.pk}")
    assert "Signed by Laurel Shepherd" in said
    assert "With errors because The two dates wait for the school." in said
    assert "This return is not waiting for a signature" in _text(
        everybody.client("Laurel Shepherd"), f"{HERE}returns/{made.pk}/sign"
    )


def test_the_file_comes_byte_for_byte_and_the_journal_says_who_had_it(everybody: World) -> None:
    made = _prepare(everybody)
    reply = everybody.client("Laurel Shepherd").get(f"{HERE}returns/{made.pk}/file")
    assert hashlib.sha256(reply.content).hexdigest() == made.fingerprint
    assert len(reply.content) == made.bytes
    assert 'filename="sen2-888-2025-002.xml"' in reply["Content-Disposition"]
    with connected(everybody.name, "loader"):
        entry = JournalEntry.objects.latest("pk")
    assert (entry.kind, entry.by_id) == ("return.opened", everybody.user("Laurel Shepherd").pk)


def test_a_signed_return_is_sent_again_with_a_reason_and_the_next_serial(everybody: World) -> None:
    first = _prepare(everybody)
    _sign(everybody, first)
    hazel = everybody.client("Hazel Tanner")
    assert "to send it again" in _text(hazel, f"{HERE}returns")
    refused = hazel.post(f"{HERE}returns/prepare", ANSWERS).content.decode()
    assert "Say why the return is sent again" in refused
    assert "Serial 002 was signed by Laurel Shepherd on 3 February 2025. Look at serial 002" in _text(
        hazel, HERE
    )
    hazel.post(f"{HERE}returns/prepare", {**ANSWERS, "because": "COLLECT found a child twice."})
    why = "Serial number 003: 002 is the return that was signed here last"
    assert why in _text(hazel, f"{HERE}returns/prepare/check")
    second = _prepare(everybody, because="COLLECT found a child twice.")
    waits = "on 3 February 2025; serial 003 waits for a signature. Look at serial 003"
    assert waits in _text(hazel, HERE)
    assert (first.serial, second.serial) == ("002", "003")
    assert "Sent again because COLLECT found a child twice." in _text(hazel, f"{HERE}returns/{second.pk}")


def test_a_draft_that_gave_way_has_no_file_any_more(everybody: World) -> None:
    first = _prepare(everybody)
    _prepare(everybody)
    hazel = everybody.client("Hazel Tanner")
    assert "its file was let go" in _text(hazel, f"{HERE}returns/{first.pk}")
    said = hazel.get(f"{HERE}returns/{first.pk}/file", follow=True).content.decode()
    assert "its file was let go" in said
    assert "a newer draft has replaced this one" in _sign(everybody, first).lower()
