# SPDX-License-Identifier: Apache-2.0
"""Fidelity to advice (plan-quality 11): every recommendation answered, none reduced in silence, none too
old or too vague."""

import re
from collections.abc import Iterator
from datetime import timedelta

from fingerpost.rules.plan_quality import fidelity
from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_CITED = re.compile(
    r"\b((?:educational|clinical) psycholog\w+|speech and language therap\w+|occupational therap\w+"
    r"|physiotherap\w+|paediatric\w+|social work\w*|ep|ot|slt|salt|camhs|teacher of the deaf|qtvi"
    r"|audiolog\w+)(?:'s|s')? (?:report|advice|assessment|letter)\b",
    re.IGNORECASE,
)
_SAME = {
    "ep": "psycholog",
    "ot": "occupational",
    "slt": "speech",
    "salt": "speech",
    "camhs": "camhs",
    "qtvi": "visual",
}


def _spot(study: Study, one: fidelity.Answer, why: str) -> Spot:
    if one.line is not None:
        return Spot(one.line.place.start, one.line.place.end, why=why)
    return whole.document(why)


@check("F11.1")
def none_unanswered(study: Study) -> Iterator[Spot]:
    """A recommendation that the plan neither takes up nor declines."""
    for one in fidelity.answers(study):
        if one.status == "dropped":
            yield whole.document(
                f"Advice file {one.file}, recommendation {one.number}: nothing in the plan answers it "
                f"({one.about})."
            )


@check("F11.2")
def none_reduced(study: Study) -> Iterator[Spot]:
    """Provision that is less than the advice asked for, with no reason given."""
    for one in fidelity.answers(study):
        if one.status == "reduced":
            yield _spot(
                study, one, f"Advice file {one.file}, recommendation {one.number} asks for more: {one.gap}."
            )


@check("F11.3")
def advice_itself_clear(study: Study) -> Iterator[Spot]:
    """Advice that gives no amount cannot be turned into provision; ask its author first."""
    for number, report in enumerate(study.brief.advice or (), start=1):
        vague = [line for line in fidelity.recommendations(report) if not fidelity.has_amount(line)]
        if vague:
            yield whole.document(
                f"Advice file {number}: {len(vague)} recommendations give no amount, time or number."
            )


@check("F11.4")
def advice_agrees(study: Study) -> Iterator[Spot]:
    """Two reports ask for different amounts of the same thing."""
    for first, second, about in fidelity.disagreements(study.brief.advice or ()):
        yield whole.document(
            f"Advice files {first} and {second} ask for different amounts ({about}). Show both, and give "
            "the reason for the choice."
        )


@check("F11.6")
def advice_recent(study: Study) -> Iterator[Spot]:
    """Advice in Section K older than twelve months."""
    for source in study.sources:
        if source.on and source.on < study.brief.today - timedelta(days=366):
            yield Spot(source.place.start, source.place.end)


@check("Q13")
def needs_of_advice_in_plan(study: Study) -> Iterator[Spot]:
    """A need that advice speaks of has a trace in Section B."""
    said = frozenset().union(*(need.topics for need in study.needs)) if study.needs else frozenset()
    for number, report in enumerate(study.brief.advice or (), start=1):
        for topic in sorted(fidelity.topics_of_need(report) - said):
            yield whole.document(
                f"Advice file {number} describes a need about {topic}; Section B says nothing of it."
            )


@check("K02")
def cited_is_listed(study: Study) -> Iterator[Spot]:
    """A report cited in the plan is listed in Section K."""
    listed = whole.said(study, "K")
    if len(listed.split()) < 4:
        return
    for sentence in study.section("B", "C", "D", "E", "F", "G", "H1", "H2"):
        for mark in _CITED.finditer(sentence.text):
            word = mark[1].lower()
            stem = _SAME.get(word, word.split()[0][:9])
            if stem not in listed and not re.search(rf"\b{word}\b", listed):
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())
