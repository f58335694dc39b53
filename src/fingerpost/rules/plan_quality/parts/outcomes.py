# SPDX-License-Identifier: Apache-2.0
"""Finds the outcomes in Section E."""

import re
from itertools import groupby

from fingerpost.rules.plan_quality.parts import topics
from fingerpost.rules.plan_quality.parts.asks import Asked
from fingerpost.rules.plan_quality.parts.model import Outcome, Place, Sentence

LABEL = re.compile(
    r"^(?:(?:long[- ]term )?outcome\s*(\d{1,2})|E\.?\s?(\d{1,2})|O(\d{1,2})"
    r"|(\d{1,2})[.)])\s*[:.)\u2013-]*\s*",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:will|to (?:be|have|improve|develop|increase|use|make|learn|read|write|join|manage|ask|tell"
    r"|travel|feel|build|communicate|access|understand|attend|maintain))\b",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"^(?:steps?|short[- ]term|monitor\w*|review\w*|how (?:we|will)|measured|by whom|progress|arrangements"
    r"|so that|shown by|baseline|now:|who\b|the (?:school|setting|senco|class teacher|college|tutor)"
    r"|(?:these|this|it|targets|the steps|parents)\b|(?:year|term|month|step) (?:one|two|\d)|first|in year "
    r"one|(?:in|by) the (?:first|second) year|from [\d\w ]+ the|each (?:term|half))",
    re.IGNORECASE,
)


def find(study: Asked) -> tuple[Outcome, ...]:
    """One outcome for each block or row that states one; steps and monitoring stay with theirs."""
    blocks = [list(group) for _, group in groupby(study.section("E"), key=_unit)]
    labelled = any(LABEL.match(block[0].text) and block[0].text[0] in "EOoe" for block in blocks)
    return tuple(_outcome(block) for block in blocks if _states(block, labelled))


def _unit(sentence: Sentence) -> object:
    return sentence.row[:2] if sentence.row else sentence.block


def _states(block: list[Sentence], labelled: bool) -> bool:
    text = " ".join(one.text for one in block)
    if labelled and not LABEL.match(block[0].text) and block[0].row is None:
        return False
    bare = LABEL.sub("", block[0].text)
    return (
        len(text.split()) > 3
        and not _SIDE.match(bare)
        and not text.rstrip().endswith(":")
        and bool(_VERB.search(text) or LABEL.match(text))
    )


def _outcome(block: list[Sentence]) -> Outcome:
    text = " ".join(one.text for one in block)
    mark = LABEL.match(text)
    number = next((group for group in mark.groups() if group), "") if mark else ""
    lower = text.lower()
    row = block[0].row[:2] if block[0].row else None
    place = Place(block[0].start, block[-1].end, text)
    return Outcome(f"E{number}" if number else "", place, topics.of(lower), topics.stems(lower), row)
