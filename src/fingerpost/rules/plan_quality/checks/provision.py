# SPDX-License-Identifier: Apache-2.0
"""Provision lines: who and how much, the finer slots, a floor where amounts move, and when they are reviewed."""

import re
from collections import Counter
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import amounts
from fingerpost.rules.plan_quality.parts.model import PROVISION, Provision
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
_HEAVY = ("who", "how_long", "how_often")
# Help that goes on, for which somebody must come at some time; a letter sent or a catch fitted is no such thing.
_HELPS = re.compile(
    r"\b(?:support\w*|help\w*|work(?:s|ing)?|teach\w*|taught|tuition|lessons?|sessions?|groups?|therap\w+"
    r"|programmes?"
    r"|interventions?|input|visits?|sees?|reads?|reading|practi[cs]\w+|mentor\w*|counsell\w+|train\w*"
    r"|breaks?|check[- ]?ins?"
    r"|monitor\w*|games?|cooking|swimming|activit\w+|time|clubs?|strateg\w+|approach\w*|provision|provided"
    r"|assistance"
    r"|supervis\w+|scribe|reader|preparation|work will be)\b",
    re.IGNORECASE,
)
# "She will watch it in use": who acts stands in the sentence before.
_GOES_ON = re.compile(
    r"^(?:she|he|they|it|this|these|those|both|each \w+ is|one of (?:the|those)|the same|each (?:week"
    r"|fortnight|term))\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:by|before|on|from) (?:the end of )?(?:\d{1,2} )?(?:january|february|march|april|may|june|july"
    r"|august|september"
    r"|october|november|december|half[- ]term|christmas|easter)\b|\bat the start\b|\bonce\b",
    re.IGNORECASE,
)
# A permission or a prohibition is owed at all times; it has no length and often no single person.
_RULE = re.compile(
    r"\b(?:is|are) not to \w+|\b(?:must|may|should|will|can) (?:not|never)\b|\bno (?:adult|one|pupil|member)\b"
    r"|\bnobody\b|\bis (?:his|hers|theirs)\b|\bcovers?\b|\bhas the same training\b|\bwill have read\b"
    r"|\btakes? (?:his|her"
    r"|their) place\b|\bis (?:away|absent)\b|^(?:the |a )?[\w ]{3,30} is an? "
    r"|^(?:\W*)if (?:a|the|any|either|neither|both|one|she|he|they)\b[^.]{0,60}"
    r"\b(?:miss\w*|away|absent|ill\w*|cannot|can come|is off)\b"
    r"|\b(?:do|does) not stop\b|\b(?:will|is|are) (?:be )?made up\b|\bgiven in the next\b|\bwill share\b"
    r"|\bmay (?:go|leave|choose|use|keep|stand|sit|eat|wear|come|stay)\b",
    re.IGNORECASE,
)
_FLEXES = re.compile(
    r"\b(?:hours|time|support|sessions|amount|provision) (?:may|can|will|could|might) (?:be )?(?:vary"
    r"|varied|increased?|reduced?|decreased?|changed?|adjusted|faded?|withdrawn|tapered)\b"
    r"|\b(?:reducing|decreasing|fading) over time\b|\bgradually (?:reduced?|withdrawn|faded)\b",
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
def deliverable(study: Study) -> Iterator[Spot]:
    """Each line says who does it and how much; without either nobody can be held to it."""
    for line in study.provision:
        gaps = _heavy(lacking(line, study), line)
        if gaps and _owed(line) and not _RULE.search(line.place.text):
            said = ", ".join(_NAMES[gap] for gap in gaps if gap in _HEAVY)
            yield Spot(line.place.start, line.place.end, why=f"The line does not say {said}.")


def _owed(line: Provision) -> bool:
    """Help that goes on, or anything with a length."""
    return "how_long" in line.slots or bool(_HELPS.search(line.place.text))


def _heavy(gaps: tuple[str, ...], line: Provision) -> tuple[str, ...]:
    """The gaps, if they leave open who acts or how much; a length without a rhythm, or the reverse, is a lesser one."""
    thing = line.kind in {"equipment", "environment"}
    lent = thing and "how_long" in gaps and line.slots.keys() & {"how_often", "where"}
    hours = line.section != "F" and line.slots.keys() & {"how_long", "how_often"}
    nobody = "who" in gaps and not (lent or hours or _GOES_ON.match(line.place.text))
    open_ended = {"how_long", "how_often"} <= set(gaps) and not _ONCE.search(line.place.text)
    return gaps if nobody or open_ended else ()


@check("Q27S")
def finer_slots(study: Study) -> Iterator[Spot]:
    """How many lines of a section leave out when it ends, who checks it, how long or how often."""
    for letter in PROVISION:
        lines = [line for line in study.provision if line.section == letter]
        counts = Counter(gap for line in lines for gap in lacking(line, study))
        if len(lines) > 1 and counts:
            said = "; ".join(f"{_NAMES[gap]} is not said in {counts[gap]}" for gap in _NAMES if counts[gap])
            yield whole.section(study, letter, f"Of {len(lines)} lines: {said}.")


@check("Q34")
def provision_reviewed(study: Study) -> Iterator[Spot]:
    """Section F says when its provision is looked at again."""
    said = study.section("F")
    if len(said) > 2 and not any(study.carries(one, "check") for one in said):
        yield whole.section(study, "F")


@check("Q31")
def floor_under_flex(study: Study) -> Iterator[Spot]:
    """Where an amount may fall or rise, a least amount is stated."""
    for sentence in study.section(*PROVISION):
        mark = _FLEXES.search(sentence.text)
        if mark and not amounts.FLOOR.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
