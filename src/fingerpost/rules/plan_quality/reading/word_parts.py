# SPDX-License-Identifier: Apache-2.0
"""Small questions to a piece of a Word document: its words, its style, whether it is hidden, what is inside it."""

from collections.abc import Iterator

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BREAKS = {f"{W}tab": "\t", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def words_of(element: etree._Element) -> str:
    """All accepted words below an element, paragraphs apart by a space."""
    pieces: list[str] = []
    for node in element.iter(f"{W}t", f"{W}p", *BREAKS):
        if any(True for _ in node.iterancestors(f"{MC}Fallback")):
            continue
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        else:
            pieces.append(" " if node.tag == f"{W}p" else BREAKS[str(node.tag)])
    return "".join(pieces)


def inside(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also where Word has wrapped them once more."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag not in {f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"}:
            yield from inside(child, wanted)


def style_of(paragraph: etree._Element) -> str:
    """The name of the paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def is_hidden(run: etree._Element) -> bool:
    """Whether the printed page leaves the run out."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in {"0", "false"}
