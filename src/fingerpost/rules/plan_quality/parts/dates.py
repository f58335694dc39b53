# SPDX-License-Identifier: Apache-2.0
"""Dates as plans write them, in figures or words, day first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FIGURES = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WORDS = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH})\.?,? (\d{{4}})\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({MONTH})\.? (\d{{4}})\b", re.IGNORECASE)
HORIZON = re.compile(
    rf"\bby\b.{{0,25}}?(?:\b{MONTH}\b|\b20\d\d\b|\bend of\b|\bnext (?:annual )?review\b|\byear \d+\b"
    r"|\b\d+(?:st|nd|rd|th) birthday|\bage of \d+|\bkey stage \d)|\b(?:end of|within) (?:key stage|ks"
    r"|year|the (?:school|academic) year|\w+ (?:months?|weeks?|terms?|years?))|\bwithin \d+ |\bby the "
    r"(?:time|age|summer|autumn|spring|next)|\bin (?:\d+|twelve|six|three) months",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its place; a month without a day stands on its first day."""

    on: date
    start: int
    end: int
    whole: bool = True


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Dated, ...]:
    """Every date between two offsets, in order."""
    stop = len(text) if end is None else end
    found = [*_full(text, start, stop)]
    taken = {place for one in found for place in range(one.start, one.end)}
    found += [one for one in _months(text, start, stop) if one.start not in taken]
    return tuple(sorted(found, key=lambda one: one.start))


def impossible(text: str) -> Iterator[tuple[int, int]]:
    """Days that no calendar has, such as 31 June."""
    for mark in _WORDS.finditer(text):
        if not list(_made(mark, int(mark[3]), _month(mark[2]), int(mark[1]))):
            yield mark.start(), mark.end()
    for mark in _FIGURES.finditer(text):
        if int(mark[2]) <= 12 and not list(
            _made(mark, 2000 + int(mark[3]) % 100, int(mark[2]), int(mark[1]))
        ):
            yield mark.start(), mark.end()


def _full(text: str, start: int, stop: int) -> Iterator[Dated]:
    for mark in _FIGURES.finditer(text, start, stop):
        yield from _made(mark, int(mark[3]) + (2000 if len(mark[3]) == 2 else 0), int(mark[2]), int(mark[1]))
    for mark in _ISO.finditer(text, start, stop):
        yield from _made(mark, int(mark[1]), int(mark[2]), int(mark[3]))
    for mark in _WORDS.finditer(text, start, stop):
        yield from _made(mark, int(mark[3]), _month(mark[2]), int(mark[1]))


def _months(text: str, start: int, stop: int) -> Iterator[Dated]:
    for mark in _MONTH_YEAR.finditer(text, start, stop):
        yield Dated(date(max(1, int(mark[2])), _month(mark[1]), 1), mark.start(), mark.end(), whole=False)


def _made(mark: re.Match[str], year: int, month: int, day: int) -> Iterator[Dated]:
    try:
        yield Dated(date(year, month, day), mark.start(), mark.end())
    except ValueError:
        return


def _month(word: str) -> int:
    return _MONTHS.index(word.lower()[:3]) + 1
