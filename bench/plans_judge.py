# SPDX-License-Identifier: AGPL-3.0-or-later
"""Holds findings against labels: which were right, which wrong, which faults were missed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bench.plans_made import Made
from fingerpost.rules.plan_quality import briefs
from fingerpost.rules.plan_quality import check as checker
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.reading import door

TODAY = date(2025, 5, 6)
# Fewer findings than this say nothing about precision.
ENOUGH = 5
# Rules whose faults are planted and labelled; the others speak of the whole text and are not measured here.
WHOLE = {
    "L01",
    "L03",
    "L08",
    "T1",
    "P01",
    "P04",
    "P09",
    "P10",
    "Q39",
    "F11.6",
    "E6.4",
    "E6.5",
    "Q15",
    "Q30",
    "Q31",
    "Q32",
    "Q33",
}
# Two rules that name the same fault; finding either is right.
SAME = {"Q33": {"V81", "V55"}, "V81": {"Q33"}, "V55": {"Q33"}, "P01": {"P04"}, "P04": {"P01"}}


@dataclass(slots=True)
class Tally:
    """Counts by rule."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def precision(self, rule: str | None) -> float | None:
        """Share of findings that were right; None when there are too few to say."""
        right, wrong = self._sum(self.right, rule), self._sum(self.wrong, rule)
        return right / (right + wrong) if right + wrong >= ENOUGH else None

    def recall(self, rule: str | None) -> float | None:
        """Share of planted faults that were found."""
        right, missed = self._sum(self.right, rule), self._sum(self.missed, rule)
        return right / (right + missed) if right + missed else None

    def line(self, rule: str | None) -> str:
        """One line of the table."""
        shown = [
            "-" if value is None else f"{value:.2f}" for value in (self.precision(rule), self.recall(rule))
        ]
        return f"{self._sum(self.right, rule):>8}{self._sum(self.wrong, rule):>8}{shown[0]:>10}{shown[1]:>8}"

    @staticmethod
    def _sum(counts: Counter[str], rule: str | None) -> int:
        return counts.total() if rule is None else counts[rule]


def measured(rule: str) -> bool:
    """Whether faults of this rule are planted."""
    return rule in WHOLE or (rule.startswith("V") and rule[1:].isdigit())


def check(made: Made) -> tuple[Made, list[Finding]]:
    """The findings of one made-up plan, at the level before any demotion matters."""
    brief = briefs.of({"today": TODAY.isoformat(), "child": made.child, "others": made.others})
    report = checker.check(door.read(made.content, name=made.name), brief)
    return made, [finding for finding in report.findings if measured(finding.rule)]


def judge(checked: Iterable[tuple[Made, list[Finding]]]) -> Tally:
    """Right, wrong and missed over a set."""
    tally = Tally()
    for made, findings in checked:
        used: set[int] = set()
        for finding in findings:
            matches = [i for i, label in enumerate(made.labels) if fits(finding, label)]
            used |= set(matches)
            (tally.right if matches else tally.wrong)[finding.rule] += 1
            if not matches:
                tally.errors.append(
                    f"WRONG {finding.rule} {made.name}: {finding.quote[:90]!r} in {finding.section}"
                )
        for place, (rule, words) in enumerate(made.labels):
            if place not in used:
                tally.missed[rule] += 1
                tally.errors.append(f"MISSED {rule} {made.name}: {words!r}")
    return tally


def fits(finding: Finding, label: tuple[str, str]) -> bool:
    """The same fault: the rule agrees and the words overlap."""
    rule, words = label
    if finding.rule != rule and finding.rule not in SAME.get(rule, set()):
        return False
    quote, said = " ".join(finding.quote.lower().split()), words.lower().replace("name", "").strip()
    return (
        not said
        or not quote
        or quote in said
        or said in quote
        or bool(set(quote.split()) & set(said.split()))
    )
