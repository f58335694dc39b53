# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads lines with labelled faults, `[rule|words]`, and gives them back as plain words with the places of
the labels."""

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\[([A-Z]+[\d.]*\w*)\|(\[[^\]]*\]|[^\]]*)\]")
_SECTION = re.compile(r"^([A-K]|H[12]): ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a made-up plan: section, words, and the labelled words by rule."""

    section: str
    words: str
    labels: tuple[tuple[str, str], ...] = ()


def plain(marked: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words without labels, and the labels."""
    labels = tuple((mark[1], mark[2]) for mark in _MARK.finditer(marked))
    return _MARK.sub(r"\2", marked), labels


def lines(path: Path) -> list[Line]:
    """Every line of a file; the section stands in front, F if none."""
    found = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.strip() and not raw.startswith("#"):
            mark = _SECTION.match(raw)
            words, labels = plain(raw[mark.end() :] if mark else raw)
            found.append(Line(mark[1] if mark else "F", words, labels))
    return found
