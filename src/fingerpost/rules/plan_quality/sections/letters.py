# SPDX-License-Identifier: Apache-2.0
"""The letter a line begins or ends with. One alone proves nothing; six in the order of the alphabet open sections."""

import re
from functools import lru_cache

from fingerpost.rules.plan_quality.sections import headings, names

_L = headings.LETTER
_WORD = r"(?:(?:sections?|sect?\.?|parts?)\s+)"
_LINE = re.compile(
    rf"^(?:{_WORD}?({_L})(?:\s*[|.:)*/\u2013\u2014-]\s*(.*)|\s+([A-Z][A-Z ,&/'()-]{{3,}}.*))?"
    rf"|[(\[]({_L})[)\]](?:\s+(.*))?)$",
    re.IGNORECASE,
)
# "H1 Short breaks" and "K Mum, 2 June"; A and I are words of their own.
_SPACED = re.compile(r"^(H[12]|[B-HJK])\s+\S")
_LAST = re.compile(rf"^.{{4,90}}?\s*[(\[](?:{_WORD})?({_L})[)\]]\s*:?$", re.IGNORECASE)
_TITLE = 90
# So much of a line tells whether it begins with a letter.
_HEAD = 200


@lru_cache(maxsize=2_000)
def of_line(line: str) -> str | None:
    """The letter that stands before a line's words, as in "H1", "A | All about me" or "B  NEEDS"."""
    mark = _LINE.match(headings.plain(line[:_HEAD]))
    if mark is None:
        return None
    letter = mark[1] or mark[4]
    return _clean(letter) if letter[0].isupper() else None


@lru_cache(maxsize=2_000)
def in_row(line: str) -> str | None:
    """The letter, or the letter of the title, that may open a section where others in order do the same."""
    if found := of_line(line):
        return found
    mark = _SPACED.match(line) or (_LAST.match(line) if len(line) <= _TITLE + 20 else None)
    if mark:
        return _clean(mark[1])
    named = names.named(line) if len(line) <= _TITLE and not line.endswith(".") else None
    return named if named in names.LETTERS else None


@lru_cache(maxsize=2_000)
def title_only(line: str) -> bool:
    """Whether such a line is a heading by itself, and not the first line of a wrapped paragraph."""
    if len(line) > _HEAD:
        return False
    mark = _LINE.match(headings.plain(line))
    rest = (mark[2] or mark[3] or mark[5] or "") if mark else ""
    return not rest or rest.isupper() or names.named(rest) is not None


def _clean(letter: str) -> str:
    found = re.sub(r"\s", "", letter).upper()
    return "H1" if found == "H" else found
