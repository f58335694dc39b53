# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes of a return, packed small to be kept, and unpacked in parts to be shown again."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from fingerpost.records.returns.models import PreparedReturn

PART = 1 << 20


class Damaged(Exception):
    """What was kept is not what was made."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept file: a name to save it under, its fingerprint, and its bytes in parts."""

    name: str
    fingerprint: str
    size: int
    parts: Iterator[bytes]


def pack(file: IO[bytes]) -> bytes:
    """About a tenth of the size."""
    packing = zlib.compressobj()
    file.seek(0)
    packed = [packing.compress(part) for part in iter(lambda: file.read(PART), b"")]
    return b"".join((*packed, packing.flush()))


def unpack(packed: bytes) -> Iterator[bytes]:
    """Never more than a part at a time."""
    unpacking = zlib.decompressobj()
    waiting = packed
    while waiting:
        part = unpacking.decompress(waiting, PART)
        if part:
            yield part
        waiting = unpacking.unconsumed_tail
    yield unpacking.flush()


def opened(prepared: PreparedReturn, packed: bytes) -> Opened:
    """Held against the fingerprint before a byte of it is shown."""
    digest = hashlib.sha256()
    for part in unpack(packed):
        digest.update(part)
    if digest.hexdigest() != prepared.fingerprint:
        raise Damaged(
            f"the file kept of the return of {prepared.year}, serial {prepared.serial}, was changed."
        )
    la = prepared.area.la_number
    name = f"sen2-{la}-{prepared.year}-{prepared.serial}.xml"
    return Opened(name, prepared.fingerprint, prepared.bytes, unpack(packed))
