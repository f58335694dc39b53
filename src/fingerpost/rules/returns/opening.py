# SPDX-License-Identifier: Apache-2.0
"""Opens a SEN2 return: its header, then its people, group by group.

Each piece of the file that ends with a person is read as a little return of its own, between the head of the file and a
tail. That is a third faster than a parser that is asked after every element, and lines are right however long the file
is. Whatever is not so plain (a comment that holds a tag, an encoding whose tags cannot be found by their bytes, a file
that was cut off) is left to the stream (stream.py), which goes on from there and says what is wrong.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from lxml import etree

from fingerpost.rules.returns.stream import AGAIN, LONGEST_RECORD, SAFELY, Group, Unreadable, push, sniff

CHUNK = 128 * 1024
PERSONS, PERSON_ENDS, TAIL = b"<Persons>", b"</Person>", b"</Persons></Message>"
LAST = re.compile(rb"\s*</Persons>\s*</Message>\s*")
ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']""")
OF_ONE_BYTE_TAGS = re.compile(rb"utf-8|(?:us-)?ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
WHOLE = ["Header", "Persons"]


def opened(stream: BinaryIO) -> tuple[etree._Element, Iterator[Group]]:
    """The Header element, and the Person elements in groups, in the order of the file.

    Raises `Unreadable` for what is no SEN2 return, some of it only when the file has been read to its end.
    """
    groups = _groups(stream)
    first = next(groups, None)
    if first is None or first.elements[0].tag != "Header":
        raise Unreadable(f"the document has no <Header> before its persons. {AGAIN}")
    header, *people = first.elements
    return header, chain([Group(people)] if people else [], groups)


def _groups(stream: BinaryIO) -> Iterator[Group]:
    chunks = iter(partial(stream.read, CHUNK), b"")
    first = next(chunks, b"")
    sniff(first)
    head = _head(first)
    header = _header(head) if head else None
    if header is None:
        yield from push(first, chunks)
        return
    yield header
    yield from _pieces(head, first[len(head) :], chunks)


def _head(first: bytes) -> bytes:
    """The beginning of the file up to its persons, where tags can be found by their bytes; else nothing."""
    declared = ENCODING.match(first.removeprefix(b"\xef\xbb\xbf").lstrip())
    if declared and not OF_ONE_BYTE_TAGS.fullmatch(declared[1]):
        return b""
    before, found, _ = first.partition(PERSONS)
    return before + found if found else b""


def _header(head: bytes) -> Group | None:
    """The header, if this is the beginning of a plain return."""
    try:
        groups = list(push(head + TAIL, iter(())))
    except Unreadable:
        return None
    return groups[0] if [group.elements[0].tag for group in groups] == ["Header"] else None


def _pieces(head: bytes, rest: bytes, chunks: Iterator[bytes]) -> Iterator[Group]:
    parser, lines = etree.XMLParser(**SAFELY), 0
    while len(rest) <= LONGEST_RECORD:
        end = rest.rfind(PERSON_ENDS) + len(PERSON_ENDS)
        if end >= len(PERSON_ENDS):
            group = _group(head, rest[:end], lines, parser)
            if group is None:
                break
            yield group
            lines += rest.count(b"\n", 0, end)
            rest = rest[end:]
        chunk = next(chunks, b"")
        if not chunk:
            break
        rest += chunk
    if not LAST.fullmatch(rest):
        yield from _from_here(head + b"\n" * lines, chain((rest,), chunks))


def _group(head: bytes, piece: bytes, lines: int, parser: etree.XMLParser) -> Group | None:
    """The people of one piece; None where it is not a piece of whole persons and nothing else."""
    try:
        root = etree.fromstring(head + piece + TAIL, parser)
    except etree.XMLSyntaxError:
        return None
    if [child.tag for child in root] != WHOLE:
        return None
    elements = list(root[1])
    begun, ended = piece.count(b"<Person>"), piece.count(PERSON_ENDS)
    if not (begun == ended == len(elements)) or any(one.tag != "Person" for one in elements):
        return None
    return Group(elements, lines, root[1])


def _from_here(first: bytes, rest: Iterator[bytes]) -> Iterator[Group]:
    """The stream's parser sees the head again, and as many empty lines as it missed."""
    for group in push(first, rest):
        group.elements = [one for one in group.elements if one.tag == "Person"]
        if group.elements:
            yield group
