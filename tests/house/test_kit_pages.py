# SPDX-License-Identifier: AGPL-3.0-or-later
"""The frame, the parts and the error pages, drawn without a database."""

import re
from datetime import date

import pytest
from django import forms
from django.template.loader import get_template
from jinja2 import DictLoader, Environment

from fingerpost.kit import jinja, links, tags, timeline
from fingerpost.kit.words import Link

PARTS = '{% import "kit/parts.html" as parts %}{% import "kit/fields.html" as fields %}'


@pytest.fixture(scope="module")
def kit() -> Environment:
    return jinja.environment(loader=DictLoader({"page.html": '{% extends "kit/base.html" %}'}))


def drawn(kit: Environment, text: str, **context: object) -> str:
    return " ".join(kit.from_string(PARTS + text).render(context).split())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing_and_have_one_heading(name: str) -> None:
    html = get_template(f"{name}.html").render()

    assert len(re.findall(r"<h1\b", html)) == 1
    assert "Nothing was changed" in html or "not saved" in html or name == "404"
    assert "traceback" not in html.lower()


def test_the_frame_needs_nothing(kit: Environment) -> None:
    html = kit.get_template("page.html").render()

    assert '<html lang="en"' in html
    assert 'href="#main-content"' in html
    assert 'id="main-content"' in html
    assert "Made-up children" not in html


def test_the_demo_banner_says_who_does_not_run_it_and_what_day_it_is(kit: Environment) -> None:
    html = kit.get_template("page.html").render(
        demo=True, demo_on=date(2025, 2, 3), council="Anyshire Council"
    )

    assert html.count("Not run or endorsed by Anyshire Council or the NHS.") == 2
    assert "Today is always 3 February 2025." in html


def test_every_page_leads_to_accessibility_privacy_and_words(kit: Environment) -> None:
    html = kit.get_template("page.html").render()

    assert all(f'href="{address}"' in html for address in ("/accessibility", "/privacy", "/glossary"))


def test_the_menu_marks_where_the_reader_is(kit: Environment) -> None:
    html = kit.get_template("page.html").render(
        navigation=[Link("Caseload", "/c", current=True), Link("Measures", "/m")]
    )

    assert len(re.findall(r'aria-current="\w+"', html)) == 1


def test_an_error_is_announced_in_the_title(kit: Environment) -> None:
    class Asked(forms.Form):
        name = forms.CharField()

    assert "<title>Error: " in kit.get_template("page.html").render(form=Asked({}))
    assert "<title>Error: " not in kit.get_template("page.html").render(form=Asked())


@pytest.mark.parametrize(
    "text",
    [
        "{{ parts.inset(bad) }}",
        "{{ parts.warning(bad) }}",
        "{{ parts.done(bad, bad) }}",
        "{{ parts.summary([(bad, bad)]) }}",
        "{{ parts.check_answers([(bad, bad, '/x')]) }}",
        "{{ parts.table(bad, [bad], [[bad]]) }}",
        "{{ parts.why([bad, bad], bad) }}",
        "{{ parts.tag({'text': bad, 'colour': 'red'}) }}",
        "{% call parts.details(bad) %}{{ bad }}{% endcall %}",
        "{{ fields.button(bad) }}",
    ],
)
def test_words_of_a_record_cannot_become_markup(kit: Environment, text: str) -> None:
    html = drawn(kit, text, bad="<i>x</i>")

    assert "<i>" not in html
    assert "&lt;i&gt;" in html


def test_a_hostile_answer_cannot_become_markup(kit: Environment) -> None:
    class Asked(forms.Form):
        name = forms.CharField(help_text="<i>hint</i>")
        why = forms.CharField(widget=forms.Textarea)
        secret = forms.CharField(widget=forms.HiddenInput)

    html = drawn(
        kit,
        "{{ fields.fields(form) }}",
        form=Asked({"name": '"><i>', "why": "</textarea><i>", "secret": '"><i>'}),
    )

    assert "<i>" not in html


def test_a_table_stays_a_table_when_drawn_as_cards(kit: Environment) -> None:
    columns = links.headings([links.Column("Child", "name"), links.Column("Due")], {}, "name")
    html = drawn(kit, "{{ parts.table('Cases', columns, [['Avery', '3 March 2025']]) }}", columns=columns)

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name"' in html
    for role in ("table", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html
    assert '<th scope="row"' in html


def test_an_empty_table_says_so(kit: Environment) -> None:
    html = drawn(kit, "{{ parts.table('Cases', ['Child'], [], empty='No case is late.') }}")

    assert "No case is late." in html
    assert "<table" not in html


def test_a_change_link_says_what_it_changes(kit: Environment) -> None:
    html = drawn(kit, "{{ parts.check_answers([('Reason', '', '/reason')]) }}")

    assert "Not provided" in html
    assert 'Change<span class="govuk-visually-hidden"> reason</span>' in html


def test_the_timeline_comes_with_its_dates_as_words(kit: Environment) -> None:
    happened = [timeline.TimelineEvent(date(2024, 9, 2), "Request received")]
    html = drawn(
        kit,
        "{{ parts.timeline(drawing, rows) }}",
        drawing=timeline.draw(happened, title="Timeline"),
        rows=timeline.entries(happened),
    )

    assert "<svg" in html
    assert "<li><strong>2 September 2024</strong>: Request received</li>" in html


def test_a_status_is_said_in_words(kit: Environment) -> None:
    html = drawn(kit, "{{ parts.tag(it) }}", it=tags.status("clock", "breach"))

    assert "govuk-tag--red" in html
    assert "Late" in html
