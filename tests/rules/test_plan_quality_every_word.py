# SPDX-License-Identifier: AGPL-3.0-or-later
"""No corner of a Word file or a PDF where a word could hide from the reader."""

import io
import re
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fingerpost.rules.plan_quality import check
from fingerpost.rules.plan_quality.parts.brief import Brief
from fingerpost.rules.plan_quality.reading import door
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.sections import split
from tests.rules import plan_quality_files as files

NS = nsdecls("w")
MC = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
MATHS = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


def _run(word: str) -> str:
    return f"<w:r><w:t>{word}</w:t></w:r>"


def _paragraph(word: str) -> str:
    return f"<w:p>{_run(word)}</w:p>"


def _cell(inner: str) -> str:
    return f"<w:tc>{inner}<w:p/></w:tc>"


def _table(row: str) -> str:
    return f"<w:tbl {NS}><w:tr>{row}</w:tr></w:tbl>"


WORD = _paragraph("Cornerword")
CORNERS = {
    "control": f"<w:sdt {NS}><w:sdtContent>{WORD}</w:sdtContent></w:sdt>",
    "control in a row": _table(f"<w:sdt><w:sdtContent>{_cell(WORD)}</w:sdtContent></w:sdt>"),
    "row wrapped": f"<w:tbl {NS}><w:customXml><w:tr>{_cell(WORD)}</w:tr></w:customXml></w:tbl>",
    "table in a cell": _table(_cell(_table(_cell(WORD)))),
    "link": f"<w:p {NS}><w:hyperlink>{_run('Cornerword')}</w:hyperlink></w:p>",
    "field": f"<w:p {NS}><w:fldSimple w:instr='X'>{_run('Cornerword')}</w:fldSimple></w:p>",
    "moved here": f"<w:p {NS}><w:moveTo w:id='1' w:author='x'>{_run('Cornerword')}</w:moveTo></w:p>",
    "box in a box": (
        f"<w:p {NS}><w:r><w:pict><w:txbxContent><w:p><w:r><w:pict><w:txbxContent>{WORD}"
        "</w:txbxContent></w:pict></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    ),
    "choice": (
        f"<w:p {NS} {MC}><w:r><mc:AlternateContent><mc:Choice Requires='x'><w:txbxContent>{WORD}"
        f"</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{WORD}</w:txbxContent>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
    "block choice": (
        f"<mc:AlternateContent {NS} {MC}><mc:Choice Requires='x'>{WORD}</mc:Choice></mc:AlternateContent>"
    ),
    "formula": f"<w:p {NS} {MATHS}><m:oMath><m:r><m:t>Cornerword</m:t></m:r></m:oMath></w:p>",
    "deleted row": (_table(f"<w:trPr><w:del w:id='1' w:author='x'/></w:trPr>{_cell(WORD)}")),
    "ruby": f"<w:p {NS}><w:r><w:ruby><w:rubyBase>{_run('Cornerword')}</w:rubyBase></w:ruby></w:r></w:p>",
}


@pytest.mark.parametrize("corner", sorted(CORNERS))
def test_a_word_in_any_corner_is_read_once(corner: str) -> None:
    document = docx.Document()
    document.add_heading("Section A", 1)
    document.element.body.insert(1, parse_xml(CORNERS[corner]))
    read = door.read(_saved(document), name="x.docx")
    assert len(re.findall("Cornerword", read.text)) == 1
    kinds = {one.block.kind for one in split.place(read) if read.words(one.block) == "Cornerword"}
    assert ("deleted" in kinds) == (corner == "deleted row")


def _saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_note_that_nothing_points_to_is_read_all_the_same() -> None:
    note = f"<w:footnotes {NS}><w:footnote w:id='7'>{_paragraph('Noteword')}</w:footnote></w:footnotes>"
    read = door.read(files.with_part("word/footnotes.xml", note.encode()), name="x.docx")
    assert "Noteword" in read.text


def test_a_file_inside_the_file_is_said() -> None:
    read = door.read(files.with_part("word/embeddings/sheet1.xlsx", b"x"), name="x.docx")
    assert any("embedded" in warning for warning in read.warnings)


def test_tables_nested_without_end_are_refused() -> None:
    inner = WORD
    for _ in range(70):
        inner = _table(_cell(inner))
    document = docx.Document()
    document.element.body.insert(0, parse_xml(inner))
    with pytest.raises(Refused, match="deeply"):
        door.read(_saved(document), name="x.docx")


def test_properties_of_a_pdf_are_read() -> None:
    content = files.pdf([["Section A: Views", "I like maths and trains."]], title="Plan of Marlow Quill")
    read = door.read(content, name="x.pdf")
    assert ("property", "Plan of Marlow Quill") in {(one.kind, read.words(one)) for one in read.blocks}
    assert any("not tagged" in warning for warning in read.warnings)


@pytest.mark.parametrize("styled", [True, False])
def test_titles_that_only_look_like_headings(styled: bool) -> None:
    document = docx.Document()
    for letter in ("A", "B", "F"):
        title = f"Section {letter}: part"
        document.add_heading(title, 1) if styled else document.add_paragraph(title)
        document.add_paragraph("Erin reads with a TA.")
    report = check.check(door.read(_saved(document), name="x.docx"), Brief(today=date(2025, 5, 6)))
    assert ("W9.9" in {one.rule for one in report.findings}) != styled
