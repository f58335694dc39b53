# SPDX-License-Identifier: Apache-2.0
"""What is no SEN2 return ends in `Unreadable`, one line: what, where, why, what to do. And what a file is instead."""

AGAIN = "Make the return again in the system that wrote it."
DOCTYPE = f"the file carries a DOCTYPE, which a SEN2 return never does; it is refused. {AGAIN}"
OTHER_FILES = {
    b"\x1f\x8b": ("a gzip archive", "Unpack it and give the XML file inside."),
    b"PK\x03\x04": ("a zip archive or an Excel workbook", "Give the XML file that is uploaded to COLLECT."),
    b"%PDF": ("a PDF document", "Give the XML file that is uploaded to COLLECT."),
    b"\xd0\xcf\x11\xe0": ("an old Office document", "Give the XML file that is uploaded to COLLECT."),
}
MARK = b"\xef\xbb\xbf"  # UTF-8's own, which some editors put first
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")


class Unreadable(Exception):
    """The file cannot be read as a SEN2 return."""


def short(text: object, limit: int = 60) -> str:
    """A piece of the file in a message: on one line and never long."""
    line = " ".join(str(text).split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def quoted(text: str | None) -> str:
    """A value of the file in a message, or that there is none."""
    return "missing" if not text else f"'{short(text, 20)}'"


def sniff(start: bytes) -> None:
    """Say plainly what the file is when it is something else."""
    if not start.strip():
        raise Unreadable("the file is empty. Was the export finished?")
    for magic, (what, remedy) in OTHER_FILES.items():
        if start.startswith(magic):
            raise Unreadable(f"this is {what}, not a SEN2 return in XML. {remedy}")
    if start.startswith(WIDE):
        return
    text = start.removeprefix(MARK).lstrip()
    if text[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise Unreadable("this is a web page, not a SEN2 return in XML. Download the file itself.")
    if b"<!DOCTYPE" in start:
        raise Unreadable(DOCTYPE)
    if not text.startswith(b"<"):
        raise Unreadable("this is not XML: it does not start with '<'. Give the XML file of the return.")
