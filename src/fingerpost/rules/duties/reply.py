# SPDX-License-Identifier: Apache-2.0
"""The reply of one case as plain values, ready for JSON: duties in register order and the named results."""

from collections.abc import Sequence
from typing import Any

from fingerpost.rules.calendars.dates import iso
from fingerpost.rules.duties import engine, family, register, timeline
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.reading import Asked
from fingerpost.rules.duties.register import Register


def of(
    asked: Asked,
    *,
    law: Register | None = None,
    within: int = -1,
    named: tuple[Duty, ...] = (),
    explain: bool = False,
) -> dict[str, object]:
    """Answer one case: the duties it calls for (`within` a mask of them), or exactly those `named`."""
    return together([asked], law=law, within=within, named=named, explain=explain)[0]


def together(
    cases: Sequence[Asked],
    *,
    law: Register | None = None,
    within: int = -1,
    named: tuple[Duty, ...] = (),
    explain: bool = False,
) -> list[dict[str, object]]:
    """Answer several cases at once, which is quicker than one by one."""
    law = law or register.current()
    # the names were checked in reading
    lines = [timeline.Timeline(asked.case.events, asked.case.facts, asked.today) for asked in cases]
    if named:
        found = [engine.work_out_all(named, line) for line in lines]
    else:
        found = engine.work_out_together([(law.engaged(line.names, within), line) for line in lines])
    replies = [_reply(asked, findings, law.version) for asked, findings in zip(cases, found, strict=True)]
    if explain:
        for reply, findings, line in zip(replies, found, lines, strict=True):
            _explain(reply["duties"], findings, line)
    return replies


def _reply(asked: Asked, findings: Sequence[Finding], version: str) -> dict[str, Any]:
    reply: dict[str, Any] = {} if asked.id is None else {"id": asked.id}
    reply["law_version"] = version
    reply["duties"] = [entry(finding) for finding in findings]
    reply["results"] = _results(findings)
    return reply


def entry(finding: Finding) -> dict[str, object]:
    """One duty; a field that has nothing to say is left out, except `due` and `days_late`."""
    duty = finding.duty
    row: dict[str, object] = {
        "id": duty.id,
        "due": None if finding.due is None else iso(finding.due),
        "verdict": finding.verdict,
        "days_late": finding.days_late,
        "standard": duty.standard,
        "strength": duty.strength,
        "certainty": finding.certainty,
        "citation": finding.citation,
        "because": finding.because,
    }
    if finding.closed is not None:
        row["closed_on"] = iso(finding.closed)
    if finding.earliest is not None:
        row["earliest"] = iso(finding.earliest)
    if finding.latest_safe is not None and finding.latest_arguable is not None:
        row["latest_safe"], row["latest_arguable"] = iso(finding.latest_safe), iso(finding.latest_arguable)
    if finding.relief is not None:
        row["relief"] = finding.relief
    if finding.residual_duty is not None:
        row["residual_duty"] = finding.residual_duty
    if finding.right_holder is not None:
        row["right_holder"] = finding.right_holder
    return row


def _results(findings: Sequence[Finding]) -> dict[str, object]:
    """Named results side by side. A name that two duties give carries the duty's id for each; the bare name
    stays only while all of them agree."""
    merged: dict[str, object] = {}
    shared: set[str] = set()
    for finding in findings:
        held = finding.results
        if merged.keys().isdisjoint(held) and shared.isdisjoint(held):
            merged.update(held)
            continue
        for name in held:
            if name in shared:
                _share(merged, name, finding)
            elif name in merged:
                shared.add(name)
                _share(merged, name, next(first for first in findings if name in first.results))
                _share(merged, name, finding)
            else:
                merged[name] = held[name]
    return merged


def _share(merged: dict[str, object], name: str, finding: Finding) -> None:
    value = merged[f"{finding.duty.id}.{name}"] = finding.results[name]
    if name in merged and merged[name] != value:
        del merged[name]


def _explain(rows: list[dict[str, object]], findings: list[Finding], line: timeline.Timeline) -> None:
    for row, finding in zip(rows, findings, strict=True):
        row["title"], row["family_title"] = finding.duty.title, finding.duty.family_title
        row["family"] = family.words(finding, line)
        row["count"] = machine(finding)


def machine(finding: Finding) -> dict[str, object]:
    """The chain in compact form: from which day, by which operator, to which day."""
    rule = finding.duty.rule_on(finding.started) if finding.started is not None else None
    return {
        "start": finding.start_name or None,
        "started_on": None if finding.started is None else iso(finding.started),
        "operator": rule.operator.code if rule and rule.operator else None,
        "closed_on": None if finding.closed is None else iso(finding.closed),
    }
