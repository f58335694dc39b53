# SPDX-License-Identifier: AGPL-3.0-or-later
"""The readable report of `fingerpost plan`: findings by level with their words, reason and question."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

_LEVELS = {
    "BLOCK": "Stop: the plan cannot be issued like this",
    "FIX": "Fix it, or give a reason",
    "HINT": "Hints",
}
_WIDTH = 96


def report(file: str, said: Mapping[str, Any], error: str, *, level: str) -> str:
    """One plan's report."""
    if error:
        return f"\n{file}\n  NOT READ: {error}"
    lines = [f"\n{file}", f"  {_counts(said)}   Rule book {said['rules_version']}"]
    lines += [f"  Note: {warning}" for warning in said["warnings"]]
    for one in _LEVELS:
        lines += _level(said, one)
        if one == level:
            break
    lines += _unchecked(said)
    return "\n".join(lines)


def _counts(said: Mapping[str, Any]) -> str:
    return ", ".join(f"{sum(one['level'] == level for one in said['findings'])} {level}" for level in _LEVELS)


def _level(said: Mapping[str, Any], level: str) -> Iterator[str]:
    found = [one for one in said["findings"] if one["level"] == level]
    if found:
        yield f"\n  {level}: {_LEVELS[level]}"
    for one in found:
        yield from _finding(one)


def _finding(one: Mapping[str, Any]) -> Iterator[str]:
    place = {"whole": "whole plan", "unplaced": "outside the sections"}.get(
        one["section"], f"Section {one['section']}"
    )
    times = f", {len(one['also_at']) + 1} places" if one["also_at"] else ""
    yield f"\n    {one['rule']}  {one['title']}  ({place}{times})"
    if one["quote"]:
        yield _indented(f"“{_shortened(one['quote'])}”")
    yield _indented(one["why"])
    yield _indented(f"Ask: {one['ask']}")
    if one["shape"] and one["level"] != "HINT":
        yield _indented(f"Shape: {one['shape']}")


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= 200 else f"{flat[:197]}..."


def _indented(words: str) -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _unchecked(said: Mapping[str, Any]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for one in said["not_checked"]:
        by_reason.setdefault(one["why"].removeprefix("not checked: "), []).append(one["rule"])
    if by_reason:
        yield "\n  Not checked (never a pass):"
    for why, rules in by_reason.items():
        yield _indented(f"{', '.join(dict.fromkeys(rules))}: {why}")
    if not said["clear_of_leaks"]:
        yield "\n  This plan cannot be called clear of another child's details."
    yield _indented("No local grade: it needs a person's marks, never the tool alone.")


def changes(said: Mapping[str, Any]) -> str:
    """A comparison in plain words."""
    if not said["changes"]:
        return "Nothing changed in Sections A to K."
    lines: list[str] = []
    for one in said["changes"]:
        lines.append(f"\n{one['words']}")
        lines += [
            _indented(f"{label}: {one[key]}")
            for key, label in (("old", "Before"), ("new", "Now"))
            if one[key]
        ]
    return "\n".join(lines).lstrip()
