# SPDX-License-Identifier: Apache-2.0
"""Gives every block of a document to a section or to "unplaced"; nothing is dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.rules.plan_quality.document import Block, Document
from fingerpost.rules.plan_quality.sections import headings, letters, names, tables
from fingerpost.rules.plan_quality.sections.headings import Shape

_LABEL = re.compile(r"^(?:section|part)?\s*(?:H\s?[12]|[A-K])\b[\s.:)|-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the section it belongs to; a heading says so itself."""

    block: Block
    section: str
    opens: bool = False


def place(document: Document) -> tuple[Placed, ...]:
    """Each block once, in reading order, with its section."""
    opened = _openings(document)
    labelled = tables.columns(document, opened)
    return tuple(_walk(document, opened, labelled))


def _walk(document: Document, opened: dict[int, Shape], labelled: dict[int, str]) -> Iterator[Placed]:
    current = names.UNPLACED
    for index, block in enumerate(document.blocks):
        if not block.in_body:
            yield Placed(block, names.UNPLACED)
            continue
        if index in opened:
            current = opened[index].sections[0]
            current = names.UNPLACED if current == names.CLOSING else current
            yield Placed(block, current, opens=not says_more(document.words(block)))
        else:
            yield Placed(block, labelled.get(index, current))


def says_more(words: str) -> bool:
    """A heading with its section's words in the same line, as in "K. Advice: school, 3 May" or "Section H1. None."."""
    rest = _LABEL.sub("", words, count=1)
    if rest.endswith(".") and names.named(rest) is None:
        return True
    inline = (
        words[:1].isalpha()
        and ":" in words[3:60]
        and words[1:2] in {".", ")", "|"}
        and len(words.split(":", 1)[1].split()) > 0
    )
    return inline or len(words) > 170


def _openings(document: Document) -> dict[int, Shape]:
    found = _without_doubles(document, _without_contents(document, dict(_shapes(document))))
    return found | _by_row(document, found)


def _by_row(document: Document, found: dict[int, Shape]) -> dict[int, Shape]:
    """Bare letters open sections where six or more stand in the order of the alphabet."""
    order = {letter: place for place, letter in enumerate(names.LETTERS)}
    known = {index: shape.sections[0] for index, shape in found.items() if shape.sections[0] in order}
    lines = [(index, known.get(index) or _letter(document, index)) for index in range(len(document.blocks))]
    row = _longest([(index, order[letter]) for index, letter in lines if letter in order])
    if len(row) < 6:
        return {}
    opened = set(known.values())
    return {
        index: Shape((names.LETTERS[place],), True)
        for index, place in row
        if index not in found and names.LETTERS[place] not in opened
    }


def _letter(document: Document, index: int) -> str | None:
    block = document.blocks[index]
    if not block.in_body or block.column > 0 or block.kind == "footnote":
        return None
    return letters.in_row(document.words(block))


def _longest(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising row."""
    best: list[list[tuple[int, int]]] = []
    for step in steps[:400]:
        before = max((row for row in best if row[-1][1] < step[1]), key=len, default=[])
        best.append([*before, step])
    return max(best, key=len, default=[])


def _shapes(document: Document) -> Iterator[tuple[int, Shape]]:
    for index, block in enumerate(document.blocks):
        if block.in_body and block.kind != "footnote" and block.column <= 0 and block.end - block.start < 170:
            styled = block.kind == "heading" or (block.kind == "cell" and tables.alone(document, index))
            shape = headings.shape(document.words(block), styled=styled)
            if shape and _may_open(block, shape, styled):
                yield index, shape


def _may_open(block: Block, shape: Shape, styled: bool) -> bool:
    if shape.sections[0] == names.CLOSING:
        return block.kind == "heading" or block.end - block.start < 25
    return shape.strong or styled


def _without_contents(document: Document, found: dict[int, Shape]) -> dict[int, Shape]:
    """Drop a table of contents: lines with page numbers, or headings with nothing under them that come again."""
    order = sorted(found)
    last = {shape.sections: index for index, shape in sorted(found.items())}
    return {
        index: found[index]
        for place, index in enumerate(order)
        if not (last[found[index].sections] > index and _bare(document, order, place, found[index]))
    }


def _bare(document: Document, order: list[int], place: int, shape: Shape) -> bool:
    if shape.contents:
        return True
    following = order[place + 1] if place + 1 < len(order) else len(document.blocks)
    return following == order[place] + 1


def _without_doubles(document: Document, found: dict[int, Shape]) -> dict[int, Shape]:
    """A title without its letter does not open a section that a lettered heading opens elsewhere."""
    strong = {letter for shape in found.values() if shape.strong for letter in shape.sections}
    return {
        index: shape
        for index, shape in found.items()
        if shape.strong or shape.sections[0] == names.CLOSING or not _clashes(shape, strong)
    }


def _clashes(shape: Shape, strong: set[str]) -> bool:
    return bool(strong) and (shape.sections[0] in strong or len(strong) >= 6)
