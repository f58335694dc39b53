# SPDX-License-Identifier: Apache-2.0
"""Splits advice into recommendations and finds what became of each in the plan: kept, reduced, changed,
declined, dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fingerpost.rules.plan_quality.parts import amounts, sentences, topics, words
from fingerpost.rules.plan_quality.parts.model import Provision, Report
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
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "an": 1,
    "a": 1,
    "half an": 0.5,
}
_LENGTH = re.compile(
    r"\b(\d+(?:\.\d+)?|one|two|three|five|six|ten|fifteen|twenty|thirty|forty-five|sixty|half an|an)[ "
    r"-]*(?:x )?(minutes?|mins?|hours?|hrs?)\b",
    re.IGNORECASE,
)
_UNITS = (
    r"week|day|fortnight|half[- ]term|term|month|year|morning|lesson|monday|tuesday|wednesday|thursday|friday"
)
_OFTEN = re.compile(
    r"\b(?:(\d+|one|two|three|four|five|once|twice)\s?(?:times|x|sessions|visits)?\s)?(?:a|per|each|every) (?:school )?"
    rf"({_UNITS})\b|\b(daily|weekly|fortnightly|monthly|half[- ]termly|termly)\b",
    re.IGNORECASE,
)
_YEARLY = {
    "day": 190,
    "school day": 190,
    "morning": 190,
    "lesson": 190,
    "week": 38,
    "monday": 38,
    "tuesday": 38,
    "wednesday": 38,
    "thursday": 38,
    "friday": 38,
    "fortnight": 19,
    "month": 10,
    "half term": 6,
    "half-term": 6,
    "term": 3,
    "year": 1,
    "daily": 190,
    "weekly": 38,
    "fortnightly": 19,
    "monthly": 10,
    "half termly": 6,
    "half-termly": 6,
    "termly": 3,
}


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
        _answer(study, file, number, line)
        for file, report in enumerate(study.brief.advice or (), start=1)
        for number, line in enumerate(recommendations(report), start=1)
    )


def disagreements(reports: Sequence[Report]) -> Iterator[tuple[int, int, str]]:
    """Pairs of reports that name the same method with different yearly minutes."""
    asked: dict[str, tuple[int, float]] = {}
    for number, report in enumerate(reports, start=1):
        for line in recommendations(report):
            for method in _methods(line):
                minutes = yearly_minutes(line)
                first = asked.setdefault(method, (number, minutes))
                if first[0] != number and minutes and first[1] and abs(minutes - first[1]) > 0.01:
                    yield first[0], number, method


def _sentences(report: Report) -> Iterator[str]:
    for line in report.lines or tuple(report.text.split("\n")):
        for start, end in sentences.cut(line, 0, len(line)):
            yield line[start:end]


def _answer(study: Study, file: int, number: int, line: str) -> Answer:
    about = ", ".join(sorted(topics.of(line.lower()))[:3]) or "other"
    best = max(study.provision, key=lambda one: _likeness(one, line), default=None)
    if best is None or _likeness(best, line) < 2:
        return Answer(file, number, "declined" if _DECLINED.search(study.text) else "dropped", about)
    asked, given = yearly_minutes(line), yearly_minutes(best.place.text)
    if asked and given and given < asked * 0.99:
        status = "declined" if _DECLINED.search(best.place.text) else "reduced"
        return Answer(
            file, number, status, about, best, f"about {asked:.0f} minutes a year asked, {given:.0f} given"
        )
    if asked and not given:
        return Answer(
            file, number, "reduced", about, best, "the advice gives an amount and the plan gives none"
        )
    return Answer(file, number, "kept" if asked == given else "changed", about, best)


def _likeness(line: Provision, asked: str) -> float:
    lower = asked.lower()
    shared = len(line.stems & topics.stems(lower))
    methods = len(_methods(asked) & _methods(line.place.text))
    return shared + 2 * methods + bool(line.topics & topics.of(lower))


@lru_cache(maxsize=4096)
def _methods(line: str) -> frozenset[str]:
    lower = line.lower()
    return frozenset(lower[hit.start : hit.end] for hit in words.phrases().find(lower) if hit.key == "method")


def yearly_minutes(line: str) -> float:
    """Minutes a school year that a line promises, as far as its first length and frequency say; 0 when unknown."""
    length, often = _LENGTH.search(line), _OFTEN.search(line)
    if not length:
        return 0.0
    minutes = _number(length[1]) * (60 if length[2].lower().startswith("h") else 1)
    if not often:
        return minutes
    times = {"once": 1.0, "twice": 2.0}.get((often[1] or "once").lower(), 0.0) or _number(often[1] or "one")
    return minutes * times * _YEARLY.get((often[2] or often[3]).lower().replace("-", " "), 38)


def _number(word: str) -> float:
    return float(_NUMBERS.get(word.lower(), 0)) or (float(word) if word.replace(".", "").isdigit() else 1.0)
