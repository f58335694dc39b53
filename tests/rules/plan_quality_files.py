# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes files for the tests: small PDFs written by hand, long Word files, and files that mean harm."""

import io
import zipfile
from collections.abc import Sequence

import docx


def pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """A PDF with one line of text under another on each page, and a title among its properties."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        words = "".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 780 Td {words}ET".encode("latin-1", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents %d 0 R /Resources << /Font << "
            b"/F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    objects.append(b"<< /Title (%s) >>" % title.encode())
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    """The objects as a file; the last one holds the properties."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    root = b"/Root 1 0 R /Info %d 0 R" % len(objects)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)
    return bytes(out)


def locked_pdf() -> bytes:
    """A PDF that the empty password does not open."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
    plain = pdf([["Section A: Views", "I like maths and trains."]])
    return plain.replace(b"trailer << ", b"trailer << " + lock % (b"4f" * 32, b"55" * 32) + b" ", 1)


def locked_word() -> bytes:
    """A Word file whose parts are marked as encrypted, as zip programs do."""
    content = bytearray(long_word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def long_word(*, sections: int = 1, lines: int = 20) -> bytes:
    """A Word plan of many paragraphs and tables."""
    document = docx.Document()
    for letter in ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"):
        document.add_heading(f"Section {letter}", 1)
        for number in range(lines * sections):
            document.add_paragraph(
                f"The TA reads line {number} with Erin for 20 minutes as required, twice a week, in class "
                f"{letter}."
            )
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"Cell {row} {column} of {letter}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb(megabytes: int = 150) -> bytes:
    """A Word file whose body unpacks to far more than its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (megabytes * 1_000_000))
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A Word file with one more part."""
    out = io.BytesIO(long_word())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


PLAN = """# Final EHC plan
Name: Erin Vale

## Section B: Special educational needs
Erin cannot read more than 22 words a minute (EP report, 3 March 2025).

## Section F: Special educational provision
Erin will have access to regular support with reading as required.
"""
DAY = ["--today", "2025-05-06", "--workers", "1"]
