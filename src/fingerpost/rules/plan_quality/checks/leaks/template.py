# SPDX-License-Identifier: Apache-2.0
"""What a template or another plan left behind: gaps nobody filled, long sentences shared with other plans."""

import re
from collections.abc import Iterator
from itertools import chain

from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import shared
from fingerpost.rules.plan_quality.parts.study import Study

_GAP = (
    "child|name|insert|date|school|setting|young person|pupil|he/she|parent|surname|forename|dob|tbc|delete"
)
_BRACKETED = re.compile(
    rf"\[(?:[^\]]{{0,20}}\b(?:{_GAP})\b[^\]]{{0,40}})\]"
    r"|<(?:\s*(?:insert|child|name|first ?name|date|school|pupil|young person)[^>]{0,30})>"
    r"|<<[^<>\n]{1,60}>>|\{\{?[^{}\n]{1,40}\}?\}|_{5,}|\?\?\?+",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"\bX{3,}\b|\bxx[/.-]xx[/.-]xx(?:xx)?\b"
    r"|\b(?:insert|enter|add|type) (?:the )?(?:child's |pupil's |young person's )?(?:name|text|date|details|here)\b"
    r"|\binsert (?:the )?(?:\w+'s )?(?:\w+ ){1,2}here\b|\bclick (?:or tap )?here to enter\b"
    r"|\bnote to (?:drafter|author|self|writer)\b|\bremove before (?:issue|sending)\b|\blorem ipsum\b|\bTBC\b"
    r"|\b(?:date|name|text|photo|logo|details) here\b|\b(?:choose|select) an? (?:item|option|date)\b|\bsample text\b"
    r"|\bdd[./-]mm[./-]yy(?:yy)?\b|\bdoes/does not\b|\bis/is not\b|\bhas/has not\b|\byes ?/ ?no\b|\by ?/ ?n\b|#{4,}"
    r"|\badd (?:\w+ ){1,2}here\b|\bstrike out\b"
    r"|\bhe ?/ ?she\b|\bhis ?/ ?her\b|\bs/he\b|\bdelete as (?:appropriate|applicable)\b",
    re.IGNORECASE,
)
# No gap in words without one of these; looking for them first is a hundred times quicker.
_SIGNS = (
    "xxx",
    "xx/xx",
    "xx.xx",
    "xx-xx",
    "insert",
    "enter ",
    "add ",
    "type ",
    "note to",
    "remove before",
    "lorem",
)
_MORE_SIGNS = (
    "tbc",
    "he/she",
    "he / she",
    "his/her",
    "his / her",
    "s/he",
    "delete as",
)
_FORMS = """dd/mm dd.mm dd-mm /does_not /is_not /has_not yes/no yes_/_no y/n y_/_n #### strike_out sample_text
date_here name_here text_here photo_here logo_here details_here choose_a select_a"""
_ALL_SIGNS = (*_SIGNS, *_MORE_SIGNS, *(sign.replace("_", " ") for sign in _FORMS.split()))


@check("P09")
def placeholder(study: Study) -> Iterator[Spot]:
    """A gap of the template that nobody filled."""
    worded = any(sign in study.lower for sign in _ALL_SIGNS)
    last = -1
    marks = chain(_BRACKETED.finditer(study.text), _WORDED.finditer(study.text) if worded else ())
    for mark in sorted(marks, key=lambda one: (one.start(), -one.end())):
        if mark.start() < last:
            continue
        last = mark.end()
        section = study.at(mark.start()).section
        waits = mark[0].upper() == "TBC" and section == "I"
        if (not waits and section != "unplaced") or mark[0].startswith(("[", "<", "{")):
            yield Spot(mark.start(), mark.end())


@check("P06")
def sentence_of_another_plan(study: Study) -> Iterator[Spot]:
    """A sentence of more than 25 words that stands in another child's plan too."""
    theirs = study.brief.shared or frozenset()
    for sentence in study.section(*shared.SECTIONS):
        if shared.long(sentence.lower) and shared.mark(sentence.lower) in theirs:
            yield Spot(sentence.start, sentence.end)
