# SPDX-License-Identifier: Apache-2.0
"""Wrong child, left-over names and private details (plan-quality 10). Leak rules keep their level whatever
is measured."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import ages, foreign, whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.document import OUTSIDE, Block
from fingerpost.rules.plan_quality.parts.model import Person
from fingerpost.rules.plan_quality.parts.study import Study

_LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
_STRIP = {
    "comment": "A comment is still in the file.",
    "deleted": "Deleted words are still in the file as a tracked change.",
    "hidden": "Hidden text is in the file.",
}
_PLACEHOLDER = re.compile(
    r"\[(?:[^\]]{0,20}\b(?:child|name|insert|date|school|setting|young person|pupil|he/she|parent|surname"
    r"|forename|dob|tbc|delete)\b[^\]]{0,40})\]|<(?:\s*(?:insert|child|name|first ?name|date|school|pupil"
    r"|young person)[^>]{0,30})>"
    r"|\{\{?[^{}\n]{1,40}\}?\}|\bX{3,}\b|\bxx[/.-]xx[/.-]xx(?:xx)?\b|\b(?:insert|enter|add|type) (?:the "
    r")?(?:child's |pupil's |young person's )?(?:name|text|date|details|here)\b|\bnote to (?:drafter"
    r"|author|self|writer)\b|\bremove before (?:issue|sending)\b|\binsert (?:the )?(?:\w+'s )?(?:\w+ "
    r"){1,2}here\b|\blorem ipsum\b|_{5,}"
    r"|\bhe/she\b|\bhis/her\b|\bs/he\b|\bdelete as (?:appropriate|applicable)\b|\?\?\?+|\bclick (?:or tap "
    r")?here to enter\b|\bTBC\b",
    re.IGNORECASE,
)
_KIN = (
    r"(?:mother|mum|father|dad|step-?(?:mother|father|dad|mum)|brother|sister|sibling|parent|grand\w+|aunt"
    r"|uncle|cousin|carer)s?'?s?"
)
_ILL = (
    r"(?:depress\w*|bipolar|schizophren\w*|cancer|autis\w*|adhd|epilep\w*|anxiety|mental (?:health"
    r"|illness)|alcohol\w*|drug\w*|addict\w*|diagnos\w*|ptsd|domestic (?:abuse|violence)|prison|convict\w*"
    r"|divorc\w*|separat\w*|hiv|psychosis|learning (?:disability|difficult\w*)|medication|overdose|affair"
    r"|debt|unemploy\w*|arrest\w*|suicid\w*)"
)
_THIRD = re.compile(
    rf"\b(?:(?:his|her|their|my|the)(?: \w+)? )?{_KIN}\b[^.;]{{0,50}}?\b(?:has|have|had|is|was|were"
    r"|suffer\w*|takes?|with|receiv\w*|recently|'s|history of|diagnos\w*"
    rf"|struggl\w*)\b[^.;]{{0,40}}?\b{_ILL}\b|\b{_KIN}'s? {_ILL}",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:report|feel|say|said|worr|concern|describe|explain|told|think|believe|would like|seek|hope"
    r"|notice|want|ask)\w*\b",
    re.IGNORECASE,
)


@check("P01")
def other_childs_name(study: Study) -> Iterator[Spot]:
    """Another child's name or number in Sections A to K or on the front."""
    others = study.brief.others or ()
    elsewhere = foreign.of(others)
    mine = foreign.known(study.brief.child, study.text)
    numbers = _my_numbers(study.brief.child)
    for placed in study.placed:
        if placed.block.in_body:
            yield from _found(study, placed.block, elsewhere, mine, numbers)


def _found(
    study: Study, block: Block, elsewhere: foreign.Foreign, mine: frozenset[str], numbers: frozenset[str]
) -> Iterator[Spot]:
    text = study.document.words(block)
    for at, stop in (*foreign.names(text, elsewhere, mine), *foreign.numbers(text, elsewhere, numbers)):
        yield Spot(block.start + at, block.start + stop)


def _my_numbers(child: Person | None) -> frozenset[str]:
    if child is None:
        return frozenset()
    return frozenset(foreign.bare(one) for one in (child.upn, child.nhs_number, child.case_number) if one)


@check("P02")
def unknown_name(study: Study) -> Iterator[Spot]:
    """A first name that nobody has accounted for, once for each name."""
    mine = foreign.known(study.brief.child, study.text)
    theirs = foreign.of(study.brief.others or ()).firsts
    seen: set[str] = set()
    for sentence in study.section(*_LETTERS[:-1]):
        for mark in foreign.CAPITAL.finditer(sentence.text):
            word = mark[0].lower()
            if (
                word in foreign.first_names()
                and word not in mine | theirs | seen
                and word not in foreign.both()
            ):
                seen.add(word)
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("P03")
def wrong_pronoun(study: Study) -> Iterator[Spot]:
    """Another pronoun than the child's, in more than two places where nobody else is meant."""
    child = study.brief.child
    wanted = child.pronouns.lower().split("/")[0].strip() if child else ""
    wrong = {
        "he": r"\b(?:she|her|hers|herself)\b",
        "she": r"\b(?:he|his|him|himself)\b",
        "they": r"\b(?:he|she|his|him|her|himself|herself)\b",
    }.get(wanted)
    if not wrong:
        return
    marks = [
        (one, mark)
        for one in study.section(*_LETTERS[:-1])
        if not _someone_else(one.text) and (mark := re.search(wrong, one.lower))
    ]
    if len(marks) > 2:
        for sentence, mark in marks:
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


def _someone_else(text: str) -> bool:
    return bool(
        re.search(
            rf"\b(?:{_KIN}|Mrs?|Ms|Miss|Dr|teacher|ta|therapist|friend|peer|psychologist|doctor|nurse"
            r"|worker)\b",
            text,
            re.IGNORECASE,
        )
    )


