# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages in a real browser: axe finds nothing, nothing scrolls sideways on a phone, the policy holds.

No server and no database: the browser's requests are answered from the views and the kit's files.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import include, path, resolve
from playwright.sync_api import Browser, Page, Route, expect

from fingerpost.kit import build

urlpatterns = [
    path("", include("fingerpost.desks.doors.urls")),
    path("account/", include("fingerpost.config.sign_in")),
    path("", include("fingerpost.desks.public.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.browser]

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "fingerpost" / "kit" / "static"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
ADDRESSES = (
    "/",
    "/partnership",
    "/partnership/timeline",
    "/partnership/strategy",
    "/partnership/promises",
    "/glossary",
    "/accessibility",
    "/privacy",
    "/404",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vendor")
    build.build(ROOT / "node_modules", folder)
    return folder


def answered(route: Route, vendor: Path) -> None:
    address = urlsplit(route.request.url).path
    if address.startswith("/static/kit/vendor/"):
        route.fulfill(path=vendor / Path(address).name)
    elif address.startswith("/static/"):
        route.fulfill(path=STATIC / address.removeprefix("/static/"))
    else:
        route.fulfill(
            body=drawn(address), content_type="text/html", headers={"Content-Security-Policy": POLICY}
        )


def drawn(address: str) -> str:
    if address == "/404":
        return get_template("404.html").render()
    request = RequestFactory().get(address)
    return str(resolve(address).func(request).content.decode())


@pytest.fixture
def screen(browser: Browser, vendor: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 800}, bypass_csp=False)
    page.route("**/*", lambda route: answered(route, vendor))
    yield page
    page.close()


@pytest.mark.parametrize("screen", [320, 1280], indirect=True)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_anybody_can_use(screen: Page, address: str) -> None:
    refused: list[str] = []
    screen.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    screen.goto(f"http://fingerpost.test{address}")

    expect(screen.locator("body"), "the script starts").to_contain_class("govuk-frontend-supported")
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert refused == []
    assert faults(screen) == []


def faults(screen: Page) -> list[Any]:
    screen.evaluate(AXE.read_text(encoding="utf-8"))
    found = screen.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]]
