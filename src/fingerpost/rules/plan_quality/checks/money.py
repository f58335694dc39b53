# SPDX-License-Identifier: Apache-2.0
"""Money in a plan: provision is not a sum, and a sum in Section J has a purpose."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_TIED = re.compile(
    r"\b(?:in line with (?:top[- ]up|the band|band\w*|funding)|top[- ]up|band(?:ing)? (?:[a-h]\b|\d"
    r"|fund\w*|level)|funding (?:level|band|of \u00a3)|matrix (?:level|fund\w*)|equivalent to \u00a3"
    r")|\u00a3\s?\d[\d,]*",
    re.IGNORECASE,
)
_SUM = re.compile(r"\u00a3\s?\d[\d,.]*")
_PURPOSE = re.compile(
    r"\b(?:to (?:pay|buy|employ|fund|meet|provide|cover)|for (?:the )?(?:purpose|cost|\w+ (?:hours|therapy"
    r"|sessions|support|assistant))|used (?:for|to)|outcome|need)\b",
    re.IGNORECASE,
)


@check("Q32")
def free_of_money(study: Study) -> Iterator[Spot]:
    """Provision is not tied to money or to one place."""
    for sentence in study.section("F"):
        if mark := _TIED.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("Q38")
def budget_has_purpose(study: Study) -> Iterator[Spot]:
    """A sum in Section J says what it is for."""
    said = study.section("J")
    if any(_PURPOSE.search(one.text) for one in said):
        return
    for sentence in said:
        if mark := _SUM.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
