# SPDX-License-Identifier: Apache-2.0
"""Looks for what belongs to other children: names, numbers, addresses. It returns places in the plan, never
a record."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.brief import Other, Person

CAPITAL = re.compile(
    r"(?<![\w'])[A-Z][a-z\u00c0-\u024f]+(?:-[A-Z][a-z]+)?(?![\w-])|(?<![\w'])[A-Z]{3,}(?![\w-])"
)
UPN = re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b|\b[A-Z]\d{12}\b")
NHS = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{3,}")


@dataclass(frozen=True, slots=True)
class Foreign:
    """The other children's words, held in memory for one run."""

    pairs: frozenset[tuple[str, str]]
    firsts: frozenset[str]
    lasts: frozenset[str]
    numbers: frozenset[str]
    addresses: tuple[str, ...]


@lru_cache(maxsize=2)
def of(others: Sequence[Other]) -> Foreign:
    """The set as look-ups; addresses are told by house and street, as far as the first comma."""
    firsts = {part for one in others for part in one.first_name.lower().split()}
    lasts = {part for one in others for part in one.last_name.lower().split()}
    pairs = {
        (one.first_name.lower(), one.last_name.lower()) for one in others if one.first_name and one.last_name
    }
    numbers = {
        bare(number) for one in others for number in (one.upn, one.nhs_number, one.case_number) if number
    }
    addresses = tuple(
        street for one in others if len(street := one.address.lower().split(",")[0].strip()) > 6
    )
    return Foreign(frozenset(pairs), frozenset(firsts), frozenset(lasts), frozenset(numbers), addresses)


def bare(number: str) -> str:
    """A number without its spaces and dashes."""
    return re.sub(r"[^A-Za-z0-9]", "", number).upper()


@cache
def both() -> frozenset[str]:
    """Names that are also words."""
    return frozenset(words.data("names")["words"].split())


@cache
def first_names() -> frozenset[str]:
    """First names that people know as such."""
    return frozenset(words.data("names")["names"].split())


def known(child: Person | None, text: str) -> frozenset[str]:
    """Words accounted for: the child, family, staff, settings; without a record, the name on the plan's own front."""
    if child is None:
        return frozenset(_own_name(text))
    listed = [
        child.first_name,
        child.last_name,
        child.local_authority,
        child.address,
        *child.known_as,
        *child.family,
        *child.staff,
        *child.settings,
    ]
    return frozenset(re.findall(r"[a-z\u00e0-\u024f]+", " ".join(listed).lower()))


def _own_name(text: str) -> list[str]:
    mark = re.search(
        r"\b(?:name(?: of (?:the )?(?:child|young person|pupil))?|child's name|forename|first name|surname"
        r"|full name|plan for|for)\b\s*[:|]?\s*((?:[A-Z][\w'-]+ ?){1,4})",
        text[:1500],
    )
    return re.findall(r"[a-z]+", mark[1].lower()) if mark else []


def names(text: str, foreign: Foreign, mine: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Capitalised words that are another child's name and nobody's known here."""
    for mark in CAPITAL.finditer(text):
        word = mark[0].lower()
        if word in mine or all(part in mine for part in word.split("-")):
            continue
        if word in foreign.firsts and (word not in both() or _stands_as_name(text, mark)):
            yield mark.start(), _with_last(text, mark.end(), foreign)
        elif word in foreign.lasts and word not in both() and _stands_as_last(text, mark):
            yield mark.start(), mark.end()


def numbers(text: str, foreign: Foreign, mine: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Numbers and addresses of other children."""
    for pattern in (UPN, NHS, _TOKEN):
        for mark in pattern.finditer(text):
            number = bare(mark[0])
            if number in foreign.numbers and number not in mine:
                yield mark.start(), mark.end()
    lower = text.lower()
    for street in foreign.addresses:
        at = lower.find(street)
        if at >= 0:
            yield at, at + len(street)


def _with_last(text: str, end: int, foreign: Foreign) -> int:
    after = re.compile(r" ([A-Z][\w'-]+)").match(text, end)
    return after.end() if after and after[1].lower() in foreign.lasts else end


def _stands_as_name(text: str, mark: re.Match[str]) -> bool:
    """A word such as Will or May is a name after a small word or before "'s"; not in a date or at a start."""
    before, after = text[max(0, mark.start() - 12) : mark.start()], text[mark.end() : mark.end() + 12]
    if re.match(r"'s\b", after) or re.match(r" (?:will|is|has|can|was|likes|needs|finds|enjoys)\b", after):
        return True
    if re.match(r" (?:\d|half)", after) or re.search(
        r"(?:\d|in|by|from|until|of|each|every|this|last|since|to|mid)\W*$", before.lower()
    ):
        return False
    return bool(re.search(r"[a-z,] $", before))


def _stands_as_last(text: str, mark: re.Match[str]) -> bool:
    before = text[max(0, mark.start() - 24) : mark.start()]
    if re.search(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? $", before):
        return True
    first = re.search(r"([A-Z][a-z]+) $", before)
    return bool(first and first[1].lower() in first_names())
