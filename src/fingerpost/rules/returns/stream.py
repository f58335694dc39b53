# SPDX-License-Identifier: Apache-2.0
"""Takes a SEN2 return apart as it streams past: the header, then the people, a few dozen at a time, in constant memory.

Anything that is not a plain, whole SEN2 document ends in `Unreadable`, one line: what, where, why, what to do.
What opens a return (opening.py) comes here for all that it cannot read faster.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Literal

from lxml import etree

from fingerpost.rules.returns.groups import SAFELY, Parsed
from fingerpost.rules.returns.places import line_of, named

LONGEST_RECORD = 8 * 1024 * 1024  # a person takes about two kilobytes; nothing honest comes near this
AGAIN = "Make the return again in the system that wrote it."
DOCTYPE = f"the file carries a DOCTYPE, which a SEN2 return never does; it is refused. {AGAIN}"
OTHER_FILES = {
    b"\x1f\x8b": ("a gzip archive", "Unpack it and give the XML file inside."),
    b"PK\x03\x04": ("a zip archive or an Excel workbook", "Give the XML file that is uploaded to COLLECT."),
    b"%PDF": ("a PDF document", "Give the XML file that is uploaded to COLLECT."),
    b"\xd0\xcf\x11\xe0": ("an old Office document", "Give the XML file that is uploaded to COLLECT."),
}
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")


class Unreadable(Exception):
    """The file cannot be read as a SEN2 return."""


def short(text: object, limit: int = 60) -> str:
    """A piece of the file in a message: on one line and never long."""
    line = " ".join(str(text).split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Any]]:
    return parser.read_events()


def quoted(text: str | None) -> str:
    """A value of the file in a message, or that there is none."""
    return "missing" if not text else f"'{short(text, 20)}'"


def push(first: bytes, rest: Iterator[bytes]) -> Iterator[Parsed]:
    """Each group as soon as it is complete; the header leads the first. For a document that begins with `first`."""
    try:
        yield from _groups(first, rest)
    except etree.XMLSyntaxError as problem:
        raise Unreadable(_broken(problem)) from None
    except (LookupError, UnicodeError) as problem:
        raise Unreadable(f"the encoding of the file cannot be used: {short(problem)}. {AGAIN}") from None


def _logged(parser: etree.XMLPullParser, problem: etree.XMLSyntaxError) -> str:
    """The first fault in the parser's own log, where the one raised at the end says nothing."""
    first = next(iter(parser.feed_error_log), None)
    if first is None:
        return _broken(problem)
    return f"line {first.line}: not well-formed XML ({short(first.message, 160)}). {AGAIN}"


def _broken(problem: etree.XMLSyntaxError) -> str:
    return f"line {problem.lineno}: not well-formed XML ({short(problem.msg, 160)}). {AGAIN}"


def _parser(*events: Literal["start", "end"], tag: tuple[str, ...] | None = None) -> etree.XMLPullParser:
    return etree.XMLPullParser(events=events, tag=tag, **SAFELY)


def sniff(start: bytes) -> None:
    """Say plainly what the file is when it is something else."""
    if not start.strip():
        raise Unreadable("the file is empty. Was the export finished?")
    for magic, (what, remedy) in OTHER_FILES.items():
        if start.startswith(magic):
            raise Unreadable(f"this is {what}, not a SEN2 return in XML. {remedy}")
    if start.startswith(WIDE):
        return
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise Unreadable("this is a web page, not a SEN2 return in XML. Download the file itself.")
    if b"<!DOCTYPE" in start:
        raise Unreadable(DOCTYPE)
    if not text.startswith(b"<"):
        raise Unreadable("this is not XML: it does not start with '<'. Give the XML file of the return.")


def _check_root(root: etree._Element) -> None:
    _refuse_dtd(root)
    if named(root) != "Message":
        raise Unreadable(f"the document is a <{short(named(root))}>, not the <Message> of a SEN2 return.")
    if root.tag != "Message":
        space = short(root.nsmap[root.prefix])
        raise Unreadable(f"<Message> stands in a namespace ({space}); a SEN2 return has none.")


def _refuse_dtd(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            f"the file carries a DOCTYPE, which a SEN2 return never does; it is refused. {AGAIN}"
        )


