# SPDX-License-Identifier: Apache-2.0
"""Checks one plan: runs every check that has what it needs, and says of the rest that they were not made."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from fingerpost.rules.plan_quality import findings as found
from fingerpost.rules.plan_quality import grading, missing, precision, stage
from fingerpost.rules.plan_quality.checks import book
from fingerpost.rules.plan_quality.checks.registry import LEAKS, Check, Spot
from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.missing import NotChecked
from fingerpost.rules.plan_quality.parts import plain_data
from fingerpost.rules.plan_quality.parts.brief import Brief, Dismissal
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.version import RULES_VERSION


@dataclass(frozen=True, slots=True)
class Report:
    """The answer for one plan."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...]
    scores: Mapping[str, Any]
    warnings: tuple[str, ...]
    stage: str | None
    sections: Mapping[str, int]
    parts: Mapping[str, Any]
    rules_version: str = RULES_VERSION

    @property
    def clear_of_leaks(self) -> bool:
        """Only when every leak rule ran and none fired; "not checked" is never a pass."""
        unsure = any(one.rule in LEAKS for one in self.not_checked)
        return not unsure and not any(finding.leak for finding in self.findings)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "rules_version": self.rules_version,
            "stage": self.stage,
            "clear_of_leaks": self.clear_of_leaks,
            "findings": [finding.as_data() for finding in self.findings],
            "not_checked": [
                {"rule": one.rule, "title": one.title, "why": one.why} for one in self.not_checked
            ],
            "dismissed": [one.as_data() | asdict(why) for one, why in self.dismissed],
            "scores": dict(self.scores),
            "sections": dict(self.sections),
            "parts": dict(self.parts),
            "warnings": list(self.warnings),
        }


def check(document: Document, brief: Brief) -> Report:
    """Everything the rule book has to say about one plan."""
    brief = brief if brief.stage else replace(brief, stage=stage.of(document))
    return report(Study(document, brief))


def report(study: Study) -> Report:
    """The answer for a plan that is already open."""
    skipped = tuple(_skipped(study.brief))
    every = found.dampened(_findings(study))
    stands, aside = found.split_dismissed(every, study.brief.dismissed)
    words = {letter: sum(len(one.text.split()) for one in said) for letter, said in study.by_section.items()}
    scores = grading.scores(study, stands, {one.rule for one in skipped})
    return Report(
        stands,
        skipped,
        aside,
        scores,
        study.document.warnings,
        study.brief.stage,
        words,
        plain_data.of(study),
    )


def _skipped(brief: Brief) -> Iterator[NotChecked]:
    for one in book.checks().values():
        why = missing.lacking(one.needs, brief)
        if why:
            yield NotChecked(one.id, one.title, why)
    if brief.others is None:
        yield NotChecked(
            "P07", "Foreign names in running heads, properties and comments", missing.REASONS["others"]
        )


def _findings(study: Study) -> Iterator[Finding]:
    for one in book.checks().values():
        if missing.lacking(one.needs, study.brief) is None:
            for spot in one.run(study):
                yield _finding(study, one, spot)


def _finding(study: Study, one: Check, spot: Spot) -> Finding:
    level = spot.level or one.level
    shown = precision.shown(one, level)
    quote = study.text[spot.start : spot.end]
    section = spot.section or study.at(spot.start).section
    sentence = study.at(spot.start).text if quote else ""
    why_shown = f"{level} shown as {shown}: measured precision is below 0.8" if shown != level else ""
    return Finding(
        one.id,
        shown,
        section,
        quote,
        spot.start,
        spot.end,
        spot.why or one.why,
        spot.ask or one.ask,
        one.title,
        one.shape,
        one.source,
        one.leak,
        found.mark_of(one.id, section, f"{quote}|{sentence if one.wording else quote}"),
        shown_as=why_shown,
        sentence=sentence if len(sentence) > len(quote) else "",
    )
