# SPDX-License-Identifier: Apache-2.0
"""Marks and the local grade on the page of the report."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fingerpost.rules.plan_quality.check import Report

_HEAD = (
    "<table><caption>Marks for each criterion: 0 no, 1 partly, 2 yes</caption><thead><tr>"
    '<th scope="col">Criterion</th><th scope="col">Judged by</th><th scope="col">The tool proposes</th>'
    '<th scope="col">A person\'s mark</th><th scope="col">Evidence</th></tr></thead><tbody>'
)
_JUDGES = {"auto": "tool", "half": "tool, confirmed by a person", "person": "person"}


def lines(report: Report) -> Iterator[str]:
    """The grade if a person gave marks, then every criterion."""
    yield f"<h2>Towards a local grade</h2><p>{escape(_grade(report.scores))}</p>"
    yield f'<div class="wide" tabindex="0" role="region" aria-label="Marks">{_HEAD}'
    for one in report.scores["criteria"]:
        yield _row(one)
    yield "</tbody></table></div>"


def _grade(scores: Mapping[str, Any]) -> str:
    grade = scores["local_grade"]
    if grade is None:
        return str(scores["why_none"])
    caps = f" Held down by: {', '.join(grade['caps'])}." if grade["caps"] else ""
    by = f"from the marks of {scores['marked_by']}, {scores['marked_on']}"
    return f"Local grade {by}: {grade['grade']} ({grade['score']:.0f} of 100).{caps}"


def _row(one: Mapping[str, Any]) -> str:
    rules = ", ".join(sorted({found["rule"] for found in one["evidence"]})) or "none"
    marks = ("none" if mark is None else str(mark) for mark in (one["proposed"], one["confirmed"]))
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in (_JUDGES[one["judged_by"]], *marks, rules))
    return f'<tr><th scope="row">{escape(one["id"])} {escape(one["title"])}</th>{cells}</tr>'
