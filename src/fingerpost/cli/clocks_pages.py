# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the law pages of the documents for `fingerpost clocks --write-law-pages`."""

import sys
from pathlib import Path

from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import law_pages


def write(folder: str) -> int:
    """One file a group, an index and the drawing of the states."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, text in law_pages.pages():
            (Path(folder) / name).write_text(text, "utf-8")
            print(f"wrote {name}", file=sys.stderr)
    except OSError as problem:
        raise Unusable(f"{folder}: the law pages cannot be written there ({problem.strerror})") from problem
    return 0
