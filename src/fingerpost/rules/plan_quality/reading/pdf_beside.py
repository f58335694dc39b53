# SPDX-License-Identifier: Apache-2.0
"""What a PDF carries beside its printed text: properties, notes, filled-in fields, names of attached files."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

_PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator")
_FIELDS = (b"Contents", b"V")
_MOST = 20_000


def tagged(document: "pypdfium2.PdfDocument") -> bool:
    """Whether the file says what is a heading, a list, a table."""
    return bool(pdfium.FPDFCatalog_IsTagged(document))


def words(document: "pypdfium2.PdfDocument") -> Iterator[tuple[str, str]]:
    """Kind and words of each; bounded, because a file may hold any number."""
    for name in _PROPERTIES:
        if said := document.get_metadata_value(name):
            yield "property", said
    for number in range(document.count_attachments()):
        yield "property", document.get_attachment(number).get_name()
    left = _MOST
    for number in range(len(document)):
        page = document[number]
        for said in _notes(page, left):
            left -= 1
            yield "comment", said
        page.close()


def _notes(page: "pypdfium2.PdfPage", most: int) -> Iterator[str]:
    for index in range(min(most, pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        for field in _FIELDS:
            if said := _value(note, field):
                yield said
        pdfium.FPDFPage_CloseAnnot(note)


def _value(note: "pdfium.FPDF_ANNOTATION", field: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, field, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(
        note, field, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")
