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

from fingerpost.cli.errors import Unusable

_CHUNK = 1 << 19  # bytes of lines answered together: big enough to be quick, small enough to be constant
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
    first = _first_line(stream, name)
    if _opens_a_document(first):
        text = first + stream.read()
        value = _parsed(text)
        return Whole(value) if value is not None else _lines(text.splitlines(keepends=True), name)
    second = next((line for line in stream if line.strip()), None)
    if second is None:
        value = _parsed(first)
        if value is None:
            raise _no_case(name)
        return Whole(value)
    return _lines(itertools.chain((first, second), stream), name)


def _first_line(stream: BinaryIO, name: str) -> bytes:
    for line in stream:
        text = line.removeprefix(_MARK)
        if text.strip():
            return text
    raise Unusable(f"{name}: holds nothing; give a case, a list of cases or JSON lines")


def _opens_a_document(line: bytes) -> bool:
    """A first line such as `{` or `[{` of a document written over several lines."""
    text = line.strip()
    return text[:1] in (b"{", b"[") and text[-1:] not in (b"}", b"]")


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
