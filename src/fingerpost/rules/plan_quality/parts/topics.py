# SPDX-License-Identifier: Apache-2.0
"""What a sentence is about, in the broad words of need; used to suggest links, never to prove them."""

import re
from functools import cache, lru_cache

from fingerpost.rules.plan_quality.parts import words

_WORD = re.compile(r"[a-z]{3,}")
_ENDINGS = (
    "ingly",
    "ation",
    "ments",
    "ment",
    "ness",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "er",
    "s",
    "y",
    "e",
)


@cache
def _dull() -> frozenset[str]:
    """Words that stand in any plan and tell nothing."""
    return words.listed("dull")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that "reading" meets "reads"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)])
    return word


@cache
def _named() -> frozenset[str]:
    """First names: two sentences about the same child are not about the same thing."""
    return frozenset(words.data("names")["names"].split())


def _undoubled(word: str) -> str:
    """One letter for two at the end, so that "swimmer" meets "swim"."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


@cache
def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for topic, listed in words.data("topics").items():
        for word in listed.replace("-", " ").split():
            found.setdefault(stem(word), set()).add(topic)
    return {word: frozenset(topics) for word, topics in found.items()}


def of(lower: str) -> frozenset[str]:
    """The topics that the words touch."""
    table = _by_stem()
    found: set[str] = set()
    for word in _WORD.findall(lower):
        found |= table.get(stem(word), frozenset())
    return frozenset(found)


def first(lower: str) -> frozenset[str]:
    """The topics of the first telling word: what a statement of need is mainly about."""
    table = _by_stem()
    return next((found for word in _WORD.findall(lower) if (found := table.get(stem(word)))), frozenset())


def stems(lower: str) -> frozenset[str]:
    """The telling words, without their endings."""
    return frozenset(
        stem(word) for word in _WORD.findall(lower) if word not in _dull() and word not in _named()
    )
