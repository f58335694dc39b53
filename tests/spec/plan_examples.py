# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns an example of a check into a study: wording stands in the check's first section, the rest are small plans."""

from datetime import date
from typing import Any

from fingerpost.rules.plan_quality import briefs, check
from fingerpost.rules.plan_quality.checks.registry import Check
from fingerpost.rules.plan_quality.document import Document, Manuscript
from fingerpost.rules.plan_quality.parts import shared
from fingerpost.rules.plan_quality.parts.brief import Brief
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading import door

TODAY = date(2025, 5, 6)
_GIVEN = ("child", "others", "letter", "clocks", "dispatch")


def spots(one: Check, example: Any) -> list[str]:
    """The words at which the check fires in its example."""
    study = _study(one, example)
    return [study.text[spot.start : spot.end] for spot in one.run(study)]


def _study(one: Check, example: Any) -> Study:
    if one.wording:
        example = f"# Section {one.sections[0]}\n{example}"
    given = example if isinstance(example, dict) else {"text": example}
    document = _document(given)
    brief = briefs.of(
        {
            "today": TODAY.isoformat(),
            **{name: given.get(name) for name in _GIVEN},
            "before": door.read(given["before"].encode(), name="before.md").as_data()
            if "before" in given
            else None,
            "review": _report(given["review"]) if "review" in given else None,
            "shared": shared.marks(given["shared"].lower().split("\n")) if "shared" in given else None,
            "advice": [_report(text) for text in given["advice"]] if "advice" in given else None,
        }
    )
    return briefs.staged(Study(document, brief))


def _report(text: str) -> dict[str, Any]:
    return {"name": "x", "text": text, "lines": text.split("\n")}


def _document(given: dict[str, Any]) -> Document:
    plain = door.read(given["text"].encode(), name="example.md")
    out = Manuscript("markdown")
    for block in plain.blocks:
        place = {"table": block.table, "row": block.row, "column": block.column}
        out.add(plain.words(block), block.kind, level=block.level, **place)
    for kind, words in given.get("outside", ()):
        out.add(words, kind)
    return out.finish()


def rules_of(text: str, brief: Brief | None = None) -> dict[str, list[str]]:
    """Findings of a small plan: level and quote by rule."""
    report = check.check(door.read(text.encode(), name="plan.md"), brief or Brief(today=TODAY))
    found: dict[str, list[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding.level)
    return found
