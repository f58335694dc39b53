# SPDX-License-Identifier: Apache-2.0
"""Sections that have a heading and nothing of their own under it."""

from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study


def _blank(study: Study, letter: str) -> Iterator[Spot]:
    if whole.empty(study, letter):
        yield whole.section(study, letter)


@check("L01E")
def sections_answered(study: Study) -> Iterator[Spot]:
    """No labelled section is left without a word; A, C to F and I have checks of their own."""
    for letter in ("B", "G", "H1", "H2", "J", "K"):
        yield from _blank(study, letter)


@check("A01")
def views_written(study: Study) -> Iterator[Spot]:
    """Section A is not blank."""
    yield from _blank(study, "A")


@check("C01")
def health_needs_answered(study: Study) -> Iterator[Spot]:
    """Section C is not blank."""
    yield from _blank(study, "C")


@check("D01")
def care_needs_answered(study: Study) -> Iterator[Spot]:
    """Section D is not blank."""
    yield from _blank(study, "D")


@check("E01")
def outcomes_written(study: Study) -> Iterator[Spot]:
    """Section E is not blank."""
    yield from _blank(study, "E")


@check("F01")
def provision_written(study: Study) -> Iterator[Spot]:
    """Section F is not blank."""
    yield from _blank(study, "F")


@check("I01")
def placement_in_final(study: Study) -> Iterator[Spot]:
    """A final plan names a setting or a type of setting."""
    if study.brief.stage == "final":
        yield from _blank(study, "I")
