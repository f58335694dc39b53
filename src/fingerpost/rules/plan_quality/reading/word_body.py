# SPDX-License-Identifier: Apache-2.0
"""Walks the body of a Word document in reading order, paragraph by paragraph, cell by cell."""

from lxml import etree

from fingerpost.rules.plan_quality.document import Manuscript
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.reading.word_parts import (
    BREAKS,
    MATHS,
    MC,
    W,
    inside,
    is_hidden,
    style_of,
    words_of,
)

_SKIPPED = {
    *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr")),
    *(f"{W}{name}" for name in ("tblPr", "tblGrid", "tcPr", "trPr")),
    f"{MC}Fallback",
}
_DEPTH = 60
_TOO_DEEP = "The Word file nests its tables too deeply to be a plan. Save it again from Word."


class Body:
    """One walk; what the page does not show is kept aside and added at the end."""

    def __init__(self, out: Manuscript, levels: dict[str, int], notes: dict[str, str]) -> None:
        self._out = out
        self._levels = levels
        self._notes = notes
        self._aside: list[tuple[str, str]] = []
        self._told: set[str] = set()
        self.tracked = False
        self.pictures = 0
        self.bare_pictures = 0

    def walk(
        self, container: etree._Element, *, table: int = -1, row: int = -1, column: int = -1, depth: int = 0
    ) -> None:
        """Each paragraph and table of a container, in order."""
        if depth > _DEPTH:
            raise Refused(_TOO_DEEP)
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child, table, row, column)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in {f"{W}del", f"{W}moveFrom"}:
                self._set_aside(child)
            elif child.tag not in _SKIPPED and len(child):
                self.walk(child, table=table, row=row, column=column, depth=depth + 1)

    def leftovers(self) -> None:
        """Deleted and hidden words, and alternative text, after the body."""
        for number in self._notes.keys() - self._told:
            self._out.add(self._notes[number], "footnote")
        for kind, words in self._aside:
            self._out.add(words, kind)

    def _table(self, table: etree._Element, depth: int) -> None:
        number = self._out.next_table()
        for row_number, row in enumerate(inside(table, f"{W}tr")):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._set_aside(row)
                continue
            for column, cell in enumerate(inside(row, f"{W}tc")):
                self.walk(cell, table=number, row=row_number, column=column, depth=depth + 1)

    def _paragraph(self, paragraph: etree._Element, table: int, row: int, column: int) -> None:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        notes: list[str] = []
        self._collect(paragraph, pieces, boxes, notes)
        kind, level = self._kind(paragraph, table)
        self._out.add("".join(pieces), kind, level=level, table=table, row=row, column=column)
        for box in boxes:
            self._box(box)
        for note in notes:
            self._note(note)

    def _note(self, number: str) -> None:
        self._told.add(number)
        self._out.add(self._notes.get(number, ""), "footnote")

    def _box(self, box: etree._Element) -> None:
        """Paragraphs of a text box, those of boxes and tables inside it too."""
        for paragraph in box.iter(f"{W}p"):
            pieces: list[str] = []
            notes: list[str] = []
            self._collect(paragraph, pieces, [], notes)
            level = self._levels.get(style_of(paragraph), 0)
            self._out.add("".join(pieces), "heading" if level else "textbox", level=level)
            for note in notes:
                self._note(note)

    def _collect(
        self, node: etree._Element, pieces: list[str], boxes: list[etree._Element], notes: list[str]
    ) -> None:
        for child in node:
            tag = child.tag
            if tag in {f"{W}t", MATHS}:
                pieces.append(child.text or "")
            elif tag in BREAKS:
                pieces.append(BREAKS[str(tag)])
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                notes.append(f"{etree.QName(child).localname.removesuffix('Reference')}{child.get(f'{W}id')}")
            elif tag in _SKIPPED:
                self._set_aside(child)
            elif tag == f"{W}r" and is_hidden(child):
                self._aside.append(("hidden", words_of(child)))
            else:
                self._lookinside(child, pieces, boxes, notes)

    def _lookinside(
        self, child: etree._Element, pieces: list[str], boxes: list[etree._Element], notes: list[str]
    ) -> None:
        self.tracked = self.tracked or child.tag == f"{W}ins"
        if isinstance(child.tag, str) and child.tag.endswith("}docPr"):
            self.pictures += 1
            self.bare_pictures += not child.get("descr")
            self._aside += [("alt", alt) for name in ("descr", "title") if (alt := child.get(name))]
        if len(child):
            self._collect(child, pieces, boxes, notes)

    def _set_aside(self, child: etree._Element) -> None:
        if child.tag in {f"{W}del", f"{W}moveFrom", f"{W}tr"}:
            self.tracked = True
            words = "".join(node.text or "" for node in child.iter(f"{W}delText", f"{W}t"))
            self._aside.append(("deleted", words))

    def _kind(self, paragraph: etree._Element, table: int) -> tuple[str, int]:
        level = self._levels.get(style_of(paragraph), 0)
        if table >= 0:
            return "cell", level
        if level:
            return "heading", level
        return (
            "bullet"
            if paragraph.find(f"{W}pPr/{W}numPr") is not None or "list" in style_of(paragraph).lower()
            else "paragraph"
        ), 0
