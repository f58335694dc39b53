# SPDX-License-Identifier: Apache-2.0
"""Health and care: who found the need, who agreed the provision, which box it stands in (plan-quality 2.2, C to H)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import ages, whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.model import Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_SOURCE = re.compile(
    r"\b(?:report|assess\w*|advice|advised|seen by|letter|according to|dr|paediatrician|nurse|therapist"
    r"|social worker|asked|screen\w*|parents? (?:say|report|told)|diagnosed by)\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:icb|integrated care board|nhs|ccg|health (?:service|trust|board|commission\w*)|dco|designated "
    r"clinical officer|commission\w*)\b.{0,80}\b(?:agree\w*|approv\w*|confirm\w*|commission\w*|fund\w*)\b"
    r"|\b(?:agree\w*|approv\w*|commission\w*|confirm\w*) (?:by|with) (?:the )?(?:[\w ]{0,30})(?:icb"
    r"|integrated care board|nhs|ccg|health|dco|designated clinical)",
    re.IGNORECASE,
)
_CSDPA = re.compile(
    r"\b(?:short breaks?|respite|personal assistant|home adaptations?|adaptations? to (?:the|his|her) home"
    r"|help (?:in|at) (?:the )?home|holiday (?:club|scheme|activities)|sitting service|overnight)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:section h1|see h1|none|no |not )\b")
_HEALTH = re.compile(r"paediatric|medical|nurse|doctor|therap|nhs|hospital|camhs|health", re.IGNORECASE)
_REFUSED = "The record says that the health commissioner has not agreed."


def _unsourced(study: Study, letter: str) -> Iterator[Spot]:
    said = study.section(letter)
    if said and not whole.nil(study, letter) and not any(_sourced(study, one) for one in said):
        yield Spot(said[0].start, said[0].end)


def _sourced(study: Study, sentence: Sentence) -> bool:
    """A report, an assessment, or a profession with a date."""
    dated = study.carries(sentence, "who") and dates.find(study.text, sentence.start, sentence.end)
    return bool(dated or _SOURCE.search(sentence.text))


@check("Q16")
def health_needs_sourced(study: Study) -> Iterator[Spot]:
    """Section C says who found the need."""
    yield from _unsourced(study, "C")


@check("Q17")
def care_needs_sourced(study: Study) -> Iterator[Spot]:
    """Section D says who found the need."""
    yield from _unsourced(study, "D")


@check("Q35")
def health_provision_agreed(study: Study) -> Iterator[Spot]:
    """Health provision has been agreed by the health commissioner (reg 12(2))."""
    said = study.section("G")
    agreed = study.brief.child.icb_agreed if study.brief.child else None
    if not said or whole.nil(study, "G") or agreed:
        return
    if agreed is False:
        yield Spot(said[0].start, said[0].end, "BLOCK", _REFUSED)
    elif not _AGREED.search(study.text):
        yield whole.section(study, "G")


@check("Q36")
def right_care_box(study: Study) -> Iterator[Spot]:
    """Under 18, services of the 1970 Act stand in H1, not H2."""
    if ages.under_18(study) is False:
        return
    for sentence in study.section("H2"):
        if _CSDPA.search(sentence.text) and not _ELSEWHERE.search(sentence.lower):
            yield Spot(sentence.start, sentence.end)


@check("Q45")
def every_sector_used(study: Study) -> Iterator[Spot]:
    """Health advice that is listed has left a trace in C or G."""
    if _HEALTH.search(whole.said(study, "K")) and whole.nil(study, "C") and whole.nil(study, "G"):
        yield whole.section(study, "C")
