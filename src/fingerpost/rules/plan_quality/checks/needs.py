# SPDX-License-Identifier: Apache-2.0
"""Section B: needs and no provision, with a level that somebody measured (plan-quality 2.2, B)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_PROVIDES = re.compile(
    r"\b(?:will|must|shall|should) (?:receive|be (?:given|provided|taught|offered|supported)|have "
    r"(?:access|support|a |an |1|\d)|continue to (?:receive|have)|provide|deliver)\b|\b(?:receives?|has"
    r"|gets|is given) (?:\d+|one|two|three|five|ten|fifteen) (?:hours?|minutes|sessions)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told)\b")
_LABEL = re.compile(r"^\s*[BN]?(?:eed)?\s?\d{1,2}\b")


@check("Q15")
def no_provision_in_needs(study: Study) -> Iterator[Spot]:
    """Section B holds needs, not provision."""
    for sentence in study.section("B"):
        if _PROVIDES.search(sentence.text) and not _SAID.search(sentence.lower):
            yield Spot(sentence.start, sentence.end)


@check("Q12")
def level_with_figures(study: Study) -> Iterator[Spot]:
    """Section B says where the child is now: a figure, a test, a date."""
    said = study.section("B")
    if len(said) > 2 and not any(re.search(r"\d", _LABEL.sub("", one.text)) for one in said):
        yield whole.section(study, "B")
