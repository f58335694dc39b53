# SPDX-License-Identifier: AGPL-3.0-or-later
"""An officer of another team has the address of a case, and gets nothing: not by the page, not by plain SQL."""

import time

import pytest
from playwright.sync_api import expect

from fingerpost.postgres.address import Address
from fingerpost.records.people import actor
from tests.database import raw
from tests.journeys import looks
from tests.journeys.conftest import Door, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_another_team_gets_nothing(door: Door, site: Site, server: Address) -> None:
    # Given the address of a case of the East team
    robin = door("Robin Carter")
    robin.goto("/casework/?text=Hollybank")
    robin.get_by_role("link", name="Hollybank, Wren").click()
    expect(robin.get_by_role("heading", level=1)).to_have_text("Wren Hollybank")
    address = robin.url

    # When an officer of the South team opens it, or anything under it
    martin = door("Martin Thatcher")
    for path in ("", "/decision", "/decision/check", "/decision/done"):
        answer = martin.goto(address + path)
        # Then the page is not found, and says nothing of the child
        assert answer
        assert answer.status == 404
        assert "Hollybank" not in martin.content()
    looks.right(martin)

    # And searching by name finds nobody
    martin.goto("/casework/?text=Hollybank")
    expect(martin.get_by_role("status")).to_have_text("0 cases found")

    # And plain SQL in his name gives no row
    case_id = address.rsplit("/", 1)[1]
    with raw(server, site.database, "web") as web:
        user = web.execute("SELECT id FROM accounts_user WHERE name = 'Martin Thatcher'").fetchone()
        assert user
        token = actor.sign(user[0], backend_pid=web.info.backend_pid, epoch=int(time.time()))  # type: ignore[arg-type]
        web.execute("SELECT set_config('fingerpost.actor', %s, true)", [token])
        for table in (
            "cases_fact",
            "cases_clock",
            "plans_plan",
            "placements_placement",
            "returns_sourcerecord",
            "returns_helditem",
            "returns_helddecision",
        ):
            found = web.execute(
                f"SELECT count(*) FROM {table} t JOIN cases_case c USING (person_id) WHERE c.id = %s",
                [case_id],
            )
            assert found.fetchone() == (0,), table
        mine = web.execute("SELECT count(*) FROM cases_case").fetchone()
        assert mine
        assert int(str(mine[0])) > 0, "he sees his own team's cases"


def test_a_parent_gets_no_officers_page_and_no_other_family(door: Door) -> None:
    willow = door("Willow Hollybank")
    expect(willow.get_by_role("heading", level=1)).to_have_text("Wren's record")
    own = willow.url
    refused = willow.goto("/casework/")
    assert refused
    assert refused.status == 403
    rowan = door("Rowan Fernsby")
    answer = rowan.goto(own)
    assert answer
    assert answer.status == 404
    assert "Wren" not in rowan.content()
