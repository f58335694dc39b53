# SPDX-License-Identifier: Apache-2.0
"""A finding: what was found where, why it matters, and what to ask. Repeats of the same words share one finding."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from fingerpost.rules.plan_quality.parts.brief import Dismissal
from fingerpost.rules.plan_quality.version import RULES_VERSION

ORDER = {"BLOCK": 0, "FIX": 1, "HINT": 2}
_SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K", "unplaced", "whole")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, with its exact words and place in the document's text."""

    rule: str
    level: str
    section: str
    quote: str
    start: int
    end: int
    why: str
    ask: str
    title: str = ""
    shape: str = ""
    source: str = ""
    leak: bool = False
    mark: str = ""
    also_at: tuple[tuple[int, int], ...] = ()
    shown_as: str = ""
    passed: Dismissal | None = None
    sentence: str = ""
    rules_version: str = RULES_VERSION

    @property
    def dismissable(self) -> bool:
        """FIX and HINT may be set aside with a reason; leaks and blocks may not."""
        return self.level in {"FIX", "HINT"} and not self.leak

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "rule": self.rule,
            "level": self.level,
            "section": self.section,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            "why": self.why,
            "ask": self.ask,
            "title": self.title,
            "shape": self.shape,
            "source": self.source,
            "also_at": [list(place) for place in self.also_at],
            "mark": self.mark,
            "dismissable": self.dismissable,
            "leak": self.leak,
            "rules_version": self.rules_version,
        } | self._extras()

    def _extras(self) -> dict[str, Any]:
        shown = {"shown_as": self.shown_as} if self.shown_as else {}
        return shown | ({"manager": asdict(self.passed)} if self.passed else {})


def mark_of(rule: str, section: str, words: str) -> str:
    """A fingerprint of the words in their place; a dismissal holds it and no text of the plan."""
    plain = " ".join(words.lower().split())
    return hashlib.sha256(f"{rule}|{section}|{plain}".encode()).hexdigest()[:24]


def dampened(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for the same rule, words and section, with every further place beside it."""
    alike: dict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        words = " ".join(one.quote.lower().split()) or str(one.start)
        alike[one.rule, one.section, one.level, words].append(one)
    firsts = (
        replace(first, also_at=(*first.also_at, *((one.start, one.end) for one in more))) if more else first
        for first, *more in alike.values()
    )
    return tuple(sorted(firsts, key=_rank))


def split_dismissed(
    findings: Iterable[Finding], dismissed: Mapping[str, Dismissal]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Dismissal], ...]]:
    """What still stands, and what was set aside by whom and why. A BLOCK stands with its manager's reason beside it."""
    stands: list[Finding] = []
    aside: list[tuple[Finding, Dismissal]] = []
    for finding in findings:
        one = dismissed.get(finding.mark)
        if one and finding.dismissable:
            aside.append((finding, one))
        else:
            passed = one if one and one.manager and not finding.leak else None
            stands.append(replace(finding, passed=passed))
    return tuple(stands), tuple(aside)


def _weight(finding: Finding) -> tuple[int, bool]:
    """By level; among hints first what would stop the plan if its rule were measured better."""
    return ORDER[finding.level], not finding.shown_as.startswith("BLOCK")


def _rank(finding: Finding) -> tuple[tuple[int, bool], int, int, str]:
    place = _SECTIONS.index(finding.section) if finding.section in _SECTIONS else len(_SECTIONS)
    return _weight(finding), place, finding.start, finding.rule