@check("P04")
def wrong_identity(study: Study) -> Iterator[Spot]:
    """Date of birth, age, year group, UPN or NHS number that is not the child's, anywhere in the file."""
    child = study.brief.child
    if child is None:
        return
    yield from _wrong_birth(study, child)
    yield from _wrong_year(study, child)
    for pattern, own in ((foreign.UPN, child.upn), (foreign.NHS, child.nhs_number)):
        for mark in pattern.finditer(study.text):
            if (
                own
                and foreign.bare(mark[0]) != foreign.bare(own)
                and (pattern is foreign.UPN or _said_nhs(study.text, mark.start()))
            ):
                yield Spot(mark.start(), mark.end())


def _wrong_birth(study: Study, child: Person) -> Iterator[Spot]:
    born = ages.born(study)
    if child.born_on and born and born[0] != child.born_on:
        yield Spot(born[1], born[2])
    mark = re.search(
        r"\b(?:aged?|age is)\s*:?\s*(\d{1,2})\b(?! ?(?:months|to|-|and over))|\b(\d{1,2})[- ]years?[- ]old\b",
        study.text[:3000],
        re.IGNORECASE,
    )
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


def _said_nhs(text: str, at: int) -> bool:
    return "nhs" in text[max(0, at - 40) : at].lower()


@check("P05")
def other_place(study: Study) -> Iterator[Spot]:
    """A school or authority that is not the child's, as if current."""
    child = study.brief.child
    own = " ".join((*child.settings, child.local_authority)).lower() if child else ""
    pattern = re.compile(
        r"\b(?:[A-Z][\w'-]+ ){1,4}(?:Primary|Infant|Junior|High|Secondary|Nursery|Special|Grammar"
        r"|Community|Church|Catholic|Academy|School|College|County Council|City Council|Borough Council"
        r"|Council)(?: (?:School|Academy|College|Council))?\b"
    )
    for sentence in study.section(*_LETTERS[:-1]):
        for mark in pattern.finditer(sentence.text):
            if (
                own
                and not _same_place(mark[0].lower(), own)
                and not re.search(
                    r"\b(?:previous\w*|former\w*|moved|left|used to|attended|transfer\w*|until|before"
                    r"|preferred|visit\w*|will (?:start|move|go))\b",
                    sentence.lower,
                )
            ):
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


def _same_place(found: str, own: str) -> bool:
    dull = {
        "the",
        "school",
        "primary",
        "high",
        "academy",
        "college",
        "council",
        "county",
        "city",
        "borough",
        "at",
        "in",
        "and",
        "special",
        "community",
        "nursery",
    }
    telling = [word for word in re.findall(r"[a-z]+", found) if word not in dull]
    return not telling or any(word in own for word in telling)


@check("P07")
def left_in_the_file(study: Study) -> Iterator[Spot]:
    """Heads, properties, comments, changes, hidden and alternative text: foreign names block, the rest is stripped."""
    others = study.brief.others
    elsewhere, mine = foreign.of(others or ()), foreign.known(study.brief.child, study.text)
    for placed in study.placed:
        block = placed.block
        if block.kind in OUTSIDE:
            found = list(_found(study, block, elsewhere, mine, _my_numbers(study.brief.child)))
            yield from (
                Spot(
                    one.start, one.end, "BLOCK", "Another child's name or number stands outside the sections."
                )
                for one in found
            )
            if not found and block.kind in _STRIP:
                yield Spot(block.start, block.end, "FIX", _STRIP[block.kind])


@check("P09")
def placeholder(study: Study) -> Iterator[Spot]:
    """A gap of the template that nobody filled."""
    for mark in _PLACEHOLDER.finditer(study.text):
        sentence = study.at(mark.start())
        if (
            not (mark[0].upper() == "TBC" and sentence.section == "I") and sentence.section != "unplaced"
        ) or mark[0].startswith(("[", "<", "{")):
            yield Spot(mark.start(), mark.end())


@check("P10")
def third_party(study: Study) -> Iterator[Spot]:
    """Somebody else's illness, past or trouble; and any address where contact is restricted."""
    for sentence in study.section(*_LETTERS[:-1]):
        mark = _THIRD.search(sentence.text)
        if mark and not (_SPEAKS.search(mark[0]) and not re.search(rf"\b{_KIN}'s\b", mark[0])):
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end(), "FIX")
    child = study.brief.child
    if child and child.restricted_contact:
        for mark in foreign.POSTCODE.finditer(study.text):
            yield Spot(
                mark.start(),
                mark.end(),
                "BLOCK",
                "Contact is restricted for this child, and an address stands in the plan.",
            )


@check("P11")
def report_of_another_child(study: Study) -> Iterator[Spot]:
    """A report whose first page does not name this child."""
    child = study.brief.child
    if child is None or not study.brief.advice:
        return
    own = {name.lower() for name in (child.first_name, *child.known_as) if name}
    for number, report in enumerate(study.brief.advice, start=1):
        front = set(re.findall(r"[a-z\u00e0-\u024f]+", report.text[:3000].lower()))
        if own and not own & front:
            yield whole.document(
                f"Advice file {number} of {len(study.brief.advice)} does not name this child on its first "
                "page."
            )


@check("P12")
def earlier_version(study: Study) -> Iterator[Spot]:
    """A foreign name in words that were deleted from this file: the sign of a reused template."""
    elsewhere, mine = foreign.of(study.brief.others or ()), foreign.known(study.brief.child, study.text)
    for placed in study.placed:
        if placed.block.kind == "deleted":
            yield from _found(study, placed.block, elsewhere, mine, frozenset())
