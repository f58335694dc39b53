# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens the files that `fingerpost plan` is given: plans, folders of plans, records in JSON."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.reading import limits

SUFFIXES = frozenset({".docx", ".docm", ".pdf", ".md", ".txt", ".json"})


def files(named: Sequence[str]) -> list[str]:
    """The files to read; a folder stands for the plans in it."""
    found: list[str] = []
    for name in named:
        path = Path(name)
        if name != "-" and path.is_dir():
            found += sorted(str(one) for one in path.iterdir() if one.suffix.lower() in SUFFIXES)
        else:
            found.append(name)
    if not found:
        raise Unusable(
            f"{', '.join(named)}: no plan in this folder. Give .docx, .pdf, .md, .txt or .json files."
        )
    return found


def content(name: str) -> bytes:
    """The bytes of one file."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limits.FILE_BYTES + 1)
        if Path(name).stat().st_size > limits.FILE_BYTES:
            raise Unusable(f"{name}: larger than {limits.FILE_BYTES:,} bytes. Send the plan alone.")
        return Path(name).read_bytes()
    except OSError as problem:
        raise Unusable(
            f"{name}: cannot be opened ({problem.strerror}). Check the name and your rights."
        ) from problem


def parsed(name: str, what: str) -> Any:
    """A JSON file; `what` says in the error what it should have been."""
    try:
        return json.loads(content(name))
    except ValueError as problem:
        raise Unusable(f"{name}: {what} is not JSON. docs/how-to/plan-check.md shows its form.") from problem


def record(name: str, what: str) -> dict[str, Any]:
    """A JSON file that holds one object."""
    said = parsed(name, what)
    if not isinstance(said, dict):
        raise Unusable(f"{name}: {what} must be one JSON object. docs/how-to/plan-check.md shows its form.")
    return said
