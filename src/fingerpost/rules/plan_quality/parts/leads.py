# SPDX-License-Identifier: Apache-2.0
"""The few words that head a need or a line, as in the heading "Memory" or the opening "Anxiety."; the same
words in B and F belong together."""

import re

from fingerpost.rules.plan_quality.parts.model import Sentence

_LABEL = re.compile(
    r"^\W*(?:for\s+|need\s+|[A-H]?\.?\s?\(?\d{1,2}(?:\.\d{1,2})?\)?[.:)]?)*\W*|\W+$", re.IGNORECASE
)
_LONGEST = 90
_MOST = 6
_OPENING = 4


def lead(first: Sentence) -> str:
    """The lead of a block, in lower case without its label, or nothing."""
    if len(first.text) > _LONGEST:
        return ""
    text = first.text.strip()
    words = _LABEL.sub("", text).lower()
    most = _MOST if first.kind == "heading" else _OPENING
    headed = first.kind == "heading" or text.rstrip("*_").endswith((".", ":"))
    return words if headed and 0 < len(words.split()) <= most and not words.startswith("none") else ""
