# SPDX-License-Identifier: AGPL-3.0-or-later
"""A return left a transfer date out. The officer says which move it is, the clock runs; then it is decided anew."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.conftest import Door

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
QUESTION = "Year 6 without a date of the transfer"
CLOCK = "Due 14 February 2025"


def test_a_held_question_is_decided_and_decided_anew(door: Door) -> None:
    # Given an officer whose team has open questions
    officer = door("Robin Carter")
    officer.get_by_role("link", name="Held for review").click()
    _heading(officer, "Held for review")
    looks.right(officer)
    officer.get_by_role("link", name=QUESTION).click()
    expect(officer.get_by_role("status")).to_have_text("1 question found")
    officer.locator("tbody tr a").click()
    _heading(officer, QUESTION)
    looks.right(officer)

    # When she answers without a reason, the form says what is missing
    officer.get_by_label("A move between schools").check()
    officer.get_by_role("button", name="Continue").click()
    expect(officer.get_by_role("alert")).to_contain_text("Say how you know")
    looks.right(officer)

    # And then with one, she sees what will follow before it is recorded
    _answer(officer, "A move between schools", "Her primary school told us.")
    expect(officer.locator("main")).to_contain_text("The transfer counts as due by 15 February.")
    looks.right(officer)
    officer.get_by_role("button", name="Record the decision").click()
    expect(officer.locator("main")).to_contain_text("The decision is recorded.")
    expect(officer.locator("main")).to_contain_text("Her primary school told us.")
    looks.right(officer)

    # Then the clock runs on the case
    officer.get_by_role("link", name="Look at the case").click()
    expect(officer.locator("main")).to_contain_text(CLOCK)
    expect(officer.locator("main")).to_contain_text("What was held for review, and decided")
    looks.right(officer)

    # And a newer decision puts it back, and both stay to be read
    officer.go_back()
    _heading(officer, QUESTION)
    _answer(officer, "Not decided after all: open it again", "It was her sister.")
    officer.get_by_role("button", name="Record the decision").click()
    expect(officer.locator("main")).to_contain_text("The question is open again.")
    expect(officer.locator("main")).to_contain_text(
        re.compile("It was her sister.*Her primary school told us", re.S)
    )
    officer.get_by_role("link", name="Look at the case").click()
    expect(officer.locator("main")).not_to_contain_text(CLOCK)


def _answer(page: Page, choice: str, reason: str) -> None:
    page.get_by_label(choice).check()
    page.get_by_label("How do you know?").fill(reason)
    page.get_by_role("button", name="Continue").click()
    _heading(page, "Check your answers")


def _heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
