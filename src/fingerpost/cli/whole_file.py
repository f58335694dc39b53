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
    if name is not None and Path(name).is_dir():
        raise Unusable(f"{name}: is a folder; give the name of a file")
    folder = Path(name or ".").parent
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".fingerpost-", delete=False) as out:
            yield from _filled(Target(out, name or ""))
    except OSError as problem:
        raise Unusable(
            f"{name or folder.absolute()}: cannot be written ({problem.strerror}); "
            "give a file in a folder you may write to"
        ) from None


def _filled(held: Target) -> Iterator[Target]:
    """Under its own name once all of it is there; otherwise not at all."""
    aside = Path(held.out.name)
    try:
        yield held
        held.out.flush()
        aside.replace(held.name)
    finally:
        aside.unlink(missing_ok=True)
