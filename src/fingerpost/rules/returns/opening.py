# SPDX-License-Identifier: Apache-2.0
"""Opens a SEN2 return: its header, then its people, group by group.

The text of the file is cut apart where a person ends, and no parser sees a person who can be read without one: that
takes a tenth of the time. Whatever is not so plain (a comment that holds a tag, an encoding whose tags cannot be found
by their bytes, a file that was cut off) is left to the stream (stream.py), which goes on from there and says what is
wrong.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO, TypeVar

from lxml import etree

from fingerpost.rules.returns.groups import PERSON_ENDS, SAFELY, Group, NotWhole, Parsed, Written
from fingerpost.rules.returns.stream import LONGEST_RECORD, push
from fingerpost.rules.returns.unreadable import AGAIN, MARK, Unreadable, sniff

T = TypeVar("T")
CHUNK = 128 * 1024
PERSONS, ENDS, TAIL = b"<Persons>", PERSON_ENDS.encode(), b"</Persons></Message>"
LAST = re.compile(rb"\s*</Persons>\s*</Message>\s*")
ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']""")
KNOWN = {
    "utf-8",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "iso-8859-15",
    "windows-1252",
}  # tags are found by their bytes


class Opened:
    """A return whose header has been read."""

    def __init__(self, header: etree._Element, groups: Iterator[Group]) -> None:
        self.header = header
        self._groups = groups

    def read(self, reading: Callable[[Group], T]) -> Iterator[tuple[Group, T]]:
        """What `reading` makes of each group, to the end of the file. For what is no return, raises `Unreadable`.

        A piece of which `reading` finds that it is not whole persons is read anew as the parser gives it.
        """
        for group in self._groups:
            try:
                found = reading(group)
            except NotWhole:
                group.refused = True
                continue
            yield group, found


def opened(stream: BinaryIO) -> Opened:
    """Read the header. Raises `Unreadable` for what is no SEN2 return, as far as that can be seen so far."""
    groups = _groups(stream)
    first = next(groups, None)
    if not isinstance(first, Parsed) or first.elements[0].tag != "Header":
        raise Unreadable(f"the document has no <Header> before its persons. {AGAIN}")
    header, *people = first.elements
    return Opened(header, chain([Parsed(people)] if people else [], groups))


def _groups(stream: BinaryIO) -> Iterator[Group]:
    chunks = iter(partial(stream.read, CHUNK), b"")
    first = next(chunks, b"")
    sniff(first)
    encoding, head = _encoding(first), _head(first)
    header = _header(head) if encoding and head else None
    if header is None:
        yield from push(first, chunks)
        return
    yield header
    yield from _pieces(head, first[len(head) :], chunks, encoding)


def _encoding(first: bytes) -> str:
    """What the text is written in, if its tags can be found by their bytes; else nothing."""
    declared = ENCODING.match(first.removeprefix(MARK).lstrip())
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    marked_otherwise = first.startswith(MARK) and name != "utf-8"
    return name if name in KNOWN and not marked_otherwise else ""


def _head(first: bytes) -> bytes:
    """The beginning of the file up to its persons."""
    before, found, _ = first.partition(PERSONS)
    return before + found if found else b""


def _header(head: bytes) -> Parsed | None:
    """The header, if this is the beginning of a plain return."""
    try:
        groups = list(push(head + TAIL, iter(())))
    except Unreadable:
        return None
    return groups[0] if [group.elements[0].tag for group in groups] == ["Header"] else None


def _pieces(head: bytes, rest: bytes, chunks: Iterator[bytes], encoding: str) -> Iterator[Group]:
    parser, lines = etree.XMLParser(**SAFELY), head.count(b"\n")
    while len(rest) <= LONGEST_RECORD:
        end = rest.rfind(ENDS) + len(ENDS)
        if end >= len(ENDS):
            piece = _piece(rest[:end], encoding, lines, parser)
            if piece is None:
                break
            yield piece
            if piece.refused:
                break
            lines += rest.count(b"\n", 0, end)
            rest = rest[end:]
        chunk = next(chunks, b"")
        if not chunk:
            break
        rest += chunk
    if not LAST.fullmatch(rest):
        yield from _from_here(head, lines, chain((rest,), chunks))


def _piece(piece: bytes, encoding: str, lines: int, parser: etree.XMLParser) -> Written | None:
    """The people of one piece; None where it is not text of that encoding."""
    try:
        text = piece.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Written(text.replace("\r\n", "\n"), lines, parser)


def _from_here(head: bytes, lines: int, rest: Iterator[bytes]) -> Iterator[Group]:
    """The stream's parser sees the head again, and as many empty lines as it missed."""
    missed = b"\n" * (lines - head.count(b"\n"))
    for group in push(head + missed, rest):
        people = [one for one in group.elements if one.tag == "Person"]
        if people:
            yield Parsed(people)
