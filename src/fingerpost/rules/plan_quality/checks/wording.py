# SPDX-License-Identifier: Apache-2.0
"""The wording book at work: a vague phrase is a fault only in its sections, outside quoted speech and denials, and only
where the sentence does not already say who and how much."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from fingerpost.rules.plan_quality.checks.registry import Spot
from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.model import PROVISION, Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_SPEECH = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{3,400})[\"\u201d]|(?<!\w)'([^']{12,300})'(?!\w)")
_DENIED = re.compile(
    r"(?:\b(?:no(?! (?:more|less|fewer|later|longer)\b)|nobody|none of)\s+(?:[\w,]+\s+){0,4}"
    r"|\bnot to be (?:\w+ ){1,2}as\s+|\b(?:not|never|no longer|rather than|instead of|nor|isn't"
    r"|without)\s+(?:\w+\s+){0,2}|\bnot "
    r"(?:just |simply )?[\"'\u201c])$"
)
# What follows turns the phrase into a prohibition: "access to it is not to be refused".
_FORBIDDEN = re.compile(
    r"(?: \w+){0,2} (?:is|are) (?:not|never) to be\b|(?<=may)(?: not|, if\b)|(?<=could) not\b"
)
_SOFTER = {"FIX": "HINT", "HINT": None}


def find(study: Study, rule: str) -> Iterator[Spot]:
    """The places where one phrase of the book is a fault."""
    yield from _all(study).get(rule, ())


@lru_cache(maxsize=2)
def _all(study: Study) -> dict[str, list[Spot]]:
    """All faults of wording together: a phrase inside a longer one leaves the word to it."""
    every = [(spot, rule) for rule in words.lexicon() for spot in _faults(study, rule)]
    every.sort(key=lambda one: (one[0].start, -one[0].end))
    kept: dict[str, list[Spot]] = defaultdict(list)
    before: Spot | None = None
    for spot, rule in every:
        if before is None or not _covered(spot, before):
            kept[rule].append(spot)
            before = spot if before is None or spot.end > before.end else before
    return kept


def _covered(spot: Spot, before: Spot) -> bool:
    """Inside words that speak at least as loudly."""
    same = (spot.start, spot.end) == (before.start, before.end)
    return spot.end <= before.end and not same and before.level in {spot.level, "FIX"}


def _faults(study: Study, rule: str) -> Iterator[Spot]:
    entry = words.lexicon()[rule]
    sections = frozenset(entry.get("sections", PROVISION))
    seen: set[int] = set()
    for start, end in _places(study, rule, entry):
        sentence = study.at(start)
        if (
            sentence.start not in seen
            and sentence.section in sections
            and _counts(study, sentence, entry, start, end)
        ):
            level = _level(study, sentence, entry)
            if level:
                seen.add(sentence.start)
                yield Spot(start, end, level)


def _places(study: Study, rule: str, entry: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for hit in study.hits.get(rule, ()):
        yield hit.start, hit.end
    if pattern := entry.get("pattern"):
        for mark in _compiled(pattern).finditer(study.lower):
            yield mark.start(), mark.end()


def _counts(study: Study, sentence: Sentence, entry: Mapping[str, Any], start: int, end: int) -> bool:
    if sentence.kind in {"heading", "label"} or not study.placed[sentence.block].block.in_body:
        return False
    if _spoken(study, sentence, start) or (not entry.get("firm") and _denied(study, sentence, start, end)):
        return False
    if _excused(study, sentence, entry, start):
        return False
    return not _filled(study, sentence, entry)


def _denied(study: Study, sentence: Sentence, start: int, end: int) -> bool:
    """ "Not as required" and "access is not to be refused" say the opposite; a refusal for want of money does not."""
    return bool(
        _DENIED.search(study.lower, max(sentence.start, start - 120), start)
        or _FORBIDDEN.match(study.lower, end)
    )


def _excused(study: Study, sentence: Sentence, entry: Mapping[str, Any], start: int) -> bool:
    """Whether the entry's own exceptions hold: a permission, an answer elsewhere in the section, words that explain."""
    if entry.get("permission") and _permits(study, start):
        return True
    explained, narrow, unless = (entry.get(name) for name in ("section_unless", "narrow", "unless"))
    if explained and any(_compiled(explained).search(one.lower) for one in study.section(sentence.section)):
        return True
    if narrow and sentence.section not in {"C", "D"} and _compiled(narrow).match(study.lower, start):
        return True
    return bool(unless and _compiled(unless).search(sentence.lower))


def _filled(study: Study, sentence: Sentence, entry: Mapping[str, Any]) -> bool:
    if entry.get("dagger") and study.carries(sentence, "amount") and study.carries(sentence, "who"):
        return True
    if entry.get("alone") and _goes_on(study, sentence):
        return True
    wanted = entry.get("need_all")
    if wanted and all(study.carries(sentence, one) for one in wanted):
        return True
    return any(study.carries(sentence, one) for one in entry.get("slot", ()))


def _permits(study: Study, start: int) -> bool:
    """ "Erin may leave" gives the child a right; "a laptop may help" gives nothing."""
    before = re.search(r"([A-Z][a-z]+) $", study.text[max(0, start - 20) : start])
    return bool(before and before[1].lower() not in words.listed("no_names"))


def _goes_on(study: Study, sentence: Sentence) -> bool:
    """Whether the same block says more after this sentence."""
    return study.placed[sentence.block].block.end > sentence.end + 2 or len(sentence.text.split()) > 14


def _level(study: Study, sentence: Sentence, entry: Mapping[str, Any]) -> str | None:
    """An amount beside the phrase takes it down one step, except for ways out and faults in the amount itself."""
    level = str(entry.get("level", "FIX"))
    firm = entry.get("escape") or entry.get("fixed")
    if firm or not study.carries(sentence, "amount"):
        return level
    return _SOFTER[level]


def _spoken(study: Study, sentence: Sentence, start: int) -> bool:
    """Inside words the child or a parent is quoted as saying."""
    at = start - sentence.start
    return any(first < at < last for first, last in _speeches(sentence.text))


@lru_cache(maxsize=500)
def _speeches(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(mark.span() for mark in _SPEECH.finditer(text) if " " in mark[0].strip())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
