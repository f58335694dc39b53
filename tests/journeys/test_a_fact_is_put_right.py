# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day was typed wrong. The officer puts it right with a reason; the old day stays to be seen; the clock moves."""

import pytest
from playwright.sync_api import expect

from tests.journeys import looks
from tests.journeys.conftest import Door

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_fact_is_put_right(door: Door, javascript: bool) -> None:
    # Given a case whose request came in on 11 June 2024
    officer = door("Robin Carter", javascript=javascript)
    officer.goto("/casework/?text=Hollybank")
    officer.get_by_role("link", name="Hollybank, Wren").click()
    expect(officer.locator("main")).to_contain_text("Due 23 July 2024")

    # When the officer corrects the day without a reason, the form says what is missing
    officer.get_by_role("link", name="Correct request received").click()
    officer.get_by_label("The day is wrong").check()
    officer.get_by_role("button", name="Correct the record").click()
    expect(officer.get_by_role("alert")).to_contain_text("Enter the right day")
    expect(officer.get_by_role("alert")).to_contain_text("Say why it is wrong")
    if javascript:
        looks.right(officer)

    # And then with one
    for name, typed in (("day", "18"), ("month", "6"), ("year", "2024")):
        officer.fill(f"[name=on-{name}]", typed)
    officer.get_by_label("Why is it wrong?").fill("The letter was stamped on the 18th.")
    officer.get_by_role("button", name="Correct the record").click()

    # Then the clock counts from the right day, and what was replaced stays
    expect(officer.locator("main")).to_contain_text("Due 30 July 2024")
    expect(officer.locator("main")).to_contain_text("The letter was stamped on the 18th.")
    officer.get_by_text("What was replaced").last.click()
    expect(officer.locator("main")).to_contain_text("11 June 2024")
    if javascript:
        looks.right(officer)
