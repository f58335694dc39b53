# SPDX-License-Identifier: AGPL-3.0-or-later
"""Anybody looks round without signing in: by keyboard, and without JavaScript; a child's page is not for them."""

import re
import time
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.conftest import Door

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
PUBLIC = ("/", "/partnership", "/partnership/timeline", "/partnership/strategy", "/partnership/promises")
ALWAYS = ("/glossary", "/accessibility", "/privacy", "/demo", "/account/login/")


def test_a_visitor_reads_by_keyboard_alone(door: Door) -> None:
    # Given a visitor with a keyboard and no mouse
    visitor = door()
    visitor.goto("/")

    # When the first key is Tab, the first stop leads past the menu
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("link", name="Skip to main content")).to_be_focused()
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile("#main-content$"))

    # Then each link of the page can be reached, is seen when it is, and leads on
    visitor.goto("/")
    stops = _stops(visitor)
    links = visitor.locator("a[href]:visible, button:visible, summary:visible")
    expect(links, "everything that can be clicked can be reached by Tab").to_have_count(len(stops))
    visitor.goto("/")
    _focus(visitor, "Words we use")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Words we use")
    looks.right(visitor)


def test_a_visitor_reads_without_javascript(door: Door) -> None:
    # Given a browser that runs no script
    visitor = door(javascript=False)

    # When every public page is opened
    for address in (*PUBLIC, *ALWAYS):
        answer = visitor.goto(address)
        # Then it is there, whole, with its heading
        assert answer, address
        assert answer.status == 200, address
        expect(visitor.get_by_role("heading", level=1)).to_be_visible()

    # And signing in by the demo's door works the same
    visitor.goto("/demo")
    visitor.get_by_role("button", name="Sign in as Willow Hollybank").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Wren's record")
    visitor.locator("summary", has_text="Why this date?").first.click()
    expect(visitor.locator("details[open]").first).to_contain_text("The law:")


def test_a_childs_page_is_not_for_a_visitor(door: Door) -> None:
    # Given a guessed address
    visitor = door()
    for address in (f"/casework/{uuid4()}", f"/family/{uuid4()}", "/casework/"):
        visitor.goto(address)
        # Then the answer is the sign-in page, whether or not there is such a record
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Sign in")
    looks.right(visitor)

    # And a page that does not exist says so in plain words
    answer = visitor.goto("/no-such-page")
    assert answer
    assert answer.status == 404
    expect(visitor.get_by_role("heading", level=1)).to_have_text("We cannot find that page")
    looks.right(visitor)


# The element that has the focus: whether that shows, its words, and its place among all elements; nothing for the body.
FOCUSED = """(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const look = getComputedStyle(e);
    return {
        place: [...document.querySelectorAll("*")].indexOf(e),
        shown: look.outlineStyle !== "none" || look.boxShadow !== "none",
        words: e.innerText,
    };
})()"""


def _stops(page: Page) -> list[int]:
    """What Tab comes to, once round; each stop must show where it is."""
    seen: list[int] = []
    while (at := _tab(page)) and at["place"] not in seen:
        assert at["shown"], f"the focus cannot be seen on {at['words']}"
        seen.append(at["place"])
        assert len(seen) < 200, "Tab never comes round"
    return seen


def _focus(page: Page, words: str) -> None:
    for _ in range(200):
        at = _tab(page)
        if at and at["words"] == words:
            return
    raise AssertionError(f"{words} cannot be reached by Tab")


def _tab(page: Page) -> Any:
    """Press Tab, and wait until the focus has moved on."""
    before = page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    until = time.monotonic() + 10
    while (at := page.evaluate(FOCUSED)) == before and time.monotonic() < until:
        page.wait_for_timeout(20)
    return at
