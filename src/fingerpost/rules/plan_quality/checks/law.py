# SPDX-License-Identifier: Apache-2.0
"""Legal must-haves of the whole document: SEND Regulations 2014 regs 6, 11 to 14; Code of Practice 9.61 to 9.69."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import ages, whole
from fingerpost.rules.plan_quality.checks.leaks import foreign
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.sections import names
from fingerpost.rules.plan_quality.sections.names import LETTERS

_SIGNED = re.compile(
    r"\b(?:signed|signature|authorised (?:officer|by)|on behalf of|duly authorised)\b", re.IGNORECASE
)
_BLANK = re.compile(
    r"\b(?:left (?:blank|empty)|blank|to be (?:completed|named|confirmed|decided|determined)|not (?:yet "
    r")?(?:named|completed|to be named)|will be (?:named|completed)|no (?:setting|school|placement"
    r"|institution)[\w ]{0,20}named|draft|tbc|n/?a|named (?:only )?in the final|following (?:consultation"
    r"|your)|after (?:the )?(?:consultation|parents)"
    r"|which (?:school|college|nursery|setting|placement|one)|to ask for an?|(?:may|can) (?:ask|say) (?:for|which))\b",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:school|college|academy|nursery|academies|unit|centre|placement|provision|setting)\b", re.IGNORECASE
)
_ASPIRES = re.compile(
    r"\b(?:wants? to (?:be|become|work|own|live|have|go)|would (?:like|love) to (?:be|become|work|live"
    r"|have|go)|dreams? of|hopes? (?:to|that)|aspires? to|wishes? to|my dream|when (?:he|she|they|i) (?:is"
    r"|are|am|grows?) (?:older|up|grown))\b",
    re.IGNORECASE,
)
_PFA = re.compile(
    r"\b(?:employ\w*|work experience|apprentice\w*|careers?|job|supported internship|independent(?:ly)? "
    r"living|live independently|own (?:home|flat)|housing|travel (?:training|independently|alone)"
    r"|budget\w* money|cook\w*|community|adult(?:hood)? (?:life|services|social care|health)|preparing for "
    r"adulthood|preparation for adulthood|college course|moving to adult|vocational|volunteer\w*)\b",
    re.IGNORECASE,
)
_ADVICE = {
    "the parents or young person": r"parent|carer|mother|father|mum|dad|famil|young person|child's views|views of",
    "the school or setting": r"school|teacher|senco|sendco|headteacher|college|nursery|tutor|setting|academy",
    "a health professional": r"paediatric|medical|health|nurse|doctor|therap|gp\b|nhs|hospital|camhs|consultant",
    "an educational psychologist": r"psycholog|\bep\b",
    "social care": r"social (?:care|work)|early help|children's services|family support",
}


@check("L01")
def sections_present(study: Study) -> Iterator[Spot]:
    """All twelve sections are there and labelled."""
    lacking = [letter for letter in LETTERS if letter not in study.opened]
    if lacking:
        yield whole.document(
            f"No heading was found for Section {', '.join(lacking)}. The regulations ask for each one, "
            "labelled."
        )


@check("L02")
def signed_and_dated(study: Study) -> Iterator[Spot]:
    """A final plan is signed by an authorised officer and dated, not in the future."""
    if study.brief.stage != "final":
        return
    mark = _SIGNED.search(study.text)
    near = dates.find(study.text, max(0, mark.start() - 150), mark.end() + 200) if mark else ()
    if mark is None:
        yield whole.document(
            "A final plan is signed and dated by an officer of the authority; no signature line was found."
        )
    elif not near:
        yield Spot(mark.start(), mark.end(), why="The signature has no date beside it.")
    elif late := [one for one in near if one.on > study.brief.today]:
        yield Spot(late[0].start, late[0].end, why="The date of signing lies in the future.")


@check("L03")
def nothing_named_in_a_draft(study: Study) -> Iterator[Spot]:
    """A draft names no setting in Section I."""
    if study.brief.stage != "draft":
        return
    for sentence in study.section("I"):
        if _names_place(sentence.text):
            yield Spot(sentence.start, sentence.end)
            return


def _names_place(text: str) -> bool:
    said = text.partition(":")[2].strip() or text
    if _BLANK.search(text) or names.named(said) is not None:
        return False
    return bool(_SETTING.search(said) or re.search(r"[a-z,] [A-Z][a-z]+", said))


@check("L08")
def aspiration_is_no_outcome(study: Study) -> Iterator[Spot]:
    """An aspiration stands in A; Section E holds outcomes."""
    for sentence in study.section("E"):
        mark = _ASPIRES.search(sentence.text)
        if mark and not re.search(r"so that|by (?:the|july|june|\w+ 20)|because|aspiration", sentence.lower):
            yield Spot(sentence.start, sentence.end)


@check("L09")
def advice_sought(study: Study) -> Iterator[Spot]:
    """Section K lists each kind of advice that regulation 6 asks for."""
    listed = whole.said(study, "K")
    own = foreign.known(study.brief.child, study.text)
    if any(name in listed.split() for name in own):
        listed += " young person"
    lacking = [who for who, pattern in _ADVICE.items() if not re.search(pattern, listed)]
    if len(listed.split()) > 3 and lacking:
        yield whole.section(study, "K", f"Section K lists no advice from {', '.join(lacking)}.")


@check("L12")
def prepared_for_adulthood(study: Study) -> Iterator[Spot]:
    """From Year 9 the provision prepares for adult life."""
    if not ages.year_nine_or_over(study) or not study.section("F"):
        return
    if not _PFA.search(whole.said(study, "F", "G", "H1", "H2")):
        yield whole.section(study, "F")


@check("Q41")
def adult_life_in_outcomes(study: Study) -> Iterator[Spot]:
    """From Year 9 the outcomes touch work, home, friends and health in adult life."""
    if ages.year_nine_or_over(study) and study.section("E") and not _PFA.search(whole.said(study, "E")):
        yield whole.section(study, "E")
