# SPDX-License-Identifier: Apache-2.0
"""Places for findings about a whole section or the whole document."""

from fingerpost.rules.plan_quality.checks.registry import Spot
from fingerpost.rules.plan_quality.parts.study import Study


def document(why: str = "", ask: str = "", level: str | None = None) -> Spot:
    """A finding that belongs to no single place."""
    return Spot(0, 0, level, why, ask, "whole")


def section(study: Study, letter: str, why: str = "", ask: str = "", level: str | None = None) -> Spot:
    """A finding about a section, shown at its heading."""
    block = study.placed[study.opened[letter]].block
    return Spot(block.start, block.end, level, why, ask, letter)


def empty(study: Study, letter: str) -> bool:
    """Whether a section is there and holds no words of its own."""
    return letter in study.opened and not study.section(letter)


def said(study: Study, *letters: str) -> str:
    """The sections' words as one lower-case text."""
    return " ".join(sentence.lower for sentence in study.section(*letters))
