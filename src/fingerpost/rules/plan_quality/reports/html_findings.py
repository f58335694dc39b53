# SPDX-License-Identifier: Apache-2.0
"""Findings, what was set aside and what was not checked, on the page of the report."""

from collections.abc import Iterator
from html import escape

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.reports.html_text import Numbered


def lines(numbered: Numbered) -> Iterator[str]:
    """One list item for each finding, with a link to its place; the same advice is given once."""
    yield "<ol>" if numbered else "<p>Nothing was found.</p>"
    firsts: dict[tuple[str, str, str], int] = {}
    for number, one in numbered:
        first = firsts.setdefault((one.rule, one.why, one.ask), number)
        yield _item(number, one, _advice(one) if first == number else _as_in(first))
    if numbered:
        yield "</ol>"


def _advice(one: Finding) -> str:
    shape = f'<p class="shape">Shape: {escape(one.shape)}</p>' if one.shape else ""
    return (
        f"<p>{escape(one.why)}</p><p><strong>Ask:</strong> {escape(one.ask)}</p>{shape}"
        f'<p class="aside">Source: {escape(one.source)}</p>'
    )


def _as_in(number: int) -> str:
    return f'<p>Why, and what to ask: as in <a href="#f{number}">finding {number}</a>.</p>'


def _item(number: int, one: Finding, advice: str) -> str:
    place = "Whole plan" if one.section == "whole" else f"Section {escape(one.section)}"
    link = f'<a href="#m{number}">{place}</a>' if one.end > one.start else place
    places = f" ({len(one.also_at) + 1} places)" if one.also_at else ""
    quote = f"<blockquote>{_quoted(one)}{places}</blockquote>" if one.quote else ""
    first = f"<p><strong>Look first:</strong> {escape(one.shown_as)}.</p>" if "BLOCK" in one.shown_as else ""
    passed = f"<p>Let pass by {escape(one.passed.by)}: {escape(one.passed.reason)}</p>" if one.passed else ""
    return (
        f'<li class="finding {one.level}" id="f{number}"><h3>{number}. <span class="level">{one.level}</span> '
        f"{escape(one.title)} ({escape(one.rule)}), {link}</h3>{quote}{first}{passed}{advice}</li>"
    )


def _quoted(one: Finding) -> str:
    before, found, after = one.sentence.partition(one.quote)
    if not found:
        return escape(one.quote[:400])
    return f"{escape(before[-160:])}<strong>{escape(one.quote)}</strong>{escape(after[:160])}"


def aside(report: Report) -> Iterator[str]:
    """What somebody set aside, with their reason."""
    if report.dismissed:
        yield "<h2>Set aside</h2><ul>"
        for one, why in report.dismissed:
            said = f"{one.rule} {one.title}: {why.reason} ({why.by}, {why.on})"
            yield f"<li>{escape(said)}</li>"
        yield "</ul>"


def unchecked(report: Report) -> Iterator[str]:
    """What nobody looked at, and why."""
    if report.not_checked:
        yield '<h2 id="unchecked">Not checked</h2><p>Not checked is never a pass.</p><ul>'
        for one in report.not_checked:
            yield f"<li>{escape(f'{one.rule} {one.title}: {one.why}')}</li>"
        yield "</ul>"
