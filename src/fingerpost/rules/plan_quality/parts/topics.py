# SPDX-License-Identifier: Apache-2.0
"""What a sentence is about, in the broad words of need; used to suggest links, never to prove them."""

import re
from functools import cache

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
_DULL = frozenset(
    [
        "will",
        "with",
        "from",
        "that",
        "this",
        "have",
        "been",
        "their",
        "them",
        "they",
        "when",
        "each",
        "week",
        "weeks",
        "minute",
        "minutes",
        "hour",
        "hours",
        "times",
        "time",
        "term",
        "year",
        "school",
        "which",
        "what",
        "into",
        "more",
        "than",
        "also",
        "other",
        "and",
        "for",
        "the",
        "his",
        "her",
        "she",
        "has",
        "had",
        "are",
        "was",
        "were",
        "not",
        "can",
        "cannot",
        "able",
        "need",
        "needs",
        "difficulty",
        "difficulties",
        "support",
        "provision",
        "help",
        "staff",
        "adult",
        "adults",
        "teacher",
        "teaching",
        "assistant",
        "class",
        "lesson",
        "lessons",
        "day",
        "days",
        "child",
        "young",
        "person",
        "every",
        "receive",
        "provided",
        "use",
        "using",
        "used",
        "one",
        "two",
        "three",
        "because",
        "very",
        "all",
        "any",
        "out",
        "both",
        "own",
        "same",
        "about",
        "make",
        "made",
        "get",
        "given",
        "zayn",
        "erin",
        "finds",
        "find",
        "hard",
        "difficult",
        "significant",
        "significantly",
        "level",
        "skills",
        "skill",
        "well",
        "work",
        "works",
        "area",
        "areas",
        "including",
        "within",
        "through",
    ]
)


@cache
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
        stem(word) for word in _WORD.findall(lower) if word not in _DULL and word not in _named()
    )
