# SPDX-License-Identifier: Apache-2.0
"""Reads the text layer of a PDF: lines become paragraphs again, running heads are told apart, scans are named."""

import re
from collections import Counter
from dataclasses import replace

import pypdfium2

from fingerpost.rules.plan_quality.document import Document, Manuscript
from fingerpost.rules.plan_quality.reading import limits, pdf_beside
from fingerpost.rules.plan_quality.reading.paragraphs import Paragraphs
from fingerpost.rules.plan_quality.reading.refusals import Refused

_PASSWORD = 4
_UNTAGGED = (
    "The PDF is not tagged, so a screen reader cannot follow it. Make it from a Word file with headings."
)


def read(content: bytes) -> Document:
    """Read the words of a .pdf file."""
    document = _opened(content)
    try:
        limits.hold(len(document), limits.PAGES, "The PDF", "pages")
        pages = [_lines(document, number) for number in range(len(document))]
        beside = list(pdf_beside.words(document))
        tagged = pdf_beside.tagged(document)
    except pypdfium2.PdfiumError as problem:
        raise Refused("The PDF is damaged inside. Make it again from its program.") from problem
    finally:
        document.close()
    read = _put_together(pages, beside)
    return read if tagged else replace(read, warnings=(*read.warnings, _UNTAGGED))


def _opened(content: bytes) -> "pypdfium2.PdfDocument":
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or getattr(problem, "err_code", None) == _PASSWORD:
            raise Refused("The PDF is protected by a password. Save a copy without one.") from problem
        raise Refused("The PDF is damaged. Make it again from its program.") from problem


def _lines(document: "pypdfium2.PdfDocument", number: int) -> list[str]:
    page = document[number]
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_range()
    finally:
        layer.close()
        page.close()
    joined = re.sub(r"[\ufffe\u00ad\x02]\r?\n?", "", text)
    return [line.strip() for line in joined.splitlines() if line.strip()]


def _put_together(pages: list[list[str]], beside: list[tuple[str, str]]) -> Document:
    out = Manuscript("pdf")
    scans = [number for number, lines in enumerate(pages, start=1) if sum(map(len, lines)) < 10]
    if len(scans) == len(pages):
        raise Refused(
            "The PDF has no text layer (a scan?). Make it readable (OCR) first; nothing was guessed."
        )
    if scans:
        out.warnings.append(f"Page {_listed(scans)} has no text layer (a scan?) and was not read.")
    heads = _running(pages)
    paragraphs = Paragraphs(out)
    for number, lines in enumerate(pages, start=1):
        for place, line in enumerate(lines):
            edge = place < 2 or place >= len(lines) - 2
            if edge and _shape(line) in heads:
                paragraphs.aside(line, "header" if place < 2 else "footer", number)
            else:
                paragraphs.take(line, number)
    paragraphs.close()
    for kind, words in beside:
        out.add(words, kind)
    if any(kind == "comment" for kind, _ in beside):
        out.warnings.append(
            "The file holds notes or filled-in fields. They are not part of the printed text."
        )
    return out.finish()


def _running(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the edge of most pages, page numbers aside."""
    edges = Counter(
        shape for lines in pages for shape in {_shape(line) for line in (*lines[:2], *lines[-2:])}
    )
    return {shape for shape, count in edges.items() if len(pages) >= 3 and count >= max(3, 0.6 * len(pages))}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _listed(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:10]))
    return shown if len(pages) <= 10 else f"{shown} and {len(pages) - 10} more"
