# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page that `fingerpost plan check --html` writes: clean to axe, narrow on a phone, links that arrive."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fingerpost.cli.main import main
from tests.journeys import looks

PLANS = Path(__file__).parent.parent / "spec" / "plan_golden"


@pytest.fixture(params=["02-capitals-and-contents.txt", "10-strong-plan.md"])
def report(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    page = tmp_path / "report.html"
    main(["plan", "check", str(PLANS / request.param), "--html", str(page), "--today", "2025-05-06"])
    return page.as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_report_is_for_everybody(report: str, width: int, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert looks.faults(page) == []
    page.close()


def test_every_link_arrives_without_a_script(report: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(report)
    links = page.locator("a[href^='#']")
    targets = {str(links.nth(place).get_attribute("href"))[1:] for place in range(links.count())}
    assert targets
    assert [target for target in targets if page.locator(f"[id='{target}']").count() != 1] == []
    page.close()
