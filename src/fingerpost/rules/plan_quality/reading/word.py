# SPDX-License-Identifier: Apache-2.0
"""Reads a Word plan whole: body, tables, text boxes, notes, running heads, tracked changes, comments,
hidden text, properties."""

import re

from lxml import etree

from fingerpost.rules.plan_quality.document import Document, Manuscript
from fingerpost.rules.plan_quality.reading.package import Package
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.reading.word_body import Body
from fingerpost.rules.plan_quality.reading.word_parts import W, words_of

_LEFT = {
    "deleted": "The file holds tracked changes. Added words were read as accepted; deleted words are listed apart.",
    "comment": "The file holds comments. They are not part of the plan and must be stripped.",
    "hidden": "The file holds hidden text. It must be stripped.",
}


def read(content: bytes) -> Document:
    """Read the words of a .docx file."""
    package = Package(content)
    root = package.tree("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refused("The Word file has no body. Open it in Word and save it again.")
    out = Manuscript("docx")
    walker = Body(out, _levels(package), _notes(package))
    walker.walk(body)
    walker.leftovers()
    _outside(package, out, tracked=walker.tracked)
    _unread(package, out, walker)
    return out.finish()


def _unread(package: Package, out: Manuscript, walker: Body) -> None:
    """Words may stand in pictures and in files inside the file; nobody read them, and the report says so."""
    if walker.pictures:
        out.warnings.append(
            f"{walker.pictures} pictures or drawings were not read; words in them are unknown."
        )
    if walker.bare_pictures:
        out.warnings.append(f"{walker.bare_pictures} pictures have no alternative text.")
    inside = [name for start in ("word/embeddings/", "word/afchunk") for name in package.under(start)]
    if inside:
        out.warnings.append(
            f"{len(inside)} files are embedded in this file and were not read. Take them out."
        )


def _levels(package: Package) -> dict[str, int]:
    """Heading level of each style, by its own outline level or its name."""
    styles = package.tree("word/styles.xml")
    found: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        mark = (
            re.match(r"(?:heading|title)\s*(\d?)", name.get(f"{W}val", "").lower())
            if name is not None
            else None
        )
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if mark:
            found[style.get(f"{W}styleId", "")] = int(mark[1] or 1)
        elif outline is not None:
            found[style.get(f"{W}styleId", "")] = int(outline.get(f"{W}val", "0")) + 1
    return found


def _notes(package: Package) -> dict[str, str]:
    """Footnotes and endnotes by kind and number."""
    found: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        tree = package.tree(f"word/{kind}s.xml")
        for note in tree.iter(f"{W}{kind}") if tree is not None else ():
            if words := words_of(note).strip():
                found[f"{kind}{note.get(f'{W}id')}"] = words
    return found


def _outside(package: Package, out: Manuscript, *, tracked: bool) -> None:
    for kind in ("header", "footer"):
        for name in package.names(f"word/{kind}"):
            _each(package, name, kind, out)
    _comments(package, "word/comments.xml", out)
    for name in (*package.names("word/diagrams/data"), *package.names("word/charts/chart")):
        _drawn(package, name, out)
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        _properties(package, name, out)
    kinds = {block.kind for block in out.finish().blocks}
    out.warnings += [words for kind, words in _LEFT.items() if kind in kinds]
    if tracked and "deleted" not in kinds:
        out.warnings.append("The file holds tracked changes. Added words were read as accepted.")


def _each(package: Package, name: str, kind: str, out: Manuscript) -> None:
    tree = package.tree(name)
    for paragraph in tree.iter(f"{W}p") if tree is not None else ():
        out.add(words_of(paragraph), kind)


def _drawn(package: Package, name: str, out: Manuscript) -> None:
    """Words in a drawn diagram or chart, which stand in a part of their own."""
    tree = package.tree(name)
    for node in (
        tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t") if tree is not None else ()
    ):
        out.add(node.text or "", "textbox")


def _comments(package: Package, name: str, out: Manuscript) -> None:
    tree = package.tree(name)
    for comment in tree.iter(f"{W}comment") if tree is not None else ():
        out.add(f"{comment.get(f'{W}author', '')}: {words_of(comment)}", "comment")


def _properties(package: Package, name: str, out: Manuscript) -> None:
    tree = package.tree(name)
    for field in tree.iter(etree.Element) if tree is not None else ():
        label = etree.QName(field).localname
        if label in {
            "title",
            "subject",
            "creator",
            "keywords",
            "description",
            "lastModifiedBy",
            "category",
            "Company",
            "Manager",
            "lpwstr",
        }:
            out.add(field.text or "", "property")
