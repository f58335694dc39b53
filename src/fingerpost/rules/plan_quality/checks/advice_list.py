# SPDX-License-Identifier: Apache-2.0
"""Section K: every report listed with role and date, recent, and attached (plan-quality 2.2, K)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import topics
from fingerpost.rules.plan_quality.parts.model import Source
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
_CITING = ("B", "C", "D", "E", "F", "G", "H1", "H2")


@check("Q39")
def advice_listed_in_full(study: Study) -> Iterator[Spot]:
    """Each piece of advice in Section K has an author's role and a date that has passed."""
    for source in study.sources:
        if lacking := _lacking(study, source):
            yield Spot(source.place.start, source.place.end, why=lacking)


def _lacking(study: Study, source: Source) -> str:
    if source.role is None:
        return "This entry does not give the author's role."
    if source.on is None:
        return "This entry does not give its date."
    return "This date lies in the future." if source.on > study.brief.today else ""


@check("F11.6")
def advice_recent(study: Study) -> Iterator[Spot]:
    """Advice in Section K older than twelve months."""
    for source in study.sources:
        if source.on and source.on < study.brief.today - timedelta(days=366):
            yield Spot(source.place.start, source.place.end)


@check("K02")
def cited_is_listed(study: Study) -> Iterator[Spot]:
    """A report cited in the plan is listed in Section K."""
    listed = whole.said(study, "K")
    if len(listed.split()) < 4:
        return
    for sentence in study.section(*_CITING):
        for mark in _CITED.finditer(sentence.text):
            word = mark[1].lower()
            stem = _SAME.get(word, word.split()[0][:9])
            if stem not in listed and not re.search(rf"\b{word}\b", listed):
                yield Spot(sentence.start + mark.start(), sentence.start + mark.end())


@check("K03")
def listed_is_attached(study: Study) -> Iterator[Spot]:
    """Each report that Section K lists is among the advice that was given."""
    reports = [report.text[:3000].lower() + report.name.lower() for report in study.brief.advice or ()]
    for source in study.sources:
        telling = topics.stems(source.role or "")
        if telling and reports and not any(_names(text, telling) for text in reports):
            yield Spot(source.place.start, source.place.end)


def _names(text: str, telling: frozenset[str]) -> bool:
    return any(stem in text for stem in telling)
