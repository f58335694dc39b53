# SPDX-License-Identifier: Apache-2.0
"""The local grade from a person's marks: section scores, weights, bands and caps (plan-quality 12; weights
are our choice)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fingerpost.rules.plan_quality import marks as proposals
from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.parts.study import Study

WEIGHTS = {"A": 10, "B": 15, "C": 6, "D": 6, "E": 15, "F": 25, "G": 6, "H": 6, "IJK": 5, "thread": 6}
BANDS = ((85, "outstanding"), (70, "good"), (50, "requires improvement"), (0, "inadequate"))


@dataclass(frozen=True, slots=True)
class LocalGrade:
    """A grade of this area's own, with what it was made of and what held it down."""

    grade: str
    score: float
    sections: Mapping[str, float]
    caps: tuple[str, ...]


def scores(study: Study, findings: Sequence[Finding], skipped: Collection[str]) -> dict[str, Any]:
    """The tool's proposals; with a person's marks also the local grade that follows from them."""
    proposed = proposals.proposed(study, findings, skipped)
    given = study.brief.marks
    if given is None:
        return proposed
    ladder = proposed["voice_ladder"] if given.voice_ladder is None else given.voice_ladder
    nil = whole.nil(study, "C") and whole.nil(study, "D")
    grade = local_grade(given.marks, findings, voice_ladder=ladder, nil_without_reason=nil)
    listed = [one | {"confirmed": given.marks[one["id"]]} for one in proposed["criteria"]]
    return proposed | {
        "local_grade": asdict(grade),
        "why_none": "",
        "marked_by": given.by,
        "marked_on": given.on,
        "voice_ladder": ladder,
        "criteria": listed,
    }


def local_grade(
    marks: Mapping[str, int | None],
    findings: Sequence[Finding],
    *,
    voice_ladder: int,
    nil_without_reason: bool,
) -> LocalGrade:
    """Compute the grade; `marks` are a person's, one for every criterion."""
    sections = _sections(marks)
    total = sum(WEIGHTS[part] for part in sections)
    score = sum(WEIGHTS[part] * value for part, value in sections.items()) / total if total else 0.0
    unmet = marks.get("Q26") == 0  # a person found a need without provision; the tool's own hint caps nothing
    caps = tuple(_caps(sections, findings, voice_ladder, nil=nil_without_reason, unmet=unmet))
    grade = next(name for floor, name in BANDS if score >= floor)
    if any(finding.level == "BLOCK" for finding in findings):
        grade = "inadequate"
    elif caps and grade in {"outstanding", "good"}:
        grade = "requires improvement"
    return LocalGrade(grade, round(score, 1), sections, caps)


def _sections(marks: Mapping[str, int | None]) -> dict[str, float]:
    parts: dict[str, list[tuple[int, int]]] = {}
    for rule, (_, _, weight, part) in proposals.criteria().items():
        mark = marks.get(rule)
        if mark is not None and part in WEIGHTS:
            parts.setdefault(part, []).append((weight, mark))
    return {
        part: 100 * sum(w * m for w, m in found) / sum(2 * w for w, _ in found)
        for part, found in parts.items()
    }


def _caps(
    sections: Mapping[str, float], findings: Sequence[Finding], ladder: int, *, nil: bool, unmet: bool
) -> list[str]:
    reasons = {
        "a BLOCK finding": any(finding.level == "BLOCK" for finding in findings),
        "a need without provision": unmet,
        "Section F below 60": sections.get("F", 100.0) < 60,
        "no child's voice": ladder < 2,
        "C and D empty without reason": nil,
    }
    return [reason for reason, holds in reasons.items() if holds]
