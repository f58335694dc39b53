# SPDX-License-Identifier: Apache-2.0
"""Looks at the first bytes of a file and sends it to the reader for its kind; the name only breaks ties."""

from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.reading import limits, own_json, pdf, plain, word
from fingerpost.rules.plan_quality.reading.refusals import Refused

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(content: bytes, *, name: str = "") -> Document:
    """Read a plan or an advice report of any kind we know."""
    limits.hold(len(content), limits.FILE_BYTES, "The file", "bytes")
    if not content.strip():
        raise Refused("The file is empty. Send the plan itself.")
    document = _reader(content, name)
    limits.hold(len(document.text), limits.LETTERS, "The text", "letters")
    if not any(block.in_body for block in document.blocks):
        raise Refused("No words were found in the file. If it is a scan, make it readable (OCR) first.")
    return document


def _reader(content: bytes, name: str) -> Document:
    head = content[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return pdf.read(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return word.read(content)
    if content.startswith(_OLD_OFFICE):
        raise Refused(_old_office(content))
    return _words(content, name, head)


def _words(content: bytes, name: str, head: bytes) -> Document:
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"docx", "pdf", "docm"}:
        raise Refused(
            f"The file is named .{suffix} but is not one, or it is damaged. Save it again from its program."
        )
    text = plain.decoded(content)
    if suffix == "json" or (suffix not in {"md", "txt", "markdown"} and head.startswith(b"{")):
        return own_json.read(text)
    return plain.read(text, markdown=suffix in {"md", "markdown"})


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "The file is protected by a password. Save a copy without one."
    return "The file is an old .doc or similar. Save it as .docx."
