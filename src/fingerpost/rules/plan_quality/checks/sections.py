# SPDX-License-Identifier: Apache-2.0
"""What each section must hold, and the forms in which it is often missing (plan-quality 2.2)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from fingerpost.rules.plan_quality.checks import ages, whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import amounts, dates
from fingerpost.rules.plan_quality.parts.study import Study

_PROVIDES = re.compile(
    r"\b(?:will|must|shall|should) (?:receive|be (?:given|provided|taught|offered|supported)|have "
    r"(?:access|support|a |an |1|\d)|continue to (?:receive|have)|provide|deliver)\b|\b(?:receives?|has"
    r"|gets|is given) (?:\d+|one|two|three|five|ten|fifteen) (?:hours?|minutes|sessions)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d")
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
_SUM = re.compile(r"\u00a3\s?\d[\d,.]*")
_PURPOSE = re.compile(
    r"\b(?:to (?:pay|buy|employ|fund|meet|provide|cover)|for (?:the )?(?:purpose|cost|\w+ (?:hours|therapy"
    r"|sessions|support|assistant))|used (?:for|to)|outcome|need)\b",
    re.IGNORECASE,
)
_NIL = re.compile(
    r"^(?:none|nil|n/?a|not applicable|no\b.{0,80}|not known.{0,60}|there (?:is|are) no\b.{0,100})\.?$",
    re.IGNORECASE,
)
_HEALTH = re.compile(r"paediatric|medical|nurse|doctor|therap|nhs|hospital|camhs|health", re.IGNORECASE)


def nil(study: Study, letter: str) -> bool:
    """Whether a section says only that there is nothing."""
    said = study.section(letter)
    return bool(said) and len(said) <= 2 and all(_NIL.match(one.text.strip()) for one in said)


def _blank(study: Study, letter: str) -> Iterator[Spot]:
    if whole.empty(study, letter):
        yield whole.section(study, letter)


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


@check("Q15")
def no_provision_in_needs(study: Study) -> Iterator[Spot]:
    """Section B holds needs, not provision."""
    for sentence in study.section("B"):
        mark = _PROVIDES.search(sentence.text)
        if mark and not re.search(r"\b(?:said|says|told)\b", sentence.lower):
            yield Spot(sentence.start, sentence.end)


@check("Q12")
def level_with_figures(study: Study) -> Iterator[Spot]:
    """Section B says where the child is now: a figure, a test, a date."""
    said = study.section("B")
    if len(said) > 2 and not any(
        _MEASURE.search(re.sub(r"^\s*[BN]?(?:eed)?\s?\d{1,2}\b", "", one.text)) for one in said
    ):
        yield whole.section(study, "B")


@check("Q03")
def up_to_date(study: Study) -> Iterator[Spot]:
    """The newest date in Section B is not older than a year."""
    found = [
        one for sentence in study.section("B") for one in dates.find(study.text, sentence.start, sentence.end)
    ]
    past = [one for one in found if one.on <= study.brief.today]
    if past and (newest := max(past, key=lambda one: one.on)).on < study.brief.today - timedelta(days=400):
        yield Spot(newest.start, newest.end)


def _unsourced(study: Study, letter: str) -> Iterator[Spot]:
    said = study.section(letter)
    if said and not nil(study, letter) and not any(_SOURCE.search(one.text) for one in said):
        yield Spot(said[0].start, said[0].end)


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
    if not said or nil(study, "G"):
        return
    child = study.brief.child
    if child and child.icb_agreed is False:
        yield Spot(
            said[0].start,
            said[0].end,
            "BLOCK",
            "The record says that the health commissioner has not agreed.",
        )
    elif not (child and child.icb_agreed) and not _AGREED.search(study.text):
        yield whole.section(study, "G")


@check("Q36")
def right_care_box(study: Study) -> Iterator[Spot]:
    """Under 18, services of the 1970 Act stand in H1, not H2."""
    if ages.under_18(study) is False:
        return
    for sentence in study.section("H2"):
        mark = _CSDPA.search(sentence.text)
        if mark and not re.search(r"\b(?:section h1|see h1|none|no |not )\b", sentence.lower):
            yield Spot(sentence.start, sentence.end)


@check("Q38")
def budget_has_purpose(study: Study) -> Iterator[Spot]:
    """A sum in Section J says what it is for."""
    said = study.section("J")
    if any(_PURPOSE.search(one.text) for one in said):
        return
    for sentence in said:
        if mark := _SUM.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("Q39")
def advice_listed_in_full(study: Study) -> Iterator[Spot]:
    """Each piece of advice in Section K has an author's role and a date."""
    for source in study.sources:
        if source.role is None or source.on is None:
            lacking = "the author's role" if source.role is None else "its date"
            yield Spot(source.place.start, source.place.end, why=f"This entry does not give {lacking}.")


@check("Q45")
def every_sector_used(study: Study) -> Iterator[Spot]:
    """Health advice that is listed has left a trace in C or G."""
    if _HEALTH.search(whole.said(study, "K")) and nil(study, "C") and nil(study, "G"):
        yield whole.section(study, "C")


@check("Q32")
def free_of_money(study: Study) -> Iterator[Spot]:
    """Provision is not tied to money or to one place."""
    pattern = re.compile(
        r"\b(?:in line with (?:top[- ]up|the band|band\w*|funding)|top[- ]up|band(?:ing)? (?:[a-h]\b|\d"
        r"|fund\w*|level)|funding (?:level|band|of \u00a3)|matrix (?:level|fund\w*)|equivalent to \u00a3"
        r")|\u00a3\s?\d[\d,]*",
        re.IGNORECASE,
    )
    for sentence in study.section("F"):
        if mark := pattern.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("Q03D")
def no_impossible_date(study: Study) -> Iterator[Spot]:
    """A day that no calendar has."""
    for start, end in dates.impossible(study.text):
        yield Spot(start, end)


@check("Q31")
def floor_under_flex(study: Study) -> Iterator[Spot]:
    """Where an amount may fall or rise, a least amount is stated."""
    pattern = re.compile(
        r"\b(?:hours|time|support|sessions|amount|provision) (?:may|can|will|could|might) (?:be )?(?:vary"
        r"|varied|increased?|reduced?|decreased?|changed?|adjusted|faded?|withdrawn|tapered)\b"
        r"|\b(?:reducing|decreasing|fading) over time\b|\bgradually (?:reduced?|withdrawn|faded)\b",
        re.IGNORECASE,
    )
    for sentence in study.section("F", "G", "H1", "H2"):
        mark = pattern.search(sentence.text)
        if mark and not amounts.FLOOR.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
