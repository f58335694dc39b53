# SPDX-License-Identifier: Apache-2.0
"""Fills the eleven slots of a provision line; a slot holds the words that fill it and where they stand."""

import re
from dataclasses import dataclass

from fingerpost.rules.plan_quality.parts import citing, features, topics
from fingerpost.rules.plan_quality.parts.asks import Asked
from fingerpost.rules.plan_quality.parts.model import Place, Provision, Sentence

_SEARCHED = {
    "training": "training",
    "how_long": "duration",
    "how_often": "frequency",
    "until": "until",
    "group": "ratio",
    "where": "place",
    "checked": "check",
}
_NEED = re.compile(r"\b(?:B\.?\s?(\d{1,2})|[Nn]eeds? (\d{1,2}))\b")
_LEADS = re.compile(
    r"^(?:for |to meet )?[\w ,&/]{0,40}?\(?(?:B\.?\s?\d{1,2}|needs? \d{1,2})(?:(?:,| and| &|-|/|to)+ ?(?:B"
    r"|need )?\s?\d{1,2})*\)?[.:)]?",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"\b(?:E\.?\s?(\d{1,2})|outcomes? (\d{1,2})|O(\d{1,2}))\b", re.IGNORECASE)
_DO = re.compile(
    r"\b(?:will|to|and|by)\s+((?:teach|lead|run|read|play|practi[cs]e|model|deliver|give|work|write|use"
    r"|prompt|sit|show|help|support|provide|sign|speak|check|assess|train|visit|meet|call|carry|supervise"
    r"|prepare|cut|set|receive|have|stretch|walk|massage|observe|talk|listen|count|cook|travel|swim|draw"
    r"|type)\w*\b[^.;]{3,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a line takes from what stands above it: the area, the needs a label names, and its kind."""

    area: str
    needs: tuple[str, ...]
    kind: str


def leading_needs(text: str) -> tuple[str, ...]:
    """Needs named at the head of a block, as in "For B1" or "Starting (B2)."; they hold until others are named."""
    mark = _LEADS.match(text)
    return citing.cited(mark[0] if mark else text[:80])


def line(study: Asked, section: str, part: list[Sentence], carried: Carried) -> Provision:
    """One line of provision with what fills it."""
    found: dict[str, Place] = {}
    for sentence in part:
        for slot, place in _filled(study, sentence).items():
            found.setdefault(slot, place)
    text = study.text[part[0].start : part[-1].end]
    lower = text.lower()
    row = part[0].row[:2] if part[0].row else None
    needs = tuple(dict.fromkeys((*citing.cited(text), *carried.needs)))
    return Provision(
        section,
        Place(part[0].start, part[-1].end, text),
        tuple(part),
        found,
        needs,
        _labels("E", _OUTCOME, text),
        topics.of(lower),
        topics.stems(lower),
        row,
        carried.area,
        carried.kind,
    )


def _filled(study: Asked, sentence: Sentence) -> dict[str, Place]:
    found = {
        slot: _place(sentence, mark)
        for slot, name in _SEARCHED.items()
        if (mark := features.QUESTIONS[name](sentence.text))
    }
    if hit := study.hit_in(sentence, "role"):
        found["who"] = Place(hit.start, hit.end, study.text[hit.start : hit.end])
    elif mark := features.TITLED.search(sentence.text):
        found["who"] = _place(sentence, mark)
    found |= _what(study, sentence) | _links(sentence)
    return found


def _what(study: Asked, sentence: Sentence) -> dict[str, Place]:
    if hit := study.hit_in(sentence, "method"):
        return {"what": Place(hit.start, hit.end, study.text[hit.start : hit.end])}
    mark = _DO.search(sentence.text)
    return {"what": _place(sentence, mark, 1)} if mark else {}


def _links(sentence: Sentence) -> dict[str, Place]:
    marks = {"need": _NEED.search(sentence.text), "outcome": _OUTCOME.search(sentence.text)}
    return {slot: _place(sentence, mark) for slot, mark in marks.items() if mark}


def _place(sentence: Sentence, mark: re.Match[str], group: int = 0) -> Place:
    return Place(sentence.start + mark.start(group), sentence.start + mark.end(group), mark[group])


def _labels(letter: str, pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    numbers = [next(group for group in mark.groups() if group) for mark in pattern.finditer(text)]
    return tuple(dict.fromkeys(f"{letter}{number}" for number in numbers))
