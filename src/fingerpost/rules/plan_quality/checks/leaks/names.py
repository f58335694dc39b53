# SPDX-License-Identifier: Apache-2.0
"""Names and numbers: another child's, nobody's, and what the printed page does not show (plan-quality 10)."""

from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks.leaks import foreign
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.document import OUTSIDE, Block
from fingerpost.rules.plan_quality.parts.brief import Person
from fingerpost.rules.plan_quality.parts.model import BEFORE_ADVICE
from fingerpost.rules.plan_quality.parts.study import Study

_STRIP = {
    "comment": "A comment is still in the file.",
    "deleted": "Deleted words are still in the file as a tracked change.",
    "hidden": "Hidden text is in the file.",
}


@check("P01")
def other_childs_name(study: Study) -> Iterator[Spot]:
    """Another child's name or number in Sections A to K or on the front."""
    for placed in study.placed:
        if placed.block.in_body:
            yield from _found(study, placed.block)


@check("P02")
def unknown_name(study: Study) -> Iterator[Spot]:
    """A first name that nobody has accounted for, once for each name."""
    mine = foreign.known(study.brief.child, study.text)
    theirs = foreign.of(study.brief.others or ()).firsts
    seen = set(mine | theirs | foreign.both())
    for sentence in study.section(*BEFORE_ADVICE):
        for mark in foreign.CAPITAL.finditer(sentence.text):
            word = mark[0].lower()
            if word in foreign.first_names() and word not in seen:
                seen.add(word)
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("P07")
def left_in_the_file(study: Study) -> Iterator[Spot]:
    """Heads, properties, comments, changes, hidden and alternative text: foreign names block, the rest is stripped."""
    for placed in study.placed:
        block = placed.block
        if block.kind not in OUTSIDE:
            continue
        found = list(_found(study, block))
        for one in found:
            why = "Another child's name or number stands outside the sections."
            yield Spot(one.start, one.end, "BLOCK", why)
        if not found and block.kind in _STRIP:
            yield Spot(block.start, block.end, "FIX", _STRIP[block.kind])


@check("P12")
def earlier_version(study: Study) -> Iterator[Spot]:
    """A foreign name in words that were deleted from this file: the sign of a reused template."""
    for placed in study.placed:
        if placed.block.kind == "deleted":
            yield from _found(study, placed.block)


def _found(study: Study, block: Block) -> Iterator[Spot]:
    elsewhere = foreign.of(study.brief.others or ())
    mine = foreign.known(study.brief.child, study.text)
    numbers = _my_numbers(study.brief.child)
    text = study.document.words(block)
    for at, stop in (*foreign.names(text, elsewhere, mine), *foreign.numbers(text, elsewhere, numbers)):
        yield Spot(block.start + at, block.start + stop)


def _my_numbers(child: Person | None) -> frozenset[str]:
    if child is None:
        return frozenset()
    return frozenset(foreign.bare(one) for one in (child.upn, child.nhs_number, child.case_number) if one)
