# SPDX-License-Identifier: Apache-2.0
"""The plan's own text on the page of the report, with a highlight and a way back at each finding."""

from collections.abc import Iterator, Sequence
from html import escape

from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.sections.names import title_of

Numbered = Sequence[tuple[int, Finding]]


def lines(study: Study, numbered: Numbered) -> Iterator[str]:
    """Every block of the document under its section."""
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
