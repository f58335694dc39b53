# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading: every word of a document ends in a section or in "unplaced", whatever its layout or format."""

import io
from collections import Counter

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.plan_quality.document import tidy
from fingerpost.rules.plan_quality.reading import door
from fingerpost.rules.plan_quality.sections import split
from fingerpost.rules.plan_quality.sections.names import LETTERS, UNPLACED
from tests.rules import plan_quality_files as files

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "# Section A: Views",
                "SECTION B",
                "Section F of this plan is long.",
                "| Need | Outcome | Provision |",
                "Part 6: Section H1",
                "- a point",
                "",
                "Sections B, E and F",
                "Section C ........ 4",
            ]
        ),
        st.text(alphabet="abc DEF.,:|-#\t\"'0129", max_size=60),
    ),
    max_size=40,
)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_every_word_of_a_text_is_placed_once(lines: list[str]) -> None:
    text = "Plan of Erin\n\n" + "\n".join(lines)
    document = door.read(text.encode(), name="plan.txt")
    placed = split.place(document)
    assert [one.block for one in placed] == list(document.blocks)
    assert {one.section for one in placed} <= {*LETTERS, UNPLACED}
    said = Counter(word for one in placed for word in document.words(one.block).split())
    assert said == Counter(document.text.split())
    letters = Counter(letter for letter in text if letter.isalpha())
    assert letters - Counter(document.text) == Counter()


def _word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Titleword"
    document.sections[0].header.paragraphs[0].text = "Headword"
    document.sections[0].footer.paragraphs[0].text = "Footword"
    document.add_heading("Section A: Views", 1)
    document.add_paragraph("Bodyword one.")
    table = document.add_table(2, 3)
    for column, head in enumerate(("Need (Section B)", "Outcome (Section E)", "Provision (Section F)")):
        table.cell(0, column).text = head
        table.cell(1, column).text = f"Cellword{column}"
    paragraph = document.add_paragraph("Kept ")
    ns = nsdecls("w")
    paragraph._p.append(
        parse_xml(f"<w:ins {ns} w:id='1' w:author='x'><w:r><w:t>Addedword</w:t></w:r></w:ins>")
    )
    paragraph._p.append(
        parse_xml(f"<w:del {ns} w:id='2' w:author='x'><w:r><w:delText>Goneword</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>Hiddenword</w:t></w:r>"))
    box = f"<w:r {ns}><w:pict><w:txbxContent><w:p><w:r><w:t>Boxword</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    document.add_comment(paragraph.runs, text="Commentword", author="Reviewer", initials="R")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_read_whole() -> None:
    document = door.read(_word(), name="plan.docx")
    where = {document.words(one.block): (one.section, one.block.kind) for one in split.place(document)}
    assert where["Cellword0"] == ("B", "cell")
    assert where["Cellword1"] == ("E", "cell")
    assert where["Cellword2"] == ("F", "cell")
    assert where["Bodyword one."] == ("A", "paragraph")
    kinds = {words: kind for words, (_, kind) in where.items()}
    assert kinds["Headword"] == "header"
    assert kinds["Footword"] == "footer"
    assert kinds["Goneword"] == "deleted"
    assert kinds["Hiddenword"] == "hidden"
    assert kinds["Boxword"] == "textbox"
    assert kinds["Titleword"] == "property"
    assert any("Commentword" in words and kind == "comment" for words, kind in kinds.items())
    assert "Kept Addedword" in where
    assert any("tracked changes" in warning for warning in document.warnings)


def test_no_word_of_a_word_file_is_lost() -> None:
    content = files.long_word(sections=3)
    document = door.read(content, name="plan.docx")
    own = [
        one.text
        for one in docx.Document(io.BytesIO(content)).element.body.iter()
        if one.tag.endswith("}t") and one.text
    ]
    assert not Counter(tidy(" ".join(own)).split()) - Counter(document.text.split())


def test_a_pdf_is_read_with_its_running_heads_apart() -> None:
    pages = [
        ["Plan of Erin Vale", "Section A: Views", "I like maths and", "trains."],
        ["Plan of Erin Vale", "Section B: SEN", "Reads slowly."],
        ["Plan of Erin Vale", "Section F: Special educational provision", "Help as", "required."],
    ]
    document = door.read(files.pdf(pages), name="plan.pdf")
    where = {document.words(one.block): (one.section, one.block.kind) for one in split.place(document)}
    assert where["I like maths and trains."] == ("A", "paragraph")
    assert where["Help as required."] == ("F", "paragraph")
    assert where["Plan of Erin Vale"][1] == "header"


def test_contents_pages_open_no_section() -> None:
    text = (
        "Contents\nSection A: Views ..... 2\nSection B: Needs ..... 3\n\nSection A: Views\nI like "
        "maths.\n\nSection B: Needs\nReads slowly."
    )
    document = door.read(text.encode(), name="x.txt")
    opened = [one.section for one in split.place(document) if one.opens]
    assert opened == ["A", "B"]


def test_our_own_form_of_json() -> None:
    document = door.read(
        b'{"sections": {"A": "I like maths.", "F": {"tables": [[["What", "Who"], ["Reading", "TA"]]]}}}',
        name="x.json",
    )
    where = {document.words(one.block): one.section for one in split.place(document)}
    assert where["I like maths."] == "A"
    assert where["Reading"] == "F"
