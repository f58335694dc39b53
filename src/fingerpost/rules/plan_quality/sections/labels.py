# SPDX-License-Identifier: Apache-2.0
"""Labels inside tables and blocks, such as "Outcome" or "Provision", that say which section a cell belongs to."""

import re
from functools import lru_cache

from fingerpost.rules.plan_quality.sections import headings, names

_LABELS = (
    (
        "E",
        re.compile(
            r"(?:long[- ]term |short[- ]term |agreed |intended )?outcomes?(?: sought| \d+)?|what we want "
            r"to achieve|targets?"
        ),
    ),
    (
        "B",
        re.compile(
            r"(?:sen|special educational|identified|area of|summary of)?\s*needs?(?: \d+)?|strengths(?: "
            r"and needs)?|barriers?|difficult(?:y|ies)"
        ),
    ),
    (
        "F",
        re.compile(
            r"(?:sen|special educational|educational)?\s*provision(?: \d+)?|what will (?:happen|be "
            r"provided)|(?:support|help)(?: to be provided)?|provision required|how .{0,30}met"
        ),
    ),
)


@lru_cache(maxsize=2_000)
def of_cell(words: str) -> str | None:
    """The section that a head or label cell names."""
    if len(words) > 90:
        return None
    if letter := lettered(words):
        return letter
    plain = re.sub(r"\s*\([^)]*\)\s*|[:*]", " ", words.lower()).strip()
    return next((section for section, label in _LABELS if label.fullmatch(plain)), None) or _named(plain)


def _named(plain: str) -> str | None:
    found = names.named(plain)
    return found if found in {"B", "C", "D", "E", "F", "G", "H1", "H2"} else None


@lru_cache(maxsize=2_000)
def lettered(words: str) -> str | None:
    """The section whose letter the cell itself writes."""
    found = headings.shape(words) if len(words) <= 90 else None
    if found and found.strong and len(found.sections) == 1:
        return found.sections[0]
    return _letter_before(words) or _letter_in(words)


def _letter_before(words: str) -> str | None:
    """ "B. Need" or "F: Who" in the head of a table."""
    mark = re.match(r"(?:([A-K]|H[12])[.:)] \w|([B-HJK]|H[12]) [A-Z])", words)
    return (mark[1] or mark[2]) if mark and len(words) < 40 else None


def _letter_in(words: str) -> str | None:
    mark = re.search(r"\(?\bsection ([A-K]|H[12])\b\)?\s*$", words, re.IGNORECASE)
    return mark[1].upper() if mark else None
