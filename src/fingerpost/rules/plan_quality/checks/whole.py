# SPDX-License-Identifier: Apache-2.0
"""Places for findings about a whole section or the whole document."""

import re

from fingerpost.rules.plan_quality.checks.registry import Spot
from fingerpost.rules.plan_quality.parts.study import Study

_LATER = re.compile(
    r"^\W*(?:to (?:follow|be (?:added|completed|confirmed|written|supplied))|tb[ca]|awaited|awaiting \w+(?: \w+)?"
    r"|not yet (?:received|written|available)|pending|n/?a\?+|nil\?+|none\?+|no information(?: \w+){0,3}"
    r"|under construction"
    r"|(?:see|refer to) (?:the )?[\w ]{3,40} when (?:done|ready|available|received|written|complete)"
    r"|(?:[\w ]{2,30}: )?insert(?: here)?"
    r"|(?:as|see) (?:in )?(?:the )?previous plan|more (?:to come|information needed)|\?+)\W*$",
    re.IGNORECASE,
)
_NIL = re.compile(
    r"^(?:none|nil|n/?a|not applicable|no\b.{0,80}|not known.{0,60}|there (?:is|are) no\b.{0,100})\.?$",
    re.IGNORECASE,
)


def document(why: str = "", ask: str = "", level: str | None = None) -> Spot:
    """A finding that belongs to no single place."""
    return Spot(0, 0, level, why, ask, "whole")


def section(study: Study, letter: str, why: str = "", ask: str = "", level: str | None = None) -> Spot:
    """A finding about a section, shown at its heading."""
    block = study.placed[study.opened[letter]].block
    return Spot(block.start, block.end, level, why, ask, letter)


def empty(study: Study, letter: str) -> bool:
    """Whether a section is there and holds no words of its own, or only says that they will come."""
    said = study.section(letter)
    return letter in study.opened and (not said or (len(said) == 1 and bool(_LATER.match(said[0].text))))


def nil(study: Study, letter: str) -> bool:
    """Whether a section says only that there is nothing."""
    said = study.section(letter)
    return bool(said) and len(said) <= 2 and all(_NIL.match(one.text.strip()) for one in said)


def said(study: Study, *letters: str) -> str:
    """The sections' words as one lower-case text."""
    return " ".join(sentence.lower for sentence in study.section(*letters))
