# SPDX-License-Identifier: Apache-2.0
"""The report as one self-contained, accessible HTML page: findings first, then the plan's text with
highlights. No script."""

from collections.abc import Iterator, Sequence
from html import escape

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.sections.names import title_of

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
            *_findings(numbered),
            *_unchecked(report),
            *_scores(report),
            '<h2 id="text">The text of the plan</h2>',
            *_text(study, numbered),
            f"</main><footer><p>Rule book {escape(report.rules_version)}. A checker is not an auditor: it "
            "finds missing parts and weak words; "
            "it cannot tell whether the plan is right for this child.</p></footer></body></html>",
        )
    )


def _summary(report: Report) -> Iterator[str]:
    counts = {level: sum(finding.level == level for finding in report.findings) for level in LEVEL_WORDS}
    yield (
        "<ul>"
        + "".join(
            f"<li>{count} {level}: {escape(LEVEL_WORDS[level])}</li>" for level, count in counts.items()
        )
        + "</ul>"
    )
    if not report.clear_of_leaks:
        yield (
            "<p><strong>This plan cannot be called clear of another child's details</strong>: see the "
            "findings and what was not checked.</p>"
        )
    for warning in report.warnings:
        yield f"<p>Note: {escape(warning)}</p>"


def _findings(numbered: Sequence[tuple[int, Finding]]) -> Iterator[str]:
    yield "<ol>" if numbered else "<p>Nothing was found.</p>"
    for number, one in numbered:
        places = f" ({len(one.also_at) + 1} places)" if one.also_at else ""
        link = (
            f'<a href="#m{number}">Section {escape(one.section)}</a>'
            if one.end > one.start
            else escape(one.section)
        )
        quote = f"<p>“{escape(one.quote[:400])}”{places}</p>" if one.quote else ""
        shape = f'<p class="shape">Shape: {escape(one.shape)}</p>' if one.shape else ""
        yield (
            f'<li class="finding {one.level}" id="f{number}"><h3>{number}. <span '
            f'class="level">{one.level}</span> {escape(one.title)} '
            f"({escape(one.rule)}), {link}</h3>{quote}<p>{escape(one.why)}</p><p><strong>Ask:</strong> "
            f"{escape(one.ask)}</p>{shape}"
            f'<p class="aside">Source: {escape(one.source)}</p></li>'
        )
    if numbered:
        yield "</ol>"


def _unchecked(report: Report) -> Iterator[str]:
    yield "<h2>Not checked</h2><p>Not checked is never a pass.</p><ul>"
    yield from (
        f"<li>{escape(one.rule)} {escape(one.title)}: {escape(one.why)}</li>" for one in report.not_checked
    )
    yield "</ul>"


def _scores(report: Report) -> Iterator[str]:
    yield f"<h2>Towards a local grade</h2><p>{escape(str(report.scores['why_none']))}</p>"
    yield "<table><caption>Marks the tool proposes</caption>"
    yield (
        '<tr><th scope="col">Criterion</th><th scope="col">Judged by</th><th scope="col">Proposed</th><th '
        'scope="col">Evidence</th></tr>'
    )
    for one in report.scores["criteria"]:
        mark = "a person's to give" if one["proposed"] is None else one["proposed"]
        rules = ", ".join(sorted({found["rule"] for found in one["evidence"]})) or "none"
        yield (
            f'<tr><th scope="row">{escape(one["id"])} '
            f"{escape(one['title'])}</th><td>{escape(one['judged_by'])}</td><td>{mark}</td><td>{escape(rules)}</td></tr>"
        )
    yield "</table>"


def _text(study: Study, numbered: Sequence[tuple[int, Finding]]) -> Iterator[str]:
    places = sorted(
        (start, end, number, one.level)
        for number, one in numbered
        for start, end in ((one.start, one.end), *one.also_at)
        if end > start
    )
    first: set[int] = set()
    section = ""
    at = 0
    for placed in study.placed:
        if placed.section != section:
            section = placed.section
            yield (
                f"<h3>{escape('Section ' + section if section != 'unplaced' else 'Outside the sections')}: "
                f"{escape(title_of(section))}</h3>"
            )
        while at < len(places) and places[at][1] <= placed.block.start:
            at += 1
        near = []
        for place in places[at:]:
            if place[0] >= placed.block.end:
                break
            near.append(place)
        side = "" if placed.block.in_body else f'<span class="aside">[{placed.block.kind}] </span>'
        yield f"<p>{side}{''.join(_marked(study.text, placed.block.start, placed.block.end, near, first))}</p>"


def _marked(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, int, str]], first: set[int]
) -> Iterator[str]:
    """Highlights without overlap; a short finding inside a long one is shown by its own mark."""
    short = [place for place in places if place[1] - place[0] < 0.8 * (end - start) or len(places) == 1]
    at = start
    for first_at, last_at, number, level in short:
        begin, stop = max(first_at, at), min(last_at, end)
        if begin >= stop:
            continue
        yield escape(text[at:begin])
        yield f'<mark class="{level}"{_name(number, first)}>{escape(text[begin:stop])}</mark>{_tag(number, level)}'
        at = stop
    yield escape(text[at:end])
    for place in places:
        if place not in short or place[2] not in first:
            yield f"<span{_name(place[2], first)}></span>{_tag(place[2], place[3])}"


def _name(number: int, first: set[int]) -> str:
    if number in first:
        return ""
    first.add(number)
    return f' id="m{number}"'


def _tag(number: int, level: str) -> str:
    return f'<a class="tag" href="#f{number}" aria-label="{level}, finding {number}">{number}</a>'
