# SPDX-License-Identifier: Apache-2.0
"""Whether the plan and its reports are about this child: pronoun, birth, year, numbers, places (plan-quality 10)."""

import re
from collections.abc import Iterator
from itertools import groupby

from fingerpost.rules.plan_quality.checks import ages, whole
from fingerpost.rules.plan_quality.checks.leaks import foreign, kin
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.brief import Person
from fingerpost.rules.plan_quality.parts.model import BEFORE_ADVICE, Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_WRONG = {
    "he": re.compile(r"\b(?:she|her|hers|herself)\b"),
    "she": re.compile(r"\b(?:he|his|him|himself)\b"),
    "they": re.compile(r"\b(?:he|she|his|him|her|himself|herself)\b"),
}
_OWN = {"he": r"\b(?:he|him|his)\b", "she": r"\b(?:she|her)\b", "they": r"\b(?:they|them|their)\b"}
# What may stand before a paragraph's first word: a label, a lead of a few words.
_BEGINS = re.compile(r"\W*(?:[a-h]\d{0,2}\W+)?(?:\d[\d.]*\W+)?(?:[\w ]{2,30}[:.]\s+)?\W*")
_ELSE = re.compile(
    rf"\b(?:{kin.KIN}|Mrs?|Ms|Miss|Dr|teacher|ta|therapist|friend|peer|psychologist|doctor|nurse|worker|mentor"
    r"|specialist|assistant|senco|tutor|officer|paediatrician)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:aged?|age is)\s*:?\s*(\d{1,2})\b(?! ?(?:months|to|-|and over))|\b(\d{1,2})[- ]years?[- ]old\b",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"\b(?:[A-Z][\w'-]+ ){1,4}(?:Primary|Infant|Junior|High|Secondary|Nursery|Special|Grammar|Community|Church"
    r"|Catholic|Academy|School|College|County Council|City Council|Borough Council|Council)"
    r"(?: (?:School|Academy|College|Council))?\b"
)
_PAST = re.compile(
    r"\b(?:previous\w*|former\w*|moved|left|used to|attended|transfer\w*|until|before|preferred|visit\w*"
    r"|will (?:start|move|go))\b"
)


@check("P03")
def wrong_pronoun(study: Study) -> Iterator[Spot]:
    """Another pronoun than the child's, in more than two places where nobody else is meant."""
    child = study.brief.child
    pattern = _WRONG.get(child.pronouns.lower().split("/")[0].strip()) if child else None
    if pattern is None:
        return
    marks = []
    before: Sentence | None = None
    for one in study.section(*BEFORE_ADVICE):
        if not _someone_else(one, before) and (mark := pattern.search(one.lower)):
            marks.append(Spot(one.start + mark.start(), one.start + mark.end()))
        before = one
    if len(marks) > 2:
        yield from marks
    else:
        yield from _passages(study, pattern, child.pronouns.lower().split("/")[0].strip() if child else "")


def _passages(study: Study, wrong: re.Pattern[str], own: str) -> Iterator[Spot]:
    """A paragraph that begins with the wrong pronoun and keeps to it; nobody else was spoken of just before."""
    right = re.compile(_OWN.get(own, r"(?!)"))
    before: Sentence | None = None
    for _, group in groupby(study.section(*BEFORE_ADVICE), key=lambda one: one.block):
        block = list(group)
        said = " ".join(one.lower for one in block)
        first = wrong.search(said)
        begins = (
            first
            and first.start() < 60
            and _BEGINS.fullmatch(said[: first.start()])
            and not right.search(said)
        )
        if begins and len(wrong.findall(said)) > 2 and not (before and _ELSE.search(before.text)):
            yield Spot(block[0].start, block[-1].end)
        before = block[-1]


def _someone_else(sentence: Sentence, before: Sentence | None) -> bool:
    """Another person is named here, or just before in the same paragraph, and may be the one who is meant."""
    near = before is not None and before.block == sentence.block and _ELSE.search(before.text)
    return bool(near or _ELSE.search(sentence.text))


@check("P04")
def wrong_identity(study: Study) -> Iterator[Spot]:
    """Date of birth, age, year group, UPN or NHS number that is not the child's, anywhere in the file."""
    child = study.brief.child
    if child is not None:
        yield from _wrong_birth(study, child)
        yield from _wrong_age(study, child)
        yield from _wrong_year(study, child)
        yield from _wrong_numbers(study, child)


def _wrong_birth(study: Study, child: Person) -> Iterator[Spot]:
    born = ages.born(study)
    if child.born_on and born and born[0] != child.born_on:
        yield Spot(born[1], born[2])


def _wrong_age(study: Study, child: Person) -> Iterator[Spot]:
    mark = _AGE.search(study.text[:3000])
    if child.born_on and mark:
        said = int(mark[1] or mark[2])
        if abs(ages.at(child.born_on, study.brief.today) - said) > 1:
            yield Spot(mark.start(), mark.end())


def _wrong_year(study: Study, child: Person) -> Iterator[Spot]:
    mark = ages.YEAR.search(study.text)
    if child.year_group is not None and mark:
        said = int(next(group for group in mark.groups() if group))
        if said != child.year_group:
            yield Spot(mark.start(), mark.end())


def _wrong_numbers(study: Study, child: Person) -> Iterator[Spot]:
    for mark in foreign.UPN.finditer(study.text):
        if child.upn and foreign.bare(mark[0]) != foreign.bare(child.upn):
            yield Spot(mark.start(), mark.end())
    for mark in foreign.NHS.finditer(study.text):
        said = "nhs" in study.lower[max(0, mark.start() - 40) : mark.start()]
        if child.nhs_number and said and foreign.bare(mark[0]) != foreign.bare(child.nhs_number):
            yield Spot(mark.start(), mark.end())


@check("P05")
def other_place(study: Study) -> Iterator[Spot]:
    """A school or authority that is not the child's, as if current."""
    child = study.brief.child
    own = " ".join((*child.settings, child.local_authority)).lower() if child else ""
    if not own.strip():
        return
    for sentence in study.section(*BEFORE_ADVICE):
        for mark in _SCHOOL.finditer(sentence.text):
            if not _same_place(mark[0].lower(), own) and not _PAST.search(sentence.lower):
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


def _same_place(found: str, own: str) -> bool:
    telling = [
        word for word in re.findall(r"[a-z]+", found) if word not in words.listed("dull_in_school_names")
    ]
    return not telling or any(word in own for word in telling)


@check("P11")
def report_of_another_child(study: Study) -> Iterator[Spot]:
    """A report whose first page does not name this child."""
    child, advice = study.brief.child, study.brief.advice or ()
    own = {name.lower() for name in (child.first_name, *child.known_as) if name} if child else set()
    for number, report in enumerate(advice, start=1):
        front = set(re.findall(r"[a-z\u00e0-\u024f]+", report.text[:3000].lower()))
        if own and not own & front:
            yield whole.document(
                f"Advice file {number} of {len(advice)} does not name this child on its first page."
            )
