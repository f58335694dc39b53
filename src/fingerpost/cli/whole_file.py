# SPDX-License-Identifier: AGPL-3.0-or-later
"""A place that takes a whole file or nothing, and for the eyes of its owner only."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fingerpost.cli.errors import Unusable


@dataclass(slots=True)
class Target:
    """Where the bytes go, and the name the file gets in the end; `-` is standard output."""

    out: IO[bytes]
    name: str


@contextmanager
def target(name: str | None) -> Iterator[Target]:
    """Whether it can be written is known before any work is done; without a name, whoever fills it gives one."""
    if name == "-":
        yield Target(sys.stdout.buffer, "-")
        return
    folder = Path(name or ".").parent
    with _aside(folder, name or str(folder.absolute())) as out:
        held = Target(out, name or "")
        try:
            yield held
            Path(out.name).replace(held.name)
        finally:
            Path(out.name).unlink(missing_ok=True)


def _aside(folder: Path, where: str) -> IO[bytes]:
    try:
        return tempfile.NamedTemporaryFile(dir=folder, prefix=".fingerpost-", delete=False)
    except OSError as problem:
        raise Unusable(
            f"{where}: cannot be written ({problem.strerror}); give a file in a folder you may write to"
        ) from None