def _groups(first: bytes, rest: Iterator[bytes]) -> Iterator[Parsed]:
    opening: etree.XMLPullParser | None = _parser("start")
    parser = _parser("start", "end", tag=("Message", "Header", "Persons", "Person"))
    walk, since, ended = _Walk(), -len(first), False
    for chunk in chain((first,), rest):
        if opening is not None and _root_seen(opening, chunk):
            opening = None
        parser.feed(chunk)
        since += len(chunk)
        group = walk.through(_events(parser))
        if group:
            since = 0
            yield Parsed(group)
        if since > LONGEST_RECORD:
            raise Unreadable(_too_long(walk))
        ended = b"</Message>" in chunk[-99:]
    _close(parser, ended)
    walk.finish()


def _close(parser: etree.XMLPullParser, ended: bool) -> None:
    """What only the end of the file shows: that the document was not finished."""
    try:
        parser.close()
    except etree.XMLSyntaxError as problem:
        if ended:
            raise Unreadable(_logged(parser, problem)) from None
        raise Unreadable(
            f"line {problem.lineno}: the file stops in the middle of the document. {AGAIN}"
        ) from None


def _root_seen(opening: etree.XMLPullParser, chunk: bytes) -> bool:
    opening.feed(chunk)
    for _, root in _events(opening):
        _check_root(root)
        return True
    return False


def _too_long(walk: "_Walk") -> str:
    where = f"after line {walk.line}" if walk.line else "at the start"
    return f"{where}: more than {LONGEST_RECORD >> 20} MB without a whole record; no person is that long. {AGAIN}"


class _Walk:
    """Where we are in the document; refuses anything that is not Header, then Persons of Person."""

    def __init__(self) -> None:
        self.root: etree._Element | None = None
        self.header: etree._Element | None = None
        self.persons: etree._Element | None = None
        self.line = 0

    def through(self, events: Iterator[tuple[str, etree._Element]]) -> list[etree._Element]:
        """What these events complete; people are taken out of the tree, so that it never grows."""
        group = []
        for event, element in events:
            if self.take(event, element):
                group.append(element)
                if self.persons is not None:
                    self.persons.remove(element)
        return group

    def take(self, event: str, element: etree._Element) -> bool:
        """True for a whole Header or Person."""
        name = element.tag
        if event == "start":
            self._open(str(name), element)
            return False
        self.line = line_of(element)
        if name == "Person":
            return self._person(element)
        return name == "Header"

    def _open(self, name: str, element: etree._Element) -> None:
        parent = element.getparent()
        if name == "Person" and parent is not None and parent is self.persons:
            return
        if name == "Message" and parent is None:
            self.root = element
        elif name == "Header" and parent is self.root and self.header is None and self.persons is None:
            self.header = element
        elif name == "Persons" and parent is self.root and self.persons is None:
            self._open_persons(element)
        else:
            raise Unreadable(f"line {line_of(element)}: {_misplaced(name, self)} {AGAIN}")

    def _open_persons(self, element: etree._Element) -> None:
        if self.header is None:
            raise Unreadable(f"line {line_of(element)}: <Persons> comes before any <Header>. {AGAIN}")
        self.persons = element

    def _person(self, element: etree._Element) -> bool:
        stray = element.getprevious()
        if stray is not None:
            raise Unreadable(_stray(stray, "Persons"))
        return True

    def finish(self) -> None:
        """After the last byte: nothing missing, nothing left over."""
        if self.root is None or self.header is None:
            raise Unreadable(f"the document has no <Header>. {AGAIN}")
        if self.persons is None:
            raise Unreadable(f"the document has no <Persons>. {AGAIN}")
        for child in (*self.root, *self.persons):
            if child is not self.header and child is not self.persons:
                raise Unreadable(_stray(child, "Message"))


def _stray(element: etree._Element, parent: str) -> str:
    name = short(named(element))
    return f"line {line_of(element)}: <{name}> does not belong in <{parent}>. {AGAIN}"


def _misplaced(name: str, walk: _Walk) -> str:
    if name == "Header" and walk.header is not None:
        return "a second <Header>; a return has one, before <Persons>."
    return f"<{name}> stands in the wrong place."
