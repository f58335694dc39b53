# SPDX-License-Identifier: AGPL-3.0-or-later
"""Anybody looks round without signing in: by keyboard, and without JavaScript; a child's page is not for them."""

import re
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
    links = visitor.locator("a[href]:visible, button:visible, summary:visible").count()
    assert len(stops) == links, "everything that can be clicked can be reached by Tab"
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


def _stops(page: Page) -> list[str]:
    """What Tab comes to, once round; each stop must show where it is."""
    seen: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(() => { const e = document.activeElement; if (!e || e === document.body) return null;"
            " const s = getComputedStyle(e); const shown = s.outlineStyle !== 'none' || s.boxShadow !== 'none';"
            " return [shown, e.innerText, [...document.querySelectorAll('*')].indexOf(e)].join('|'); })()"
        )
        if at is None or at in seen:
            return seen
        assert at.startswith("true|"), f"the focus cannot be seen on {at}"
        seen.append(at)
    raise AssertionError("Tab never comes round")


def _focus(page: Page, words: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            return
    raise AssertionError(f"{words} cannot be reached by Tab")
