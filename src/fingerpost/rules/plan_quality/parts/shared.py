# SPDX-License-Identifier: Apache-2.0
"""Fingerprints of long sentences, so that two plans can be held together without either's words."""

import hashlib
import re
from collections.abc import Iterable

SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J")
LONG = 25
_WORD = re.compile(r"[a-z0-9']+")


def long(lower: str) -> bool:
    """Whether a sentence is too long to be the same by chance."""
    return len(_WORD.findall(lower)) > LONG


def mark(lower: str) -> str:
    """The fingerprint of a sentence, punctuation and spaces aside."""
    return hashlib.sha256(" ".join(_WORD.findall(lower)).encode()).hexdigest()[:24]


def marks(sentences: Iterable[str]) -> frozenset[str]:
    """Fingerprints of the long sentences of a plan."""
    return frozenset(mark(one) for one in sentences if long(one))
