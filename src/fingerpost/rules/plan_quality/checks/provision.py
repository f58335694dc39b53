# SPDX-License-Identifier: Apache-2.0
"""Provision lines: the eleven slots, therapy that teaches in the wrong box, staff training, and when
provision is reviewed."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.model import Provision
from fingerpost.rules.plan_quality.parts.study import Study

_NAMES = {
    "what": "what is done",
    "who": "who does it",
    "how_long": "how long each time",
    "how_often": "how often",
    "until": "for how many weeks or until when",
    "group": "how many in the group",
    "checked": "who checks it, how and when",
}
_QUESTIONS = {
    "what": "Which approach?",
    "who": "Which role?",
    "how_long": "How many minutes?",
    "how_often": "How many times a week?",
    "until": "For how many weeks a year, or until when?",
    "group": "How many pupils at most?",
    "checked": "Who checks it, and when?",
}
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
_STAFF = re.compile(
    r"\b(?:staff|tas?|teachers?|adults|team|assistants?)\b.{0,60}\b(?:trained|training)\b|\b(?:trained"
    r"|training)\b.{0,60}\b(?:staff|tas?\b|teachers?|adults|team|assistants?)\b",
    re.IGNORECASE,
)


def lacking(line: Provision, study: Study) -> tuple[str, ...]:
    """The empty slots that a line of this kind must fill."""
    need = ["what", "who", "how_long", "how_often", "until", "checked"]
    if line.kind == "training":
        need = ["what", "who", "how_long"]
    elif line.kind in {"equipment", "environment"}:
        need = ["what", "who", "how_often"]
    if any(study.carries(one, "group") for one in line.sentences):
        need.append("group")
    return tuple(slot for slot in need if slot not in line.slots)


@check("Q27")
def slots_filled(study: Study) -> Iterator[Spot]:
    """Each provision line says what, who, how long, how often, until when, and who checks."""
    for line in study.provision:
        gaps = lacking(line, study)
        if gaps:
            heavy = sum(gap in {"who", "how_long", "how_often"} for gap in gaps) >= 2
            yield Spot(
                line.place.start,
                line.place.end,
                None if heavy else "HINT",
                _why(gaps),
                " ".join(_QUESTIONS[gap] for gap in gaps),
            )


def _why(gaps: tuple[str, ...]) -> str:
    return "This line does not say " + "; ".join(_NAMES[gap] for gap in gaps) + "."


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


@check("Q34")
def provision_reviewed(study: Study) -> Iterator[Spot]:
    """Section F says when its provision is looked at again."""
    said = study.section("F")
    if len(said) > 2 and not any(study.carries(one, "check") for one in said):
        yield whole.section(study, "F")
