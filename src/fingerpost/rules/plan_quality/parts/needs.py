# SPDX-License-Identifier: Apache-2.0
"""Finds the needs in Sections B, C and D: labelled ones if the plan labels them, else each statement of difficulty."""

import re
from collections.abc import Iterable
from itertools import groupby

from fingerpost.rules.plan_quality.parts import leads, topics
from fingerpost.rules.plan_quality.parts.asks import Asked
from fingerpost.rules.plan_quality.parts.model import Need, Place, Sentence

LABEL = re.compile(
    r"^(?:(?:special educational |sen )?need\s*(\d{1,2})"
    r"|([BCD])\.?\s?\(?(\d{1,2}(?:\.\d{1,2})?)\)?)(?![\w])\s*[:.)\u2013-]*",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:difficult\w*|delay\w*|impair\w*|disorder|struggl\w*|gaps?|unable|cannot|can't|can not|finds? it "
    r"(?:hard|difficult|tricky)|finds? .{0,40}(?:hard|difficult|overwhelming|distressing|painful)|hard for"
    r"|needs? (?:help|support|an adult|adults|to be|more|time|text|a |things|everything|constant"
    r"|prompt\w*)|requires|relies|depend\w*|does not|doesn't|do not|limited|weak\w*|poor|below|behind"
    r"|anxi\w+|distress\w*|overwhelm\w*|sensitiv\w+|deaf|hearing loss|blind|low vision|visual impairment"
    r"|seizures?|epilepsy|pain|fatigue|dysregulat\w*|only (?:a few|\d+|uses|speaks|reads)|barrier|not yet"
    r"|seldom|rarely|avoids|lacks|forgets|loses)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[(\[]?\d{1,2}(?:\.\d{1,2})?[.):\]]?\)?\s+\S")
# "2.1 Erin reads" and "(3) Erin reads" are labelled too, though without a letter.
_COUNTED = re.compile(r"^[(\[]?(\d{1,2}(?:\.\d{1,2})?)(?:[.:)\]]|\s(?=[A-Z]))")
_CELL = re.compile(r"[BCD]?\.?\s?(\d{1,2}(?:\.\d{1,2})?)\.?")
_DIAGNOSIS = re.compile(r"\b(?:has|have|with|given) a diagnosis of\b|\bdiagnosed with\b", re.IGNORECASE)
_NIL = re.compile(r"\b(?:no |none|not known|nil|n/a|not applicable)\b", re.IGNORECASE)
_STRENGTH = re.compile(r"^(?:strengths?|what .{0,20}(?:does well|is good at))\b", re.IGNORECASE)
AREA = re.compile(
    r"^(?:\d[.)]\s*)?(communication and interaction|cognition and learning|social,? emotional and mental "
    r"health|semh|sensory and/?(?: or)? ?physical|physical and/?(?: or)? sensory|independence|self[- ]help"
    r"|preparing for adulthood|literacy|numeracy|speech.{0,30}|sensory|physical|learning"
    r"|behaviour)(?: needs?| skills?| development| difficulties)?(?: \([^)]*\))?:?$",
    re.IGNORECASE,
)


def find(study: Asked) -> tuple[Need, ...]:
    """Needs in order; a stated nil is no need."""
    return tuple(need for section in ("B", "C", "D") for need in _of(study, section))


def _of(study: Asked, section: str) -> list[Need]:
    every = [list(group) for _, group in groupby(study.with_heads(section), key=lambda one: one.block)]
    blocks = [block for block in every if block[0].kind != "heading"]
    labelled = [
        block
        for block in blocks
        if LABEL.match(block[0].text) and len(" ".join(one.text for one in block)) > 12
    ]
    numbered = [block for block in blocks if _NUMBER.match(block[0].text)]
    if len(labelled) < 2 <= len(numbered):
        labelled = numbered
    areas, rows = _areas(every), _row_labels(section, every)
    found = [(block, block if labelled else _troubled(block)) for block in labelled or blocks]
    return [
        _need(troubled, areas[block[0].start], rows.get((block[0].row or (-1, -1))[:2], ""))
        for block, troubled in found
        if troubled
    ]


def _row_labels(section: str, blocks: Iterable[list[Sentence]]) -> dict[tuple[int, ...], str]:
    """The label of a table's row, where a cell holds nothing else."""
    marks = ((block[0], _CELL.fullmatch(block[0].text.strip())) for block in blocks if block[0].row)
    return {one.row[:2]: f"{section}{mark[1]}" for one, mark in marks if mark and one.row}


def _troubled(block: list[Sentence]) -> list[Sentence]:
    if _STRENGTH.match(block[0].text) or (len(block) == 1 and _DIAGNOSIS.search(block[0].text)):
        return []
    start = next((i for i, one in enumerate(block) if _TROUBLE.search(one.text) and not _nil(one)), None)
    return [] if start is None else block[start:]


def _nil(sentence: Sentence) -> bool:
    return sentence.section in {"C", "D"} and bool(_NIL.search(sentence.text))


def _areas(blocks: Iterable[list[Sentence]]) -> dict[int, str]:
    """The area whose heading stands last before each block."""
    found: dict[int, str] = {}
    area = ""
    for block in blocks:
        own = leads.lead(block[0])
        found[block[0].start] = own or area
        if mark := AREA.match(block[0].text):
            area = mark[1].lower()
        elif own and block[0].kind == "heading":
            area = own
    return found


def _need(block: list[Sentence], area: str, row_label: str) -> Need:
    first, last = block[0], block[-1]
    text = " ".join(one.text for one in block)
    mark = LABEL.match(first.text)
    number = _COUNTED.match(first.text)
    label = f"{first.section}{number[1]}" if number else row_label
    label = label if not mark else f"{mark[2] or first.section}{mark[1] or mark[3]}".upper()
    lower = text.lower()
    row = first.row[:2] if first.row else None
    return Need(
        label,
        first.section,
        Place(first.start, last.end, text),
        topics.of(lower),
        topics.stems(lower),
        row,
        area,
    )
