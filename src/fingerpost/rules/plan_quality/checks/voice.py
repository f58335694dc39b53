# SPDX-License-Identifier: Apache-2.0
"""The child's voice: whose views stand in Section A, how they were got, and whether they are the child's own words."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_PARENT = re.compile(
    r"\b(?:parents?'?|mother|father|mums?|dads?|carers?|guardian|family|grand\w+|foster)\b", re.IGNORECASE
)
_CHILD = re.compile(
    r"\b(?:says?|said|told|likes?|loves?|enjoys?|wants?|showed|shows|chose|drew|wrote|pointed|signed"
    r"|feels?|i|my|me|views? of (?:the )?(?:child|young person))\b",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"\b(?:talked (?:to|with)|spoke (?:to|with)|met with|met \w+ on|interview\w*|questionnaire|form|drew"
    r"|drawing|photos?|symbols|talking mats?|observ\w+|video|film\w*|signed|conversation|visit\w*|gathered"
    r"|collected|asked|shared (?:his|her|their) views|views were|wrote|told \w+|pupil voice|worksheet|by "
    r"(?:pointing|playing)|through play|with the help of|supported by|person[- ]centred|meeting)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u201c][^\"\u201d]{4,}[\"\u201d]|(?<!\w)'[^']{8,}'(?!\w)|\b(?:I|my|me)\b")
_BORROWED = re.compile(
    r"\b(?:I|my|me)\b[^.!?\n]{0,60}?\b(?:require|present with|benefit from|regulat\w+|dysregulat\w+"
    r"|cognit\w+|processing"
    r"|receptive|expressive|proprioce\w+|vestibular|differentiat\w+|intervention\w*|strategies|curriculum"
    r"|provision"
    r"|attainment|self-esteem|resilience|transitions?|executive|phonolog\w+|interaction skills|peers|access to"
    r"|special educational needs?|difficulties with|emotional literacy|visual supports?|adult support)\b"
)


def ladder(study: Study) -> int:
    """Steps 0 to 4 of the ladder, as far as words can show; 5 and 6 are a person's to judge."""
    said = study.section("A")
    if not said:
        return 0
    text = " ".join(one.text for one in said)
    if _QUOTED.search(text):
        return 4
    if _METHOD.search(text):
        return 2
    return 1


@check("Q07")
def method_stated(study: Study) -> Iterator[Spot]:
    """Section A says how the child's views were got."""
    said = study.section("A")
    if len(said) > 1 and not _METHOD.search(whole.said(study, "A")):
        yield whole.section(study, "A")


@check("Q08")
def two_voices(study: Study) -> Iterator[Spot]:
    """Section A holds the child's views and the parents' views."""
    text = " ".join(one.text for one in study.section("A"))
    if len(text.split()) < 12:
        return
    if not _PARENT.search(text):
        yield whole.section(study, "A", "Nothing in Section A is said to come from parents or carers.")
    elif not _CHILD.search(text):
        yield whole.section(
            study, "A", "Nothing in Section A is said to come from the child or young person."
        )


@check("A8.2")
def professionals_words(study: Study) -> Iterator[Spot]:
    """First person in words that a child would not use is a paraphrase sold as the child's own."""
    for sentence in study.section("A"):
        if mark := _BORROWED.search(sentence.text):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("A8.1")
def own_words(study: Study) -> Iterator[Spot]:
    """Section A quotes the child, or says what the child showed."""
    if study.section("A") and ladder(study) < 2:
        yield whole.section(study, "A", level="FIX")
    elif (
        study.section("A")
        and ladder(study) < 4
        and not re.search(
            r"\b(?:showed|shows|pointed|chose|drew|pushes|smiles|turns away)\b", whole.said(study, "A")
        )
    ):
        yield whole.section(study, "A")
