# SPDX-License-Identifier: Apache-2.0
"""The golden thread's rules (plan-quality 7): nothing hangs in the air."""

import re
from collections.abc import Iterator
from functools import cache

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import citing, topics, words
from fingerpost.rules.plan_quality.parts.model import Need
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.thread_index import Answered, Spoken

_ASPIRES = re.compile(
    r"\b(?:wants? to (?:be|become|work|live|go|learn|have)|would (?:like|love) to (?:be|become|work|live"
    r"|go|learn|have)|dreams? of|hopes? to|aspires?|when (?:he|she|they|i) (?:is|are|am|grows?|grow) "
    r"(?:older|up))\b",
    re.IGNORECASE,
)
_CITES = re.compile(
    r"\b(?:report|advice|assessment|letter|section k|appendix|assessed by|\(\w{1,3}\d?,)\b|\bK\d",
    re.IGNORECASE,
)
_METHODS = re.compile(
    r"\b(?:makaton|pecs|bsl|british sign language|signalong|aac|eye[- ]gaze|communication (?:book|board"
    r"|device)|symbols|braille|voice output|talker|picture exchange|signs)\b",
    re.IGNORECASE,
)

_CONCRETE = frozenset(
    {
        "hearing",
        "vision",
        "sleep",
        "literacy",
        "numeracy",
        "memory",
        "motor",
        "sensory",
        "communication",
        "attention",
    }
)
_SETTLED = re.compile(
    r"\bno (?:provision|services?|treatment) (?:is|are) (?:needed|required)|because\b|\b(?:treated|steady|stable"
    r"|resolved|mended|normal|outgrown|under (?:the|review)|checked|monitored|managed|well controlled|followed)\b",
    re.IGNORECASE,
)


def _plain_subject(need: Need) -> bool:
    """Words can show that nothing speaks of reading or hearing; of worry or independence they cannot."""
    return bool(topics.first(need.place.text.lower()) & _CONCRETE)


@check("T1")
def each_need_met(study: Study) -> Iterator[Spot]:
    """Each need in B has provision in F."""
    lines = [line for line in study.provision if line.section == "F"]
    named = (label for one in study.with_heads("F") for label in citing.cited(one.text))
    known = Answered.by(lines, named)
    for need in study.needs:
        if need.section != "B" or not lines:
            continue
        silent = not known.answers(need) and (known.passes_by(need) or _plain_subject(need))
        if silent or known.gap_in_table(need):
            yield Spot(need.place.start, need.place.end)


@check("T2")
def health_and_care_needs_met(study: Study) -> Iterator[Spot]:
    """Where C or D holds a need, G or H holds provision or the reason why none is needed."""
    for letter, boxes in (("C", ("G",)), ("D", ("H1", "H2"))):
        answered = [box for box in boxes if study.section(box) and not whole.nil(study, box)]
        there = [box for box in boxes if box in study.opened]
        for need in study.needs:
            if need.section == letter and there and not answered and not _SETTLED.search(need.place.text):
                yield Spot(need.place.start, need.place.end)


@check("T3")
def each_line_for_a_need(study: Study) -> Iterator[Spot]:
    """Help of a special kind, for sight or hearing or seizures, serves a need that is written down."""
    written = whole.said(study, "A", "B", "C", "D")
    lines = [line for line in study.provision if line.section == "F"]
    if not study.needs:
        return
    for help_given, need in _special():
        if not need.search(written):
            for line in lines:
                if help_given.search(line.place.text.lower()):
                    yield Spot(line.place.start, line.place.end)


@cache
def _special() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    kinds = words.data("special").values()
    return tuple((re.compile(rf"\b(?:{one['provision']})"), re.compile(one["need"])) for one in kinds)


@check("T4")
def each_outcome_held(study: Study) -> Iterator[Spot]:
    """Each outcome rests on a need and on provision."""
    if not study.needs or not study.provision:
        return
    needs, lines = Spoken.of(study.needs), Spoken.of(study.provision)
    labels = {label for line in study.provision for label in line.outcomes}
    for outcome in study.outcomes:
        need = needs.like(outcome)
        line = lines.like(outcome) or outcome.label in labels
        if outcome.topics and not (need and line):
            lacking = "provision" if need else "need" if line else "need and no provision"
            why = f"This outcome has no {lacking} that speaks of the same thing."
            yield Spot(outcome.place.start, outcome.place.end, why=why)


@check("T5")
def aspirations_followed(study: Study) -> Iterator[Spot]:
    """Each aspiration in A is taken up by an outcome, or set aside in words."""
    outcomes = [outcome.stems | {*outcome.topics} for outcome in study.outcomes]
    for sentence in study.section("A"):
        if (
            _ASPIRES.search(sentence.text)
            and outcomes
            and not re.search(r"not in this phase|later", sentence.lower)
        ):
            said = topics.stems(sentence.lower) | topics.of(sentence.lower)
            if said and not any(said & one for one in outcomes):
                yield Spot(sentence.start, sentence.end)


@check("T6")
def needs_have_sources(study: Study) -> Iterator[Spot]:
    """Needs say which report they come from."""
    needs = [need for need in study.needs if need.section == "B"]
    if (
        len(needs) > 1
        and not any(_CITES.search(need.place.text) for need in needs)
        and not _CITES.search(whole.said(study, "B"))
    ):
        yield whole.section(study, "B", f"None of the {len(needs)} needs names the report it comes from.")


@check("T8")
def own_way_of_talking_used(study: Study) -> Iterator[Spot]:
    """How the child communicates, as told in A, is used in F."""
    provision = whole.said(study, "F")
    for sentence in study.section("A"):
        mark = _METHODS.search(sentence.text)
        if mark and provision and mark[0].lower() not in provision:
            yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
            return
