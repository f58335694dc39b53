# SPDX-License-Identifier: Apache-2.0
"""Cuts blocks into sentences with their places, keeping abbreviations and figures whole."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"[.!?]+[\"')\]\u201d]*\s+(?=[\"'(\[\u201c]?[A-Z0-9]|\((?:[ivx]{1,4}|[a-h])\) )|;\s+(?=[A-Z])"
)
# No sentence of a plan is so long; every check looks at sentences, so this bounds the time of each.
_LONGEST = 3_000
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|prof|no|vs|approx|st|inc|ref|para|mins?|hrs?|dept|yr|fig|p|pp|reg|s)|\b[A-Za-z]|^\s*\w{1,3})\.$",
    re.IGNORECASE,
)


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences between two offsets; one without end is cut at a space."""
    at = start
    for mark in _END.finditer(text, start, end):
        short = text[max(at, mark.start() - 7) : mark.start() + 1]
        if text[mark.start()] == "." and _ABBREVIATION.search(short):
            continue
        yield from _bounded(text, at, mark.start() + len(mark[0].rstrip()))
        at = mark.end()
    if at < end:
        yield from _bounded(text, at, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > start else start + _LONGEST
        yield start, stop
        start = stop + (space > start)
    if start < end:
        yield start, end
