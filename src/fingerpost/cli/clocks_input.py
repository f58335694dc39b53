# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the cases of `fingerpost clocks` come from: a file or standard input, one document or JSON lines."""

import itertools
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from fingerpost.cli import clocks_repeats
from fingerpost.cli.errors import Unusable

_CHUNK = (
    1 << 15
)  # bytes of lines answered together: enough to be quick, few enough to stay in the processor's cache
_MARK = b"\xef\xbb\xbf"  # some editors put this in front of a file


@dataclass(frozen=True, slots=True)
class Whole:
    """The input was one document: an object or a list."""

    value: object


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """The input as a stream of bytes."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb", buffering=_CHUNK)
    except OSError as problem:
        raise Unusable(
            f"{name}: cannot be read ({problem.strerror}); give a file of cases, or -"
        ) from problem


def read(stream: BinaryIO, name: str) -> Whole | Iterator[list[bytes]]:
    """One document, or chunks of lines; refuses what holds no case at all."""
    head = _until_written(stream)
    if not head:
        raise Unusable(f"{name}: holds nothing; give a case, a list of cases or JSON lines")
    head[0] = head[0].removeprefix(_MARK)
    if _opens_a_document(head[-1]):
        text = b"".join(head) + stream.read()
        value = _document(text, name)
        return Whole(value) if value is not None else _lines(text.splitlines(keepends=True), name)
    more = _until_written(stream)
    if more:
        return _lines(itertools.chain(head, more, stream), name)
    value = _document(head[-1], name)
    if value is None:
        raise _no_case(name)
    return Whole(value)


def _until_written(stream: BinaryIO) -> list[bytes]:
    """Lines up to and with the next one that is not blank; blank ones are kept, so that lines keep their numbers."""
    passed: list[bytes] = []
    for line in stream:
        passed.append(line)
        if line.removeprefix(_MARK).strip():
            return passed
    return []


def _opens_a_document(line: bytes) -> bool:
    """A first line such as `{` or `[{` of a document written over several lines."""
    text = line.strip()
    return text[:1] in (b"{", b"[") and text[-1:] not in (b"}", b"]")


def _document(text: bytes, name: str) -> object | None:
    value = _parsed(text)
    if value is not None:
        try:
            clocks_repeats.refuse(text, value)
        except clocks_repeats.Repeated as problem:
            raise Unusable(f"{name}: {problem}") from problem
    return value


def _parsed(text: bytes) -> object | None:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict | list) else None


def _lines(lines: Iterable[bytes], name: str) -> Iterator[list[bytes]]:
    """Chunks of lines. The first chunk must hold at least one readable case, or the file is something else."""
    chunks = _chunks(lines)
    first = next(chunks)
    if all(_parsed(line) is None for line in first):
        raise _no_case(name)
    return itertools.chain((first,), chunks)


def _no_case(name: str) -> Unusable:
    return Unusable(
        f"{name}: no JSON object found in it; write each case as {{'events': {{...}}, 'facts': {{...}}}}"
    )


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
