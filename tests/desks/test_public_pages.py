# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages: open to anybody, true to their data, roles instead of names, no claim we cannot keep."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path, resolve, reverse

from fingerpost.desks.doors.page import PUBLIC
from fingerpost.desks.public import glossary, pages
from fingerpost.desks.public.sheets import sheet
from fingerpost.desks.public.urls import urlpatterns as public
from fingerpost.kit import words

urlpatterns = [
    path("", include("fingerpost.desks.doors.urls")),
    path("account/", include("fingerpost.config.sign_in")),
    path("", include("fingerpost.desks.public.urls")),
]
pytestmark = pytest.mark.urls(__name__)

NAMES = [str(one.name) for one in public]
CLAIMS = re.compile(r"\bcompliant\b|\bcertified\b|DfE-approved|legal advice|\bconformant\b", re.I)


class Headings(HTMLParser):
    """The levels of the headings, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def _address(name: str) -> str:
    return reverse(f"public:{name}", args=["final-plan"] if name == "law_duty" else [])


@pytest.fixture
def shown(rf: RequestFactory) -> Callable[[str], str]:
    def show(name: str) -> str:
        address = _address(name)
        found = resolve(address)
        response: HttpResponse = found.func(rf.get(address), **found.kwargs)
        assert response.status_code == 200
        return response.content.decode()

    return show


@pytest.mark.parametrize("name", NAMES)
def test_anybody_may_open_it(name: str) -> None:
    assert resolve(_address(name)).func.door.allow == (PUBLIC,)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_one_heading_at_the_top_and_none_skipped_below(name: str, shown: Callable[[str], str]) -> None:
    main = shown(name).split("<main", 1)[1].split("</main>", 1)[0]
    levels = Headings(main).levels

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_no_page_claims_what_nobody_granted(name: str, shown: Callable[[str], str]) -> None:
    assert not CLAIMS.search(shown(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_ours_leads_to_a_page(name: str, shown: Callable[[str], str]) -> None:
    for address in re.findall(r'href="(/[^"#]*)"', shown(name)):
        if not address.startswith("/static/"):
            resolve(address)


def test_the_foot_of_every_page_leads_to_a_page() -> None:
    assert {resolve(link.href).url_name for link in words.FOOTER} == {"accessibility", "privacy", "glossary"}


def test_the_strategy_counts_as_it_says() -> None:
    it = pages.strategy()

    assert [len(it.values), len(it.priorities), len(it.principles)] == [3, 4, 5]
    assert all(one.told_us and one.we_will and one.measured_by for one in it.priorities)


def test_the_timeline_is_whole_and_in_order(shown: Callable[[str], str]) -> None:
    rows = [row for chapter in pages.chapters() for row in chapter.rows]
    html = shown("timeline")

    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert len(rows) == len(sheet("partnership")["happenings"])
    assert html.count("<svg") == 2
    for said in ("25 April 2018", "May 2018", "18 December 2018", "December 2024", "25 March 2025"):
        assert said in html


def test_everything_said_has_its_source() -> None:
    told = sheet("partnership")
    rows = [
        row
        for key in ("members", "answers_to", "happenings", "pledges", "promises", "money")
        for row in told[key]
    ]

    assert len(rows) > 40
    assert {row["source"] for row in rows} <= set(told["sources"])


def test_no_person_is_named() -> None:
    text = Path(str(pages.__file__)).with_name("partnership.toml").read_text(encoding="utf-8")

    assert not re.search(r"\b(Mr|Mrs|Ms|Dr|Cllr|Councillor|Sir|Dame)\b", text)
    assert "@" not in text


def test_money_of_different_years_is_never_added_up(shown: Callable[[str], str]) -> None:
    html = shown("promises")

    assert "Do not add these sums up." in html
    assert "32.3" not in html


def test_the_glossary_document_is_the_public_page_in_other_clothes() -> None:
    document = Path(__file__).parents[2] / "docs" / "glossary.md"

    assert document.read_text(encoding="utf-8") == glossary.markdown()


def test_one_word_has_one_meaning_and_one_address(shown: Callable[[str], str]) -> None:
    terms = [term for group in glossary.groups() for term in group.terms]
    html = shown("glossary")

    assert len({term.word.lower() for term in terms}) == len(terms) == len(sheet("glossary")["term"])
    assert all(html.count(f'id="{term.anchor}"') == 1 for term in terms)


def test_the_accessibility_page_says_what_when_and_what_not(shown: Callable[[str], str]) -> None:
    it, html = pages.accessibility(), shown("accessibility")

    assert it.tested
    assert it.untested
    for one in it.tested:
        assert one.what in html
        assert words.day(one.on) in html
    for gap in it.untested:
        assert gap.name in html
