# SPDX-License-Identifier: Apache-2.0
"""The report as one self-contained, accessible HTML page: findings first, then the plan's text with
highlights. No script."""

from collections import Counter
from collections.abc import Iterator
from html import escape

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reports import html_findings, html_scores, html_text, html_thread

LEVEL_WORDS = {"BLOCK": "Stop: cannot be issued like this", "FIX": "Fix or give a reason", "HINT": "Hint"}
_STYLE = """body{font:1rem/1.5 Arial,sans-serif;max-width:60rem;margin:0 auto;
padding:1rem;color:#0b0c0c;background:#fff}
a{color:#1d3f72}a:focus,mark:focus{outline:3px solid #0b0c0c;background:#fd0}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
li.finding{border-left:.4rem solid #505a5f;margin:0 0 1.2rem;padding:.1rem .9rem;list-style:none}
li.BLOCK{border-color:#b10e1e}li.FIX{border-color:#b45309}ol{padding:0}
.level{font-weight:bold}.shape{font-style:italic}
mark{color:inherit;background:#e8edf1;border-bottom:2px dotted #505a5f}
mark.BLOCK{background:#fbdada;border-bottom:3px solid #b10e1e}
mark.FIX{background:#fdeecf;border-bottom:3px double #b45309}
.tag{font-size:.75em;font-weight:bold;vertical-align:super}.aside{color:#505a5f}
blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid #b1b4b6}
.wide{overflow-x:auto}.wide:focus{outline:3px solid #0b0c0c}body,td,th{overflow-wrap:anywhere}
table{border-collapse:collapse}td,th{border:1px solid #b1b4b6;padding:.3rem .6rem;text-align:left}
@media print{.skip{display:none}}"""


def page(study: Study, report: Report, *, title: str) -> str:
    """The whole page."""
    numbered = list(enumerate(report.findings, start=1))
    return "\n".join(
        (
            '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Plan check: '
            f"{escape(title)}</title>"
            '<meta name="viewport" '
            f'content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>',
            '<a class="skip" href="#text">Skip to the text of the plan</a><header><h1>Plan check: '
            + escape(title)
            + "</h1></header><main>",
            *_summary(report),
            "<h2>Findings</h2>",
            *html_findings.lines(numbered),
            *html_findings.aside(report),
            *html_findings.unchecked(report),
            *html_thread.lines(study, report),
            *html_scores.lines(report),
            '<h2 id="text">The text of the plan</h2>',
            *html_text.lines(study, numbered),
            f"</main><footer><p>Rule book {escape(report.rules_version)}. A checker is not an auditor: it "
            "finds missing parts and weak words; "
            "it cannot tell whether the plan is right for this child.</p></footer></body></html>",
        )
    )


def _where(report: Report) -> Iterator[str]:
    """The sections with most to do, so that an officer knows whom to ask first."""
    due = Counter(one.section for one in report.findings if one.level != "HINT" and one.section != "whole")
    if due:
        most = ", ".join(f"Section {escape(section)} ({count})" for section, count in due.most_common(4))
        yield f"<p>Most to stop or fix: {most}.</p>"


def _summary(report: Report) -> Iterator[str]:
    counts = {level: sum(finding.level == level for finding in report.findings) for level in LEVEL_WORDS}
    yield (
        "<ul>"
        + "".join(
            f"<li>{count} {level}: {escape(LEVEL_WORDS[level])}</li>" for level, count in counts.items()
        )
        + "</ul>"
    )
    yield from _where(report)
    if not report.clear_of_leaks:
        leaks = sum(finding.leak for finding in report.findings)
        said = (
            f"{leaks} below may be such details" if leaks else "none was found, but not every check could run"
        )
        yield (
            "<p><strong>This plan cannot be called clear of another child's details</strong>: "
            f'{said}; see <a href="#unchecked">what was not checked</a>.</p>'
        )
    for warning in report.warnings:
        yield f"<p>Note: {escape(warning)}</p>"
