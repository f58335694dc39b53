# SPDX-License-Identifier: Apache-2.0
"""The golden thread on the page of the report: a picture, and the same as a table for those who do not see it."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Provision
from fingerpost.rules.plan_quality.parts.study import Study

_MOST = 14
_ROW = 34
_COLUMNS = (("Needs", 10), ("Provision", 330), ("Outcomes", 650))
_BOX = 240
_DASHES = {"stated": "", "suggested": ' stroke-dasharray="4 4"'}


def lines(study: Study, report: Report) -> Iterator[str]:
    """Counts, picture and table."""
    thread = report.scores["thread"]
    yield "<h2>The golden thread</h2>"
    yield (
        f"<p>{thread['needs_with_provision']} of {thread['needs']} needs have provision; "
        f"{thread['lines_with_need']} of {thread['provision_lines']} lines of Section F have a need; "
        f"{thread['outcomes_with_provision']} of {thread['outcomes']} outcomes have provision. Links that the plan "
        "does not state are suggested by its words, and wait for a person.</p>"
    )
    parts = (study.needs, study.provision, study.outcomes)
    if any(parts):
        yield _picture(parts, thread["links"])
        yield from _table(study, thread["links"])


def _picture(parts: Sequence[Sequence[Need | Provision | Outcome]], links: Mapping[str, Any]) -> str:
    rows = min(_MOST, max(map(len, parts)))
    height = 40 + rows * _ROW
    drawn = "".join(_column(place, column) for place, column in zip(_COLUMNS, parts, strict=True))
    threads = _threads(links["need_provision"], 0) + _threads(links["outcome_provision"], 2)
    return (
        f'<div class="wide" aria-hidden="true"><svg viewBox="0 0 900 {height}" width="900" height="{height}">'
        f"{threads}{drawn}</svg></div>"
    )


def _column(place: tuple[str, int], parts: Sequence[Need | Provision | Outcome]) -> str:
    title, left = place
    boxes = [f'<text x="{left}" y="20" font-weight="bold">{title}</text>']
    for number, part in enumerate(parts[:_MOST]):
        top = 30 + number * _ROW
        boxes.append(
            f'<rect x="{left}" y="{top}" width="{_BOX}" height="26" fill="#fff" stroke="#505a5f"/>'
            f'<text x="{left + 6}" y="{top + 18}" font-size="13">{escape(_short(part, 34))}</text>'
        )
    return "".join(boxes)


def _threads(links: Sequence[Sequence[Any]], column: int) -> str:
    """Lines from the boxes of a column to those of the middle one; dashed where only suggested."""
    left, middle = (_BOX + 10, 330) if column == 0 else (650, 330 + _BOX)
    return "".join(
        f'<line x1="{left}" y1="{43 + source * _ROW}" x2="{middle}" y2="{43 + target * _ROW}" stroke="#1d3f72"'
        f"{_DASHES[kind]}/>"
        for source, target, kind in links
        if source < _MOST and target < _MOST
    )


def _table(study: Study, links: Mapping[str, Any]) -> Iterator[str]:
    yield (
        '<div class="wide" tabindex="0" role="region" aria-label="Golden thread"><table><caption>Each need with '
        'its provision</caption><thead><tr><th scope="col">Need</th><th scope="col">Provision, stated</th>'
        '<th scope="col">Provision, suggested</th></tr></thead><tbody>'
    )
    for number, need in enumerate(study.needs):
        found = [(target, kind) for source, target, kind in links["need_provision"] if source == number]
        cells = "".join(f"<td>{escape(_named(study, found, kind))}</td>" for kind in ("stated", "suggested"))
        yield f'<tr><th scope="row">{escape(_short(need, 90))}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _named(study: Study, found: Sequence[tuple[int, str]], wanted: str) -> str:
    named = [_short(study.provision[target], 60) for target, kind in found if kind == wanted]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return "; ".join(named[:3]) + more or "none"


def _short(part: Need | Provision | Outcome, most: int) -> str:
    text = " ".join(part.place.text.split())
    return text if len(text) <= most else f"{text[: most - 3]}..."
