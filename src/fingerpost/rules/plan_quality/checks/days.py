# SPDX-License-Identifier: Apache-2.0
"""Dates in a plan: recent enough, possible, and a review not overdue (plan-quality 3, Q03)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from fingerpost.rules.plan_quality.checks import ages
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.dates import Dated
from fingerpost.rules.plan_quality.parts.model import Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_IN_YEAR = re.compile(
    r"\b(?:in|since|from|until|of) ((?:19|20)\d\d)\b(?!\s*(?:act|regulations))", re.IGNORECASE
)
_HIS_OWN = re.compile(r"\b(?:act|regulations?|mother|father|mum|dad|parents?|brother|sister|family)\b")
_TURNED = re.compile(r"\bfrom\b(.{4,30}?)\b(?:to|until)\b(.{4,30})", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:date (?:of (?:this |the )?(?:final )?plan|issued|finalised)|final(?:ised)?(?: plan)?(?: on|,| dated)?"
    r"|last reviewed?|last review|review held)\b[\s:.|-]*",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d\d")
_FAR = 30 * 365
_YEAR = timedelta(days=366)


@check("Q03")
def up_to_date(study: Study) -> Iterator[Spot]:
    """The newest date in Section B is not older than a year."""
    found = [one for said in study.section("B") for one in dates.find(study.text, said.start, said.end)]
    past = [one for one in found if one.on <= study.brief.today]
    if past and (newest := max(past, key=lambda one: one.on)).on < study.brief.today - timedelta(days=400):
        yield Spot(newest.start, newest.end)


@check("Q03R")
def reviewed_within_a_year(study: Study) -> Iterator[Spot]:
    """The plan's own date, or that of its last review, is not more than a year ago."""
    if study.brief.stage != "final":
        return
    head = study.text[:1500]
    ends = {mark.end() for mark in _ISSUED.finditer(head)}
    newest = max((one for one in dates.find(head) if one.start in ends), key=lambda one: one.on, default=None)
    if newest and newest.whole and newest.on < study.brief.today - _YEAR:
        yield Spot(newest.start, newest.end)


@check("Q03D")
def no_impossible_date(study: Study) -> Iterator[Spot]:
    """A day that no calendar has, lies before the child's birth or too far ahead, or ends before it begins."""
    for start, end in dates.impossible(study.text):
        yield Spot(start, end)
    birth = ages.birth(study)
    for sentence in study.sentences:
        if _DATED.search(sentence.text) and study.placed[sentence.block].block.in_body:
            found = dates.find(study.text, sentence.start, sentence.end)
            yield from _out_of_life(found, sentence, birth, study.brief.today)
            yield from _turned(sentence.text, sentence.start)


def _out_of_life(
    found: tuple[Dated, ...], sentence: Sentence, birth: date | None, today: date
) -> Iterator[Spot]:
    if _HIS_OWN.search(sentence.lower):
        birth = None  # somebody else's day may lie before the child's
    for one in found:
        if (one.on - today).days > _FAR:
            yield Spot(one.start, one.end, why="This day lies more than thirty years ahead.")
        elif birth and one.whole and one.on < birth:
            yield Spot(one.start, one.end, why="This day lies before the child was born.")
    for mark in _IN_YEAR.finditer(sentence.lower):
        if birth and int(mark[1]) < birth.year:
            place = sentence.start + mark.start(), sentence.start + mark.end()
            yield Spot(*place, why="This year lies before the child was born.")


def _turned(text: str, at: int) -> Iterator[Spot]:
    for mark in _TURNED.finditer(text):
        first, last = dates.find(text, *mark.span(1)), dates.find(text, *mark.span(2))
        if first and last and first[0].on > last[0].on:
            yield Spot(at + mark.start(), at + last[0].end, why="This time ends before it begins.")
