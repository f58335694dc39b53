# SPDX-License-Identifier: Apache-2.0
"""Splits advice into recommendations and finds what became of each in the plan: kept, reduced, changed,
declined, dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fingerpost.rules.plan_quality.parts import amounts, sentences, topics, words, yearly
from fingerpost.rules.plan_quality.parts.brief import Report
from fingerpost.rules.plan_quality.parts.model import Provision
from fingerpost.rules.plan_quality.parts.study import Study

_RECOMMENDS = re.compile(
    r"\b(?:should|will need|needs?|requires?|recommend\w*|must|would benefit|i advise|is advised|will "
    r"(?:be|have|receive|need))\b",
    re.IGNORECASE,
)
_PROVIDES = re.compile(
    r"\b(?:session|minutes?|hours?|weekly|daily|week|programme|therap\w*|support|teach\w*|training|group"
    r"|1:1|visit|breaks?|equipment|laptop|adult|ta|assistant|strateg\w+|timetable|board|help)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:difficult\w*|impair\w*|delay\w*|struggl\w*|cannot|unable|anxi\w+|below|needs? (?:help|support))\b",
    re.IGNORECASE,
)
_DECLINED = re.compile(
    r"\b(?:declined|not (?:adopted|agreed|included|accepted) because|not provided because|superseded)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one recommendation."""

    file: int
    number: int
    status: str
    about: str
    line: Provision | None = None
    gap: str = ""


def recommendations(report: Report) -> tuple[str, ...]:
    """Sentences of the report that ask for something to be done."""
    return tuple(line for line in _sentences(report) if _RECOMMENDS.search(line) and _PROVIDES.search(line))


def has_amount(line: str) -> bool:
    """Whether a recommendation says how much."""
    return bool(amounts.AMOUNT.search(line) or amounts.FREQUENCY.search(line) or amounts.RATIO.search(line))


def topics_of_need(report: Report) -> frozenset[str]:
    """Topics that the report calls difficult, twice or more, so that a passing word is no need."""
    found = [
        topic for line in _sentences(report) if _TROUBLE.search(line) for topic in topics.of(line.lower())
    ]
    return frozenset(topic for topic in found if found.count(topic) >= 2 and topic != "adulthood")


@lru_cache(maxsize=4)
def answers(study: Study) -> tuple[Answer, ...]:
    """Every recommendation of every report with its fate."""
    return tuple(
        answer(study, file, number, line)
        for file, report in enumerate(study.brief.advice or (), start=1)
        for number, line in enumerate(recommendations(report), start=1)
    )


def disagreements(reports: Sequence[Report]) -> Iterator[tuple[int, int, str]]:
    """Pairs of reports that name the same method with different yearly minutes."""
    asked: dict[str, tuple[int, float]] = {}
    for number, report in enumerate(reports, start=1):
        for line in recommendations(report):
            for method in _methods(line):
                minutes = yearly.minutes(line)
                first = asked.setdefault(method, (number, minutes))
                if first[0] != number and minutes and first[1] and abs(minutes - first[1]) > 0.01:
                    yield first[0], number, method


def _sentences(report: Report) -> Iterator[str]:
    for line in report.lines or tuple(report.text.split("\n")):
        for start, end in sentences.cut(line, 0, len(line)):
            yield line[start:end]


def answer(study: Study, file: int, number: int, line: str) -> Answer:
    """What became of one recommendation."""
    about = ", ".join(sorted(topics.of(line.lower()))[:3]) or "other"
    best = max(study.provision, key=lambda one: _likeness(one, line), default=None)
    if best is None or _likeness(best, line) < 2:
        return Answer(file, number, "declined" if _DECLINED.search(study.text) else "dropped", about)
    asked, given = yearly.minutes(line), yearly.minutes(best.place.text)
    if asked and given < asked * 0.99:
        status = "declined" if _DECLINED.search(best.place.text) else "reduced"
        return Answer(file, number, status, about, best, _gap(asked, given))
    return Answer(file, number, "kept" if asked == given else "changed", about, best)


def _gap(asked: float, given: float) -> str:
    if not given:
        return "the advice gives an amount and the plan gives none"
    return f"about {asked:.0f} minutes a year asked, {given:.0f} given"


def _likeness(line: Provision, asked: str) -> float:
    lower = asked.lower()
    shared = len(line.stems & topics.stems(lower))
    methods = len(_methods(asked) & _methods(line.place.text))
    return shared + 2 * methods + bool(line.topics & topics.of(lower))


@lru_cache(maxsize=4096)
def _methods(line: str) -> frozenset[str]:
    lower = line.lower()
    return frozenset(lower[hit.start : hit.end] for hit in words.phrases().find(lower) if hit.key == "method")
