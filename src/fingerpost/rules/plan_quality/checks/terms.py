# SPDX-License-Identifier: Apache-2.0
"""Words of the trade: a short form or a term that a family cannot be expected to know, and nobody explains."""

import re
from collections.abc import Iterator
from functools import cache

from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.model import Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]{0,2}[A-Z][A-Z0-9]*(?:-\d)?s?\b|\bKS[1-4]\b")


@check("W9.3")
def unexplained_terms(study: Study) -> Iterator[Spot]:
    """A short form or term of the trade that the plan does not explain where it first stands."""
    seen: set[str] = set()
    for sentence in study.section(*_SECTIONS):
        for start, end, term in (*_short_forms(sentence), *_terms(sentence)):
            if term not in seen:
                seen.add(term)
                if not _explained(study, term):
                    yield Spot(start, end, why=_meaning(term))


def _short_forms(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Known short forms, and unknown ones in capitals unless the whole sentence shouts."""
    if not _SHORT.search(sentence.text):
        return
    shouts = sum(letter.isupper() for letter in sentence.text) > 0.4 * max(1, len(sentence.text))
    for mark in _SHORT.finditer(sentence.text):
        bare = mark[0].removesuffix("s")
        known = bare.upper() in _glossary()
        if known or (bare.isupper() and len(bare) < 7 and bare not in _everyday() and not shouts):
            yield sentence.start + mark.start(), sentence.start + mark.end(), bare.upper()


def _terms(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for mark in _long_terms().finditer(sentence.lower):
        yield sentence.start + mark.start(), sentence.start + mark.end(), mark[0]


def _explained(study: Study, term: str) -> bool:
    """Its meaning stands somewhere, or a bracket or a "that is" follows or holds it."""
    meaning = _glossary().get(term, "")
    if meaning and term.isupper() and meaning in study.lower:
        return True
    word = re.escape(term)
    shape = (
        rf"\({word}s?\)|\b{word}s? ?\([a-z]|\b{word}s?,? (?:that is|which (?:is|are|means)|means|meaning|or )"
    )
    return re.search(shape, study.text, re.IGNORECASE) is not None


def _meaning(term: str) -> str:
    meaning = words.data("glossary").get(term)
    return f"A parent or a new teacher may not know it. It stands for: {meaning}." if meaning else ""


@cache
def _everyday() -> frozenset[str]:
    return words.listed("everyday_short_forms")


@cache
def _glossary() -> dict[str, str]:
    return {term: meaning.lower() for term, meaning in words.data("glossary").items()}


@cache
def _long_terms() -> re.Pattern[str]:
    """Terms in words; the longest first, so that "sensory diet" is not read as "diet"."""
    terms = sorted((term for term in _glossary() if not term.isupper()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b")
