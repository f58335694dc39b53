# SPDX-License-Identifier: Apache-2.0
"""Private details of other people, and addresses that must not be seen (plan-quality 10, P10)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks.leaks import foreign
from fingerpost.rules.plan_quality.checks.leaks.kin import KIN
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.model import BEFORE_ADVICE
from fingerpost.rules.plan_quality.parts.study import Study

_ILL = (
    r"(?:depress\w*|bipolar|schizophren\w*|cancer|autis\w*|adhd|epilep\w*|anxiety|mental (?:health"
    r"|illness)|alcohol\w*|drug\w*|addict\w*|diagnos\w*|ptsd|domestic (?:abuse|violence)|prison|convict\w*"
    r"|divorc\w*|separat\w*|hiv|psychosis|learning (?:disability|difficult\w*)|medication|overdose|affair"
    r"|debt|unemploy\w*|arrest\w*|suicid\w*)"
)
_THIRD = re.compile(
    rf"\b(?:(?:his|her|their|my|the)(?: \w+)? )?{KIN}\b[^.;]{{0,50}}?\b(?:has|have|had|is|was|were"
    r"|suffer\w*|takes?|with|receiv\w*|recently|'s|history of|diagnos\w*"
    rf"|struggl\w*)\b[^.;]{{0,40}}?\b{_ILL}\b|\b{KIN}'s? {_ILL}",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:report|feel|say|said|worr|concern|describe|explain|told|think|believe|would like|seek|hope"
    r"|notice|want|ask)\w*\b",
    re.IGNORECASE,
)
_OWNED = re.compile(rf"\b{KIN}'s\b")
_RESTRICTED = "Contact is restricted for this child, and an address stands in the plan."


@check("P10")
def third_party(study: Study) -> Iterator[Spot]:
    """Somebody else's illness, past or trouble; and any address where contact is restricted."""
    for sentence in study.section(*BEFORE_ADVICE):
        mark = _THIRD.search(sentence.text)
        if mark and not (_SPEAKS.search(mark[0]) and not _OWNED.search(mark[0])):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end(), "FIX")
    if study.brief.child and study.brief.child.restricted_contact:
        for mark in foreign.POSTCODE.finditer(study.text):
            yield Spot(mark.start(), mark.end(), "BLOCK", _RESTRICTED)
