# SPDX-License-Identifier: AGPL-3.0-or-later
"""A data officer asks whether the return is ready and prepares it; it is signed, and had byte for byte."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.database import run
from tests.journeys import looks
from tests.journeys.conftest import Door, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
QUESTION = "Could we hand in the return of 2025 today?"


def _is(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_return_is_looked_at_prepared_signed_and_handed_on(door: Door, site: Site) -> None:
    # Given a data officer who asks whether the return could go today
    hazel = door("Hazel Tanner")
    hazel.get_by_role("link", name="SEN2 return").click()
    _is(hazel, QUESTION)
    expect(hazel.locator("main")).to_contain_text("Not ready")
    looks.right(hazel)
    hazel.get_by_text("The same numbers as a table").click()
    expect(hazel.get_by_role("row", name="20 January 2025")).to_be_visible()

    # When she has it looked at again, the worker does so in her name
    hazel.get_by_role("button", name="Look again now").click()
    expect(hazel.get_by_text("Open this page again in a minute")).to_be_visible()
    looks.right(hazel)
    assert run("worker", "--once", database=site.database).returncode == 0
    hazel.reload()
    expect(hazel.locator("main")).to_contain_text("by Hazel Tanner")

    # Then she finds what stands in the way, why, and whose move it is
    hazel.get_by_role("link", name="Every finding, child by child").click()
    _is(hazel, "Findings")
    looks.right(hazel)
    hazel.get_by_label("Show").select_option("error")
    hazel.get_by_role("button", name="Show").click()
    expect(hazel.get_by_role("status")).to_contain_text("found")
    hazel.locator("tbody").get_by_role("link", name="the rule").first.click()
    expect(hazel.locator("main")).to_contain_text("Who can mend it")
    looks.right(hazel)
    hazel.locator("tbody th a").first.click()
    expect(hazel.locator("main")).to_contain_text("Legal clocks")

    # And she prepares the return, after a look at her answers
    hazel.goto("/office/")
    hazel.get_by_role("link", name="Prepare the return, sign it, have it again").click()
    looks.right(hazel)
    hazel.get_by_role("button", name="Prepare a return").click()
    _is(hazel, "Prepare the return")
    looks.right(hazel)
    hazel.get_by_role("button", name="Continue").click()
    _is(hazel, "Check your answers")
    looks.right(hazel)
    hazel.get_by_role("button", name="Prepare the return").click()
    _is(hazel, "Returns of 2025")
    expect(hazel.locator("main")).to_contain_text("is made as soon as the worker is free")
    looks.right(hazel)
    assert run("worker", "--once", database=site.database).returncode == 0
    hazel.get_by_role("link", name="Look again").click()
    hazel.get_by_role("link", name="2025, serial 002").click()
    _is(hazel, "SEN2 return of 2025, serial 002")
    expect(hazel.get_by_role("link", name="Sign this return off")).to_have_count(0)
    looks.right(hazel)
    address = hazel.url

    # And whoever answers for it signs, after a mistake that is told in plain words
    laurel = door("Laurel Shepherd")
    laurel.goto(address)
    laurel.get_by_role("button", name="Sign this return off").click()
    expect(laurel.locator("main")).to_contain_text("You sign for this file and no other.")
    looks.right(laurel)
    laurel.get_by_role("button", name="Sign this return off").click()
    expect(laurel.get_by_role("alert")).to_contain_text("Tick the box to say that you answer for this return")
    looks.right(laurel)
    laurel.get_by_label("Why does the return go with errors in it?").fill("The school owes us two dates.")
    laurel.get_by_label("I have looked at what was found").check()
    laurel.get_by_role("button", name="Sign this return off").click()
    expect(laurel.get_by_role("heading", level=1)).to_contain_text("Return signed off")
    looks.right(laurel)

    # Then the data officer has the file, byte for byte as it was signed
    hazel.goto(address)
    expect(hazel.locator("main")).to_contain_text("Signed by")
    fingerprint = hazel.locator("dd code").first.inner_text()
    with hazel.expect_download() as waiting:
        hazel.get_by_role("link", name="Have the file, as XML").click()
    content = Path(waiting.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == fingerprint

    # And the journal holds it all
    assert run("log", "seal", database=site.database).returncode == 0
    assert run("log", "verify", database=site.database).returncode == 0


def test_a_manager_works_through_her_teams_list_on_a_phone_without_javascript(door: Door) -> None:
    linnet = door("Linnet Mason", width=320, javascript=False)
    linnet.goto("/office/")
    _is(linnet, QUESTION)
    expect(linnet.locator("main")).to_contain_text("In your team")
    expect(linnet.get_by_role("button", name="Look again now")).to_have_count(0)
    linnet.get_by_role("link", name="Every finding, child by child").click()
    expect(linnet.locator("main")).not_to_contain_text("South team")
    linnet.get_by_label("Name or pupil number").fill("Nobodyatall")
    linnet.get_by_role("button", name="Show").click()
    expect(linnet.locator("main")).to_contain_text("Nothing fits. Clear the filters to see all.")
    linnet.get_by_role("link", name="Clear filters").click()
    with linnet.expect_download() as waiting:
        linnet.get_by_role("link", name="as CSV").click()
    assert "Surname" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
