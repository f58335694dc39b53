# SPDX-License-Identifier: Apache-2.0
"""Finds the lines of provision in Sections F, G and H, and fills their eleven slots from the prose."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from fingerpost.rules.plan_quality.parts import amounts, leads, needs, slots
from fingerpost.rules.plan_quality.parts.asks import Asked
from fingerpost.rules.plan_quality.parts.model import PROVISION, Provision, Sentence

_ACT = re.compile(
    r"\b(?:will|must|shall|should|may|might|could|to be|is to|are to|to (?:receive|have|provide|give|use"
    r"|help|support|teach|ensure|deliver)|receives?|provided?|provides|deliver\w*|gives?|teaches|leads?"
    r"|has|have|attends|needs|would|works?|uses|visits?|runs?|is (?:given|taught|offered|available)"
    r"|requires?|sits|meets?|takes?|sees|helps?|supports?)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^(?:\(|this|these|they|it|progress|(?:the |each )?(?:programme|sessions?|group|work|targets|exercises"
    r"|line|time|hours|steps)|from \d|until|reviewed|review|(?:she|he) (?:checks|reviews|sets|writes)"
    r"|(?:the )?[\w ]{3,45} (?:sets|checks|reviews|writes|records|observes|evaluates|monitors|will "
    r"(?:review|check|monitor|set|evaluate|record|observe))|starting|start|(?:to be )?(?:checked|monitored"
    r"|delivered|supervised))\b",
    re.IGNORECASE,
)
_NIL = re.compile(
    r"^(?:none|nil|does not apply|nothing|n/?a|not applicable|no |not known|there (?:is|are) no)\b",
    re.IGNORECASE,
)
# "See G" and "therapy is in section G" point to provision and are none.
_POINTS = re.compile(
    r"\bsee (?:the )?(?:[\w ]{0,40}\bin )?(?:section |part )?(?:[A-K]|H[12])\b(?![\w'])"
    r"|\b(?:is|are|stands?) (?:set out |set down |listed |all )*"
    r"(?:in|under) (?:the section|section|part|(?:[B-HJK]|H[12])\b)",
)
_TITLE_OF = re.compile(r"\b(?:needs?|outcomes?) \d|\b[BE]\d", re.IGNORECASE)
_TRAINS = re.compile(r"\btrain(?:s|ing|ed)?\b|\bconsult\w*|\badvi[cs]e", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:laptop|tablet|ipad|hoist|wheelchair|frame|chair|aid|device|equipment|software|desk|screen"
    r"|cushion|board|braille\w*|magnifier|overlay)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\b(?:room|space|environment|classroom|area|base|seat(?:ed)?)\b", re.IGNORECASE)


def find(study: Asked) -> tuple[Provision, ...]:
    """Lines in the order of the text."""
    found = [line for section in PROVISION for line in _of(study, section)]
    return tuple(sorted(found, key=lambda line: line.place.start))


def _of(study: Asked, section: str) -> Iterator[Provision]:
    area = ""
    named: tuple[str, ...] = ()
    for _, group in groupby(study.with_heads(section), key=lambda one: one.row or one.block):
        block = list(group)
        named = slots.leading_needs(block[0].text) or named
        if block[0].row is None and (mark := needs.AREA.match(block[0].text)):
            area = mark[1].lower()
        elif block[0].row is None and (own := leads.lead(block[0])):
            area = own
        if block[0].kind == "heading":
            continue
        for part in _lines(study, block):
            yield slots.line(study, section, part, slots.Carried(area, named, _kind(part)))


def _lines(study: Asked, block: list[Sentence]) -> Iterator[list[Sentence]]:
    if block[0].row is None:
        yield from _parts(study, block)
    elif not _is_head(block):
        yield block


def _is_head(row: list[Sentence]) -> bool:
    texts = [one.text for one in row]
    if (
        row[0].row
        and row[0].row[1] == 0
        and all(len(text.split()) <= 6 and not re.search(r"\d", text) for text in texts)
    ):
        return len(texts) > 1
    return sum(len(text.split()) for text in texts) < 3


def _parts(study: Asked, block: list[Sentence]) -> Iterator[list[Sentence]]:
    """Cut a paragraph where a new act begins; what only says more about the act stays with it."""
    part: list[Sentence] = []
    for sentence in block:
        if part and _begins(study, sentence):
            yield part
            part = []
        if part or _is_line(study, sentence):
            part.append(sentence)
    if part:
        yield part


def _begins(study: Asked, sentence: Sentence) -> bool:
    return _is_line(study, sentence) and not _FOLLOWS.match(sentence.text)


def _is_line(study: Asked, sentence: Sentence) -> bool:
    text = sentence.text
    if len(text.split()) < 3 or text.rstrip().endswith(":") or _NIL.match(text) or _POINTS.search(text):
        return False
    if (
        len(text.split()) < 9
        and sentence.kind == "bullet"
        and _TITLE_OF.search(text)
        and not _ACT.search(text)
    ):
        return False
    acts = (
        amounts.DURATION.search(text)
        or _ACT.search(text)
        or study.hit_in(sentence, "role")
        or sentence.kind in {"bullet", "cell"}
    )
    return bool(acts)


def _kind(part: Iterable[Sentence]) -> str:
    text = " ".join(one.text for one in part)
    if _TRAINS.search(text) and re.search(
        r"\b(?:staff|teachers|tas|adults|parents|team)\b", text, re.IGNORECASE
    ):
        return "training"
    if _THING.search(text):
        return "equipment"
    return "environment" if _SPACE.search(text) else "line"
