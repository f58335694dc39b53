# SPDX-License-Identifier: AGPL-3.0-or-later
"""An officer finds the worst breach, reads why, records the decision; the clock closes and the family sees it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.database import run
from tests.journeys import looks
from tests.journeys.conftest import Door, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
DUTY = "Tell the family whether there will be an assessment"


def test_officer_closes_a_clock_and_the_family_sees_it(door: Door, site: Site) -> None:
    # Given a mother who sees that the decision is late
    mother = door("Willow Hollybank", width=320)
    expect(mother.get_by_role("heading", level=1)).to_have_text("Wren's record")
    expect(mother.locator("main")).to_contain_text(
        "This should have happened by 23 July 2024. It is 195 days late."
    )
    looks.right(mother)

    # When an officer looks for the worst breach of that duty
    officer = door("Robin Carter")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Caseload")
    looks.right(officer)
    officer.get_by_role("link", name=DUTY, exact=True).click()
    first = officer.get_by_role("table", name="Cases").locator("tbody tr").first
    expect(first).to_contain_text("Hollybank, Wren")
    expect(first).to_contain_text("195 days late")
    first.get_by_role("link").click()

    # And reads why
    clock = _clock(officer)
    expect(clock).to_contain_text("Due 23 July 2024, 195 days late.")
    clock.get_by_text("Why this date").click()
    expect(clock).to_contain_text("The request for an assessment reached the authority on Tue 11 Jun 2024.")
    expect(clock).to_contain_text("SEND Regulations 2014 reg 5(1), (2)")
    looks.right(officer)

    # And records the decision, after a mistake that is told in plain words
    officer.get_by_role("button", name="Record the decision whether to assess").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Record the decision whether to assess")
    looks.right(officer)
    officer.get_by_role("button", name="Continue").click()
    expect(officer.get_by_role("alert")).to_contain_text("Choose whether there will be an assessment")
    looks.right(officer)
    officer.get_by_label("Yes, there will be an assessment").check()
    _told_on(officer, "3", "2", "2025")
    officer.get_by_role("button", name="Continue").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(officer.locator("main")).to_contain_text("3 February 2025")
    looks.right(officer)
    officer.get_by_role("button", name="Record the decision").click()

    # Then the clock closes, late as it is, and the next ones run
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Decision recorded")
    expect(officer.locator("main")).to_contain_text("Due 23 July 2024, done 3 February 2025, 195 days late.")
    looks.right(officer)
    officer.get_by_role("link", name="Back to the case", exact=True).click()
    expect(officer.locator("main")).to_contain_text("Entered by Robin Carter")
    expect(officer.get_by_role("button", name="Record the decision whether to assess")).to_have_count(0)

    # And the family sees it
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Done on 3 February 2025, 195 days late.")
    expect(mother.locator("main")).to_contain_text("You were told whether there will be an assessment")
    looks.right(mother)

    # And the journal holds the decision and verifies
    assert run("log", "seal", database=site.database).returncode == 0
    assert run("log", "verify", database=site.database).returncode == 0


def _clock(page: Page) -> Locator:
    return page.locator("section.kit-clock", has_text=DUTY)


def _told_on(page: Page, day: str, month: str, year: str) -> None:
    for name, typed in (("day", day), ("month", month), ("year", year)):
        page.fill(f"[name=notified_on-{name}]", typed)
