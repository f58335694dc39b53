# SPDX-License-Identifier: Apache-2.0
"""Therapy that teaches stands in the right box, and training of staff has hours."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_TEACHES = re.compile(
    r"\b(?:teach(?:es|ing)?|taught|educat\w+|learn(?:s|ing)? to|train(?:s|ing)?|coach\w*|instruct\w*)\b",
    re.IGNORECASE,
)
_THERAPY = re.compile(r"\b(?:therap\w*|salt|slt|ot|physio\w*|psycholog\w*|programme|elsa)\b", re.IGNORECASE)
_CLINICAL = re.compile(
    r"\b(?:inject\w*|insulin|medic\w*|tube|feeds?|seizure\w*|epilep\w*|catheter\w*|resuscitat\w*"
    r"|gastrostomy|suction|oxygen|buccal|midazolam|hoist\w*)\b",
    re.IGNORECASE,
)
_CLINICAL = re.compile(
    r"\b(?:inject\w*|insulin|medic\w*|tube|feeds?|seizure\w*|epilep\w*|catheter\w*|resuscitat\w*"
    r"|gastrostomy|suction|oxygen|buccal|midazolam|hoist\w*)\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:staff|tas?|teachers?|adults|team|assistants?)\b.{0,60}\b(?:trained|training)\b|\b(?:trained"
    r"|training)\b.{0,60}\b(?:staff|tas?\b|teachers?|adults|team|assistants?)\b",
    re.IGNORECASE,
)


@check("Q30")
def teaching_therapy_in_f(study: Study) -> Iterator[Spot]:
    """Health or care provision that educates or trains is special educational provision (CFA s.21(5))."""
    for sentence in study.section("G", "H1", "H2"):
        if (
            _TEACHES.search(sentence.text)
            and _THERAPY.search(sentence.text)
            and not _CLINICAL.search(sentence.text)
        ):
            yield Spot(sentence.start, sentence.end)


@check("Q33")
def training_has_hours(study: Study) -> Iterator[Spot]:
    """Training of staff says how many hours and by whom."""
    for sentence in study.section("F", "G"):
        mark = _STAFF.search(sentence.text)
        if (
            mark
            and not study.carries(sentence, "duration")
            and not re.search(r"\b(?:days?|level \d|trained (?:in|by))\b", sentence.lower)
        ):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
