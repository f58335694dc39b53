# SPDX-License-Identifier: AGPL-3.0-or-later
"""First pass over a return: the whole file is read and understood before anything is written."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import Header

CHUNK = 1 << 20
Progress = Callable[[str, int, int], None]  # what is being done, how many persons, of how many (0: not known)


def quiet(_doing: str, _done: int, _total: int) -> None:
    """For callers who need no progress."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file is."""

    header: Header
    fingerprint: str
    bytes: int
    persons: int


def survey(path: Path, *, progress: Progress = quiet) -> Survey:
    """Raises reader.Unreadable at the first thing that cannot be mapped safely."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
        size = stream.tell()
        stream.seek(0)
        header, persons = reader.read(stream)
        count = 0
        for count, _person in enumerate(persons, start=1):
            if not count % 500:
                progress("reading", count, 0)
    return Survey(header, digest.hexdigest(), size, count)
