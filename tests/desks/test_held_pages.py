# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review pages: what a return left in doubt is listed, decided after a look at the answers, and decided anew."""

import re

import pytest
from django.test import Client

from fingerpost.records.cases.models import Case
from fingerpost.records.foundation.models import JournalEntry
from fingerpost.records.returns.models import HeldDecision, HeldItem, SourceRecord
from tests.database import connected
from tests.desks.cast import World, held

OFFICER = "Nextdoor officer"  # whose team holds one child, so that a test knows all there is
LIST = "/casework/held"
ANSWER = {"choice": "withdrawn", "reason": "Her mother wrote to us."}


def _text(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, f"{address}: {reply.status_code}"
    return _words(reply.content.decode())


def _words(page: str) -> str:
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")


def _item(world: World, child: str = "another area") -> str:
    return f"{LIST}/{world.children[child].item_id}"


def _on_record(world: World) -> tuple[str, str, int]:
    """Stage of the case, state of the question, and how many decisions there are."""
    child = world.children["another area"]
    with connected(world.name, "loader"):
        item = HeldItem.objects.get(pk=child.item_id)
        return (
            Case.objects.get(pk=child.case_id).stage,
            item.state,
            HeldDecision.objects.filter(item=item).count(),
        )


def _decide(client: Client, address: str, **answer: str) -> str:
    assert client.post(address, {**ANSWER, **answer}).headers["Location"] == f"{address}/check"
    checked = _text(client, f"{address}/check")
    assert client.post(f"{address}/check").headers["Location"] == address
    return checked


def test_a_question_is_decided_after_a_look_at_the_answers(everybody: World) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    said = _text(client, address)
    assert "Nobody may be working on it." in said
    assert "The return of 2025, line 7" in said
    assert "Still open (kept as a note, changes no date)" in said
    assert "Withdrawn (kept" not in said
    assert "The request counts as withdrawn and its clocks stop." in _decide(client, address)
    said = _text(client, address)
    assert "Withdrawn Her mother wrote to us. Nextdoor officer, 3 February 2025" in said
    assert "Decide it anew" in said
    assert "Nothing is waiting to be decided." in _text(client, LIST)
    assert _on_record(everybody) == ("withdrawn", "decided", 1)
    with connected(everybody.name, "loader"):
        assert JournalEntry.objects.filter(kind="held.decided").count() == 1


def test_a_decision_is_undone_by_a_newer_one_and_both_stay(everybody: World) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    _decide(client, address)
    checked = _decide(client, address, choice="open-again", reason="It was her sister.")
    assert "Opened again" in checked
    assert "is undone, and the question is open again" in checked
    said = _text(client, address)
    assert said.index("It was her sister.") < said.index("Her mother wrote to us.")
    assert _on_record(everybody) == ("requested", "open", 2)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"choice": ""}, "Choose an answer"),
        ({"choice": "nonsense"}, "Select a valid choice"),
        ({"reason": ""}, "Say how you know"),
        ({"reason": "ok"}, "Say how you know in a few words"),
        ({"choice": "refused"}, "Enter the day"),
        ({"choice": "refused", "on-day": "1", "on-month": "1", "on-year": "2031"}, "must be"),
    ],
)
def test_the_form_refuses_in_plain_words(everybody: World, answer: dict[str, str], words: str) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    page = client.post(address, {**ANSWER, **answer}).content.decode()
    assert words in page
    assert _on_record(everybody) == ("requested", "open", 0)


def test_what_does_not_fit_the_record_is_said_after_the_check(everybody: World) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    day = {"on-day": "1", "on-month": "1", "on-year": "2020"}
    client.post(address, {**ANSWER, "choice": "refused", **day})
    page = client.post(f"{address}/check", follow=True).content.decode()
    assert "The day lies before the request (2 December 2024)." in page
    assert _on_record(everybody) == ("requested", "open", 0)


def test_the_check_without_answers_leads_back_to_the_question(everybody: World) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    assert client.get(f"{address}/check").headers["Location"] == address


def test_the_list_has_pages_filters_and_an_empty_state(everybody: World) -> None:
    child = everybody.children["another area"]
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=child.case_id)
        for line in range(100, 129):
            held(case, "late-decision", line=line, offer=["which review"])
    client = everybody.client(OFFICER)
    said = _text(client, LIST)
    assert "30 open questions" in said
    assert "A review decision over a year after its meeting : 29" in said
    assert "Held for review (page 2 of 2)" in client.get(f"{LIST}?page=2").content.decode()
    assert "1 question found" in _text(client, f"{LIST}?pattern=request-absent")
    assert "0 questions found" in _text(client, f"{LIST}?state=decided")
    assert "No question fits." in _text(client, f"{LIST}?text=nobody")
    assert "30 questions found" in _text(client, f"{LIST}?state=all&page=junk")


def test_the_case_leads_to_its_question_and_shows_what_was_decided(everybody: World) -> None:
    client, address = everybody.client(OFFICER), _item(everybody)
    case = f"/casework/{everybody.children['another area'].case_id}"
    assert f'href="{address}"' in client.get(case).content.decode()
    _decide(client, address, choice="still open")
    said = _text(client, case)
    assert "What was held for review, and decided" in said
    assert "still open (Nextdoor officer, 3 February 2025). Her mother wrote to us." in said


def test_who_only_reads_is_shown_the_question_and_no_way_to_decide_it(everybody: World) -> None:
    wren = everybody.children["East (Wren)"]
    page = everybody.client("Heather Potter").get(f"/casework/{wren.case_id}").content.decode()
    assert "Held for review" in page
    assert f"/casework/held/{wren.item_id}" not in page


def test_whose_record_it_is_waits_for_a_data_officer(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=everybody.children["East (Wren)"].case_id)
        item = held(case, "two-numbers", offer=["join, keeping both numbers"])
    address = f"{LIST}/{item.pk}"
    said = _text(everybody.client("Robin Carter"), address)
    assert "is decided by a data officer" in said
    assert everybody.client("Robin Carter").post(address, ANSWER).status_code == 200
    assert "join, keeping both numbers" in _text(everybody.client("Hazel Tanner"), address).lower()


def test_one_number_and_two_descriptions_shows_both(everybody: World) -> None:
    with connected(everybody.name, "loader"):
        case = Case.objects.get(pk=everybody.children["East (Wren)"].case_id)
        item = held(case, "number-twice", question="Another birth date.", offer=["same person"], line=90001)
        said = {"surname": "Hollybank", "forename": "Robin", "birth_on": "2012-03-04", "upn": "X1"}
        SourceRecord.objects.create(
            area_id=case.area_id, team_id=case.team_id, person=None, file=item.file, line=90001, record=said
        )
    page = _text(everybody.client("Hazel Tanner"), f"{LIST}/{item.pk}")
    assert "Held here now Wren Hollybank, born 9 May 2017" in page
    assert "What the return says Robin Hollybank, born 4 March 2012, X1" in page
