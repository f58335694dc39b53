# SPDX-License-Identifier: Apache-2.0
"""A Word copy of the plan with a comment at each quoted place; other formats become a plain Word file first."""

import io
import zipfile
from bisect import bisect_right
from collections import Counter, defaultdict
from html import escape

from lxml import etree

from fingerpost.rules.plan_quality.check import Report
from fingerpost.rules.plan_quality.document import Document, tidy
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.reading.package import Package
from fingerpost.rules.plan_quality.reading.word_parts import MAIN, W
from fingerpost.rules.plan_quality.reports import word_marks

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XMLNS = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_XMLNS}"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
    "_rels/.rels": f"{_RELATIONS}>"
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f"{_RELATIONS}/>",
}


def made(document: Document, report: Report, original: bytes | None) -> bytes:
    """The copy; the original's own words and layout stay as they are."""
    content = original if original is not None and document.form == "docx" else _plain(document)
    package = Package(content)
    root = package.tree("word/document.xml")
    comments = package.tree("word/comments.xml")
    if comments is None:
        comments = etree.Element(f"{W}comments", nsmap={"w": MAIN})
    if root is not None:
        _mark(root, comments, document, report)
    return _packed(content, root, comments)


def _mark(root: etree._Element, comments: etree._Element, document: Document, report: Report) -> None:
    paragraphs: dict[str, list[etree._Element]] = defaultdict(list)
    for one in root.iter(f"{W}p"):
        paragraphs[tidy(word_marks.text_of(one))].append(one)
    first = list(root.iter(f"{W}p"))[:1]
    places = _Places(document)
    number = max((int(one.get(f"{W}id", "0")) for one in comments), default=-1) + 1
    for finding in report.findings:
        words, nth = places.of(finding)
        found = paragraphs.get(words, []) if words else []
        paragraph = found[min(nth, len(found) - 1)] if found else None
        if paragraph is not None:
            word_marks.put(paragraph, finding.quote, number)
        elif first:
            word_marks.put(first[0], "", number)
        comments.append(_comment(number, finding))
        number += 1


class _Places:
    """For each block its words and how many blocks before it say the same."""

    def __init__(self, document: Document) -> None:
        seen: Counter[str] = Counter()
        self._starts: list[int] = []
        self._said: list[tuple[str, int]] = []
        for block in document.blocks:
            words = document.words(block)
            self._starts.append(block.start)
            self._said.append((words, seen[words]))
            seen[words] += 1

    def of(self, finding: Finding) -> tuple[str, int]:
        """The words of the block in which a finding starts, and which of its like it is; nothing for the whole plan."""
        place = bisect_right(self._starts, finding.start) - 1
        return self._said[place] if finding.end > finding.start and place >= 0 else ("", 0)


def _comment(number: int, finding: Finding) -> etree._Element:
    lines = (
        f"{finding.level} {finding.rule}: {finding.title}",
        finding.why,
        f"Ask: {finding.ask}",
        f"Shape: {finding.shape}" if finding.shape else "",
    )
    comment = etree.Element(
        f"{W}comment", {f"{W}id": str(number), f"{W}author": "Plan check", f"{W}initials": "PC"}
    )
    for line in filter(None, lines):
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
        text.text = line
    return comment


def _packed(content: bytes, root: etree._Element | None, comments: etree._Element) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in {
                "word/document.xml",
                "word/comments.xml",
                "[Content_Types].xml",
                "word/_rels/document.xml.rels",
            }:
                new.writestr(part.filename, old.read(part))
        names = set(old.namelist())
        new.writestr("[Content_Types].xml", _typed(old.read("[Content_Types].xml")))
        rels = (
            old.read("word/_rels/document.xml.rels")
            if "word/_rels/document.xml.rels" in names
            else _PARTS["word/_rels/document.xml.rels"].encode()
        )
        new.writestr("word/_rels/document.xml.rels", _related(rels))
        for name, tree in (("word/document.xml", root), ("word/comments.xml", comments)):
            if tree is not None:
                new.writestr(
                    name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
                )
    return out.getvalue()


def _typed(content: bytes) -> bytes:
    if b"/word/comments.xml" in content:
        return content
    line = f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}.comments+xml"/>'
    return content.replace(b"</Types>", line.encode() + b"</Types>")


def _related(content: bytes) -> bytes:
    if b'relationships/comments"' in content:
        return content
    line = f'<Relationship Id="rIdPlanCheck" Type="{_REL}/comments" Target="comments.xml"/>'.encode()
    if b"</Relationships>" in content:
        return content.replace(b"</Relationships>", line + b"</Relationships>")
    return (
        content.replace(b"/>", b">" + line + b"</Relationships>", 1) if content.count(b"/>") == 1 else content
    )


def _plain(document: Document) -> bytes:
    """A small Word file with one paragraph for each block."""
    body = "".join(
        _block(document.words(block), block.kind == "heading") for block in document.blocks if block.in_body
    )
    parts = _PARTS | {
        "word/document.xml": f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>'
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _block(words: str, heading: bool) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if heading else ""
    clean = "".join(letter for letter in words if letter >= " ")
    return f'<w:p><w:r>{bold}<w:t xml:space="preserve">{escape(clean)}</w:t></w:r></w:p>'
