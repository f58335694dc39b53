# SPDX-License-Identifier: Apache-2.0
"""Says whether a line has the shape of a section heading, and which sections it opens."""

import re
from dataclasses import dataclass
from functools import lru_cache

from fingerpost.rules.plan_quality.sections import names

LETTER = r"(?:H\s?[12]|[A-K])"
_LABELLED = re.compile(
    r"^(?:\d{1,2}[.):]?\s*)?(?:EHC\s?P(?:lan)?\s+)?(?:sections?|sect?\.?"
    rf"|parts?)\s*[:\-]?\s*[\"'(]?({LETTER}(?:(?:\s*(?:,|/|&|and|to"
    rf"|-)\s*)+(?:sections? )?{LETTER})*)\b[)\"']?\s*(.*)$",
    re.IGNORECASE,
)
_LETTERED = re.compile(rf"^({LETTER})\s*[.:)\u2013\u2014-]\s*(.+)$")
_TRAILING = re.compile(
    rf"^(.{{4,90}}?)\s*[(\[]\s*(?:EHC\s?P?\s+)?(?:section|part)?\s*({LETTER})"
    rf"(?:[,:;] [^()]{{2,50}})?\s*[)\]](?:\s*:?|[,;:] .{{1,40}})$",
    re.IGNORECASE,
)
# "(A) Erin and her family", as a heading of its own.
_BRACKETED = re.compile(rf"^[(\[]({LETTER})[)\]]\s*(.*)$")
# Lines drawn round a heading, as in "=== A: VIEWS ===" or "* A * VIEWS".
_DRAWN = re.compile(r"^[=*~_#>\u2022\s]+|[=*~_#\s]+$")
_NUMBERED = re.compile(r"^(?:part\s+)?\d{1,2}(?:\.\d)?[.):\s]+\s*(.+)$", re.IGNORECASE)
_PROSE = re.compile(
    r"^(?:of|sets?|says?|is|are|was|were|below|above|and|describes?|shows?|must|will|in|for|lists?|has"
    r"|should|to|can|may|contains?|gives?|does|names?|records?|on|which|that|by|as)\b"
)
_CONTENTS = re.compile(r"(?:\.{3,}|\u2026|\t|\s{3,}|\s_{3,})\s*\d{1,3}$|(?<=[a-z)]) \d{1,3}$")


@dataclass(frozen=True, slots=True)
class Shape:
    """A heading's sections; strong when the letter itself is written."""

    sections: tuple[str, ...]
    strong: bool
    contents: bool = False


@lru_cache(maxsize=2_000)
def shape(line: str, *, styled: bool = False) -> Shape | None:
    """The heading that this line is, if it is one."""
    if not line or len(line) > 170:
        return None
    line = plain(line)
    return _labelled(line) or _lettered(line, styled) or _titled(line, styled)


def plain(line: str) -> str:
    """The line without what is drawn round it."""
    return _DRAWN.sub("", line)


def _labelled(line: str) -> Shape | None:
    mark = _LABELLED.match(line)
    if not mark:
        return None
    rest = mark[2].strip(" :.-\u2013\u2014")
    if _PROSE.match(rest) or (_ends(line) and len(rest) > 60 and names.named(rest) is None):
        return None
    if rest and mark[1].islower() and names.named(_without_page(rest)) is None:
        return None
    return Shape(_letters(mark[1], rest), True, bool(_CONTENTS.search(line)))


def _lettered(line: str, styled: bool) -> Shape | None:
    mark = _LETTERED.match(line)
    if mark and (styled or names.named(_without_page(mark[2]).strip())):
        return Shape(_letters(mark[1], mark[2]), True, bool(_CONTENTS.search(line)))
    if styled and (bracketed := _BRACKETED.match(line)):
        return Shape(_letters(bracketed[1], bracketed[2]), True, bool(_CONTENTS.search(line)))
    trailing = _TRAILING.match(line)
    if trailing and (styled or names.named(trailing[1]) or re.search(r"section|part", line, re.IGNORECASE)):
        return Shape(_letters(trailing[2], trailing[1]), True)
    return None


def _ends(line: str) -> bool:
    return line.rstrip().endswith((".", ";", ","))


def _titled(line: str, styled: bool) -> Shape | None:
    """A title without a letter counts when it is styled, numbered or in capitals, never in running text."""
    numbered = _NUMBERED.match(line)
    title = numbered[1] if numbered else line
    if not (styled or numbered or (line.isupper() and len(line) > 5)) or line.endswith((".", "?", "!")):
        return None
    found = names.named(_without_page(title).strip())
    return Shape((found,), False, bool(_CONTENTS.search(line))) if found else None


def _without_page(words: str) -> str:
    return _CONTENTS.sub("", words)


@lru_cache(maxsize=2_000)
def _letters(written: str, rest: str) -> tuple[str, ...]:
    bare = re.sub(r"sections?", "", written, flags=re.IGNORECASE)
    found = [re.sub(r"\s", "", letter).upper() for letter in re.findall(LETTER, bare, re.IGNORECASE)]
    if re.search(r"\b(?:to)\b|[A-K]\s*-\s*[A-K]", written) and len(found) == 2:
        found = _span(found[0], found[1])
    if found == ["H"]:
        found = [_which_h(rest)]
    return tuple(dict.fromkeys("H1" if letter == "H" else letter for letter in found))


def _span(first: str, last: str) -> list[str]:
    order = list(names.LETTERS)
    if first not in order or last not in order:
        return [first]
    return order[order.index(first) : order.index(last) + 1]


def _which_h(rest: str) -> str:
    return "H2" if names.named(rest) == "H2" and "other" in rest.lower() else "H1"
