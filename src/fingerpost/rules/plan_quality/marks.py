# SPDX-License-Identifier: Apache-2.0
"""Marks the tool may propose for the criteria, with evidence. A "local grade" needs a person's marks and is
never the tool's own."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from fingerpost.rules.plan_quality import thread
from fingerpost.rules.plan_quality.checks import book, voice
from fingerpost.rules.plan_quality.findings import Finding
from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.study import Study

_NOTE = (
    "There is no national scale. A local grade needs the marks of a person for every criterion; the tool "
    "alone gives none."
)


def criteria() -> dict[str, tuple[str, str, int, str]]:
    """Title, judge, weight and part of each criterion."""
    return {
        rule: (str(one[0]), str(one[1]), int(one[2]), str(one[3]))
        for rule, one in words.data("criteria").items()
    }


def proposed(study: Study, findings: Sequence[Finding], skipped: Collection[str]) -> dict[str, Any]:
    """For each criterion a proposed mark (0, 1, 2 or none), who judges, and the findings it rests on."""
    evidence = _evidence(findings)
    listed = [_criterion(rule, one, evidence.get(rule, []), skipped) for rule, one in criteria().items()]
    return {
        "name": "local grade",
        "local_grade": None,
        "why_none": _NOTE,
        "criteria": listed,
        "voice_ladder": voice.ladder(study),
        "thread": coverage(study),
    }


def _evidence(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for criterion in book.checks()[finding.rule].criteria:
            found[criterion].append(finding)
    return found


def _criterion(
    rule: str, one: tuple[str, str, int, str], evidence: Sequence[Finding], skipped: Collection[str]
) -> dict[str, Any]:
    title, judge, weight, part = one
    made = [
        check.id for check in book.checks().values() if rule in check.criteria and check.id not in skipped
    ]
    mark = None if judge == "person" or not made else _mark(evidence)
    return {
        "id": rule,
        "title": title,
        "judged_by": judge,
        "weight": weight,
        "part": part,
        "proposed": mark,
        "confirmed": None,
        "evidence": [
            {"rule": f.rule, "start": f.start, "end": f.end, "quote": f.quote[:160]} for f in evidence[:5]
        ],
    }


def _mark(evidence: Sequence[Finding]) -> int:
    levels = [finding.level for finding in evidence]
    if "BLOCK" in levels or levels.count("FIX") > 2:
        return 0
    return 1 if levels else 2


def coverage(study: Study) -> dict[str, Any]:
    """How far the golden thread holds: shares linked, orphans, and the links themselves."""
    woven = thread.weave(study)
    needs = [i for i, need in enumerate(study.needs) if need.section == "B"]
    met = {link.source for link in woven.need_provision}
    lines = [i for i, line in enumerate(study.provision) if line.section == "F"]
    used = {link.target for link in woven.need_provision}
    held = {link.source for link in woven.outcome_provision}
    return {
        "needs": len(needs),
        "needs_with_provision": sum(i in met for i in needs),
        "provision_lines": len(lines),
        "lines_with_need": sum(i in used for i in lines),
        "outcomes": len(study.outcomes),
        "outcomes_with_provision": len(held),
        "links": woven.as_data(),
    }


def unusable(given: Mapping[str, Any]) -> str:
    """What is wrong with a person's marks; nothing if every criterion has 0, 1, 2 or None."""
    if lacking := [rule for rule in criteria() if rule not in given]:
        return f"No local grade without a person's mark for {', '.join(lacking)}."
    wrong = [rule for rule, mark in given.items() if mark not in {0, 1, 2, None} or isinstance(mark, bool)]
    return f"A mark is 0, 1, 2 or null; look at {', '.join(map(str, wrong))}." if wrong else ""
