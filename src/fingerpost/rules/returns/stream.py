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
from fingerpost.rules.returns.unreadable import AGAIN, Unreadable, short
from fingerpost.rules.returns.walk import Walk, check_root

LONGEST_RECORD = 8 * 1024 * 1024  # a person takes about two kilobytes; nothing honest comes near this


def _events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Any]]:
    return parser.read_events()


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


def _groups(first: bytes, rest: Iterator[bytes]) -> Iterator[Parsed]:
    opening: etree.XMLPullParser | None = _parser("start")
    parser = _parser("start", "end", tag=("Message", "Header", "Persons", "Person"))
    walk, since, ended = Walk(), -len(first), False
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
        check_root(root)
        return True
    return False


def _too_long(walk: Walk) -> str:
    where = f"after line {walk.line}" if walk.line else "at the start"
    return f"{where}: more than {LONGEST_RECORD >> 20} MB without a whole record; no person is that long. {AGAIN}"
