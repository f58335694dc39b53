# SPDX-License-Identifier: Apache-2.0
"""Messages between the command and the reading process: a count, then lengths and bytes. Nothing is ever unpickled."""

import struct
from collections.abc import Sequence
from typing import IO

_COUNT = struct.Struct(">I")
_LENGTH = struct.Struct(">Q")


def put(sink: IO[bytes], parts: Sequence[bytes]) -> None:
    """Send one message."""
    sink.write(_COUNT.pack(len(parts)))
    for part in parts:
        sink.write(_LENGTH.pack(len(part)))
        sink.write(part)
    sink.flush()


def take(source: IO[bytes]) -> list[bytes] | None:
    """The next message, or None when the other side has gone."""
    head = source.read(_COUNT.size)
    if len(head) < _COUNT.size:
        return None
    parts = []
    for _ in range(_COUNT.unpack(head)[0]):
        length = _LENGTH.unpack(_exactly(source, _LENGTH.size))[0]
        parts.append(_exactly(source, length))
    return parts


def _exactly(source: IO[bytes], length: int) -> bytes:
    content = source.read(length)
    if len(content) < length:
        raise EOFError("the other side has gone")
    return content
