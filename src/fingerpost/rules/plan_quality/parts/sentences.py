# SPDX-License-Identifier: Apache-2.0
"""Cuts blocks into sentences with their places, keeping abbreviations and figures whole."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"[.!?]+[\"')\]\u201d]*\s+(?=[\"'(\[\u201c]?[A-Z0-9]|\((?:[ivx]{1,4}|[a-h])\) )|;\s+(?=[A-Z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|prof|no|vs|approx|st|inc|ref|para|mins?|hrs?|dept|yr|fig|p|pp|reg|s)|\b[A-Za-z]|^\s*\w{1,3})\.$",
    re.IGNORECASE,
)


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences between two offsets."""
    at = start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        if text[mark.start()] == "." and _ABBREVIATION.search(
            text, max(at, mark.start() - 7), mark.start() + 1
        ):
            continue
        yield (
            at,
            len(text[:stop].rstrip()) if stop - mark.start() > 200 else mark.start() + len(mark[0].rstrip()),
        )
        at = stop
    if at < end:
        yield at, end
