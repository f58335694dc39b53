# SPDX-License-Identifier: Apache-2.0
"""Fidelity to advice (plan-quality 11): every recommendation answered, none reduced in silence, none too
old or too vague."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality import fidelity
from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_PRIVATE = re.compile(
    r"\b(?:private(?:ly)?|independent (?:\w+ ){0,3}(?:report|assessment|psycholog\w+|therap\w+))\b",
    re.IGNORECASE,
)


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


@check("F11.5")
def private_report_alike(study: Study) -> Iterator[Spot]:
    """A private report of which nothing was taken up has been treated differently from the rest."""
    for number, report in enumerate(study.brief.advice or (), start=1):
        fates = [one.status for one in fidelity.answers(study) if one.file == number]
        if len(fates) > 1 and set(fates) == {"dropped"} and _PRIVATE.search(report.text[:3000]):
            yield whole.document(
                f"Advice file {number} is a private report; none of its {len(fates)} recommendations is answered."
            )


@check("W9.8")
def pasted_report(study: Study) -> Iterator[Spot]:
    """A paragraph of more than 40 words that stands word for word in a report."""
    reports = [_plain(report.text) for report in study.brief.advice or ()]
    for placed in study.placed:
        said = _plain(study.document.words(placed.block))
        if placed.block.in_body and said.count(" ") >= 40 and any(said in text for text in reports):
            yield Spot(placed.block.start, placed.block.end)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


@check("Q13")
def needs_of_advice_in_plan(study: Study) -> Iterator[Spot]:
    """A need that advice speaks of has a trace in Section B."""
    said = frozenset().union(*(need.topics for need in study.needs)) if study.needs else frozenset()
    for number, report in enumerate(study.brief.advice or (), start=1):
        for topic in sorted(fidelity.topics_of_need(report) - said):
            yield whole.document(
                f"Advice file {number} describes a need about {topic}; Section B says nothing of it."
            )
