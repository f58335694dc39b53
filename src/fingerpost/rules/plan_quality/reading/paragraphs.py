# SPDX-License-Identifier: Apache-2.0
"""Joins the lines of a printed page into paragraphs; headings, bullets and fields stay on their own."""

import re

from fingerpost.rules.plan_quality.document import Manuscript
from fingerpost.rules.plan_quality.sections import headings, letters

_BULLET = re.compile(r"^(?:[-*\u2022\u25cf\u25aa\u2013\uf0b7o]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_LABEL = re.compile(
    r"^(?:[BCDEFK]\.?\s?\d{1,2}\b|need \d|outcome \d|[A-Z][\w /'()]{1,30}:(?:\s|$))", re.IGNORECASE
)
_DONE = re.compile(r"[.!?:;][\"')\]\u201d]*$")


class Paragraphs:
    """Takes lines one by one."""

    def __init__(self, out: Manuscript) -> None:
        self._out = out
        self._pending: list[str] = []
        self._kind = "paragraph"
        self._page = 0

    def take(self, line: str, page: int) -> None:
        """The next line of the text."""
        shape = headings.shape(line, styled=False)
        if shape is not None:
            self.close()
            self._out.add(line, "heading", level=1, page=page)
        elif letters.of_line(line) is not None and letters.title_only(line):
            self.close()
            self._out.add(line, page=page)
        elif _BULLET.match(line):
            self._begin(line, "bullet", page)
        elif not self._pending or self._new(line):
            self._begin(line, "paragraph", page)
        else:
            self._pending.append(line)

    def aside(self, line: str, kind: str, page: int) -> None:
        """A running head or foot; the paragraph around it goes on."""
        self._out.add(line, kind, page=page) if not self._pending else self._hold(line, kind, page)

    def close(self) -> None:
        """End the paragraph that is open."""
        words = ""
        for line in self._pending:
            cut = re.search(r"[a-z]-$", words) and re.match(r"[a-z]", line)
            words = words[:-1] + line if cut else f"{words} {line}"
        self._out.add(words, self._kind, page=self._page)
        self._pending = []

    def _begin(self, line: str, kind: str, page: int) -> None:
        self.close()
        self._pending, self._kind, self._page = (
            [re.sub(r"^[-*\u2022\u25cf\u25aa\uf0b7o]\s+", "", line)],
            kind,
            page,
        )

    def _new(self, line: str) -> bool:
        before = self._pending[-1]
        if _LABEL.match(line) or letters.of_line(line) is not None:
            return True
        return bool(_DONE.search(before)) and len(before) < 0.75 * max(
            len(one) for one in (*self._pending, line)
        )

    def _hold(self, line: str, kind: str, page: int) -> None:
        pending, place, number = self._pending, self._kind, self._page
        self._pending = []
        self._out.add(line, kind, page=page)
        self._pending, self._kind, self._page = pending, place, number
