# SPDX-License-Identifier: Apache-2.0
"""Findings, what was set aside and what was not checked, on the page of the report."""

from collections.abc import Iterator
from html import escape

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.reports.html_text import Numbered


def lines(numbered: Numbered) -> Iterator[str]:
    """One list item for each finding, with a link to its place."""
    yield "<ol>" if numbered else "<p>Nothing was found.</p>"
    for number, one in numbered:
        yield _item(number, one)
    if numbered:
        yield "</ol>"


def _item(number: int, one: Finding) -> str:
    place = "Whole plan" if one.section == "whole" else f"Section {escape(one.section)}"
    link = f'<a href="#m{number}">{place}</a>' if one.end > one.start else place
    places = f" ({len(one.also_at) + 1} places)" if one.also_at else ""
    quote = f"<blockquote>{_quoted(one)}{places}</blockquote>" if one.quote else ""
    shape = f'<p class="shape">Shape: {escape(one.shape)}</p>' if one.shape else ""
    first = f"<p><strong>Look first:</strong> {escape(one.shown_as)}.</p>" if "BLOCK" in one.shown_as else ""
    passed = f"<p>Let pass by {escape(one.passed.by)}: {escape(one.passed.reason)}</p>" if one.passed else ""
    return (
        f'<li class="finding {one.level}" id="f{number}"><h3>{number}. <span class="level">{one.level}</span> '
        f"{escape(one.title)} ({escape(one.rule)}), {link}</h3>{quote}<p>{escape(one.why)}</p>"
        f"<p><strong>Ask:</strong> {escape(one.ask)}</p>{shape}{first}{passed}"
        f'<p class="aside">Source: {escape(one.source)}</p></li>'
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
        yield "<h2>Not checked</h2><p>Not checked is never a pass.</p><ul>"
        for one in report.not_checked:
            yield f"<li>{escape(f'{one.rule} {one.title}: {one.why}')}</li>"
        yield "</ul>"
