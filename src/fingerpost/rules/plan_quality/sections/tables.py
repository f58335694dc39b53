# SPDX-License-Identifier: Apache-2.0
"""Tables that hold several sections side by side or one under another, told by their head and label cells."""

from collections import defaultdict
from functools import lru_cache

from fingerpost.rules.plan_quality.document import Block, Document
from fingerpost.rules.plan_quality.sections import labels
from fingerpost.rules.plan_quality.sections.headings import Shape


def alone(document: Document, index: int) -> bool:
    """Whether a cell has its row to itself, as a banner row has."""
    block = document.blocks[index]
    near = document.blocks[max(0, index - 1) : index] + document.blocks[index + 1 : index + 2]
    return all((other.table, other.row) != (block.table, block.row) for other in near)


def columns(document: Document, opened: dict[int, Shape]) -> dict[int, str]:
    """The section of each cell whose table says so by itself."""
    owned = {letter for shape in opened.values() if len(shape.sections) == 1 for letter in shape.sections}
    found: dict[int, str] = {}
    for cells in _tables(document).values():
        found |= _by_head(document, cells, owned) or _by_label(document, cells, owned, opened)
    return found


@lru_cache(maxsize=4)
def _tables(document: Document) -> dict[int, list[int]]:
    cells: dict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        if block.kind == "cell":
            cells[block.table].append(index)
    return cells


def _by_head(document: Document, cells: list[int], owned: set[str]) -> dict[int, str]:
    """Side by side: a head row with two or more section names rules the columns under it."""
    ruled: dict[int, str] = {}
    heads: dict[int, str] = {}
    for row, indexes in _rows(document, cells).items():
        named = _labels(document, indexes)
        if len(set(named.values())) >= 2 and len(indexes) <= 8:
            heads = {
                column: section
                for column, section in named.items()
                if _free(document, indexes, section, owned)
            }
        if len(heads) >= 1 and row >= 0:
            ruled |= {
                i: _column_section(heads, document.blocks[i])
                for i in indexes
                if _under(heads, document.blocks[i])
            }
    return ruled


def _under(heads: dict[int, str], block: Block) -> bool:
    return any(column <= block.column for column in heads)


def _column_section(heads: dict[int, str], block: Block) -> str:
    return heads[max(column for column in heads if column <= block.column)]


def _labels(document: Document, indexes: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index in indexes:
        section = labels.of_cell(document.words(document.blocks[index]))
        if section:
            found.setdefault(document.blocks[index].column, section)
    return found


def _free(document: Document, indexes: list[int], section: str, owned: set[str]) -> bool:
    """A plain word such as "Need" yields where the section has a heading of its own elsewhere."""
    return section not in owned or any(
        labels.lettered(document.words(document.blocks[index])) == section for index in indexes
    )


def _by_label(
    document: Document, cells: list[int], owned: set[str], opened: dict[int, Shape]
) -> dict[int, str]:
    """One under another: the first cell of a row names the section of the rest of the row."""
    rows = _rows(document, cells)
    named = {row: _first_label(document, indexes) for row, indexes in rows.items()}
    if len({section for section in named.values() if section and section not in owned}) < 2:
        return {}
    return {
        index: section
        for row, indexes in rows.items()
        if (section := named[row]) and section not in owned
        for index in indexes
        if index not in opened
    }


def _first_label(document: Document, indexes: list[int]) -> str | None:
    first = document.blocks[indexes[0]]
    return labels.of_cell(document.words(first)) if first.column == 0 and len(indexes) > 1 else None


def _rows(document: Document, cells: list[int]) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for index in cells:
        rows[document.blocks[index].row].append(index)
    return rows
