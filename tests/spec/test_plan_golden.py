# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten plans written by hand after the structures of different councils; their reports were read by eye and are kept.

When a rule changes on purpose, look at the difference, then write the reports again:
`python -m tests.spec.test_plan_golden`.
"""

from datetime import date
from pathlib import Path

import pytest

from fingerpost.rules.plan_quality import check
from fingerpost.rules.plan_quality.parts.brief import Brief
from fingerpost.rules.plan_quality.reading import door

FOLDER = Path(__file__).parent / "plan_golden"
PLANS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".report.txt"))
TODAY = date(2025, 5, 6)


def said(path: Path) -> str:
    """One line for each finding, then the words found in each section."""
    report = check.check(door.read(path.read_bytes(), name=path.name), Brief(today=TODAY))
    lines = ["SPDX-License-Identifier: CC-BY-4.0", f"stage: {report.stage}"]
    for one in report.findings:
        more = f" (+{len(one.also_at)})" if one.also_at else ""
        lines.append(
            f"{one.level} {one.rule} {one.section} [{' '.join(one.quote.split())[:90]}]{more} {one.why}"
        )
    lines.append("words: " + ", ".join(f"{section} {count}" for section, count in report.sections.items()))
    return "\n".join(lines) + "\n"


def test_there_are_ten() -> None:
    assert len(PLANS) == 10


@pytest.mark.parametrize("path", PLANS, ids=[path.stem for path in PLANS])
def test_the_report_is_as_reviewed(path: Path) -> None:
    assert said(path) == path.with_suffix(".report.txt").read_text(encoding="utf-8")


def test_the_strong_plan_has_nothing_to_fix() -> None:
    assert not [
        line for line in said(FOLDER / "10-strong-plan.md").splitlines() if line.startswith(("BLOCK", "FIX"))
    ]


def write() -> None:
    """Write the reports again."""
    for path in PLANS:
        path.with_suffix(".report.txt").write_text(said(path), encoding="utf-8")


if __name__ == "__main__":
    write()
