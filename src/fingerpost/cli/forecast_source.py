# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads and checks a scenario file before the engine is loaded, so that a bad file is refused at once."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fingerpost.cli.errors import Unusable
from fingerpost.rules.forecast import reading, variants


def text(name: str) -> str:
    """The text of a file, or of standard input for `-`."""
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except OSError as problem:
        raise Unusable(f"{name}: cannot be read ({problem.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise Unusable(f"{name}: is not UTF-8 text; save it as UTF-8") from None


def tables(name: str) -> dict[str, Any]:
    """The tables of a scenario file."""
    return reading.parse(text(name))


def check(names: Iterable[str]) -> None:
    """Refuse a bad scenario now; what can be read only once (standard input, a pipe) is checked when it is used."""
    for name in names:
        if name != "-" and (Path(name).is_file() or not Path(name).exists()):
            variants.variants(tables(name))
