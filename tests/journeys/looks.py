# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page of a journey must be: clean to axe, and no wider than a phone of 320 px."""

from pathlib import Path

from playwright.sync_api import Page, expect

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
BANNER = "Made-up children. Shaped on published figures. Not run or endorsed by Lancashire County Council or the NHS."


def right(page: Page) -> None:
    """At desktop width and on a phone; the banner of the demo stands on every page.

    It looks at the page that is open: first wait for what tells this one from the one before.
    """
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text(BANNER)
    before = page.viewport_size
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"innerWidth === {width}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide on a screen of {width}"
        assert faults(page) == [], page.url
    if before:
        page.set_viewport_size(before)


def faults(page: Page) -> list[str]:
    """What axe finds, one line a rule. Evaluated from outside, so the page's own policy stays on."""
    page.evaluate(f"() => {{ {AXE.read_text()} }}")
    found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    return list(found)
