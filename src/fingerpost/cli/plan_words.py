# SPDX-License-Identifier: AGPL-3.0-or-later
"""The readable report of `fingerpost plan`: findings by level with their words, reason and question."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
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
    for part in (_aside, _unchecked, _grade):
        lines += part(said)
    return "\n".join(lines)


def _counts(said: Mapping[str, Any]) -> str:
    return ", ".join(f"{sum(one['level'] == level for one in said['findings'])} {level}" for level in _LEVELS)


def _level(said: Mapping[str, Any], level: str) -> Iterator[str]:
    found = [one for one in said["findings"] if one["level"] == level]
    if found:
        yield f"\n  {level}: {_LEVELS[level]}"
    for alike in _alike(found):
        yield from _findings(alike)


def _alike(found: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Findings that say the same of different words stand together, so that the reason is read once."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in found:
        groups.setdefault((one["rule"], one["ask"]), []).append(one)
    return list(groups.values())


def _findings(alike: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    first = alike[0]
    same = len({one["why"] for one in alike}) == 1
    yield f"\n    {first['rule']}  {first['title']}"
    for one in alike:
        yield _indented(f"{_place(one)}{_quoted(one)}{'' if same else ' ' + one['why']}")
    if same:
        yield _indented(first["why"])
    yield _indented(f"Ask: {first['ask']}")
    if first["shape"] and first["level"] != "HINT":
        yield _indented(f"Shape: {first['shape']}")
    if first.get("shown_as", "").startswith("BLOCK"):
        yield _indented(f"Look first: {first['shown_as']}.")
    if passed := first.get("manager"):
        yield _indented(f"Let pass by {passed['by']}, {passed['on']}: {passed['reason']}")


def _quoted(one: Mapping[str, Any]) -> str:
    """The words, in brackets inside their sentence where they are only a part of it."""
    quote, sentence = one["quote"], one["sentence"]
    if not quote:
        return ""
    before, found, after = sentence.partition(quote)
    if not found:
        return f": “{_shortened(quote)}”"
    return f": “{'...' * (len(before) > 70)}{before[-70:]}[{quote}]{after[:70]}{'...' * (len(after) > 70)}”"


def _place(one: Mapping[str, Any]) -> str:
    named = {"whole": "Whole plan", "unplaced": "Outside the sections"}
    times = f" ({len(one['also_at']) + 1} places)" if one["also_at"] else ""
    return f"{named.get(one['section'], 'Section ' + one['section'])}{times}"


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


def _aside(said: Mapping[str, Any]) -> Iterator[str]:
    if said["dismissed"]:
        yield "\n  Set aside:"
    for one in said["dismissed"]:
        quote = f" “{_shortened(one['quote'])}”" if one["quote"] else ""
        yield _indented(f"{one['rule']}{quote}: {one['reason']} ({one['by']}, {one['on']})")


def _grade(said: Mapping[str, Any]) -> Iterator[str]:
    scores, thread = said["scores"], said["scores"]["thread"]
    yield (
        f"\n  Golden thread: {thread['needs_with_provision']} of {thread['needs']} needs have provision; "
        f"{thread['lines_with_need']} of {thread['provision_lines']} lines a need; "
        f"{thread['outcomes_with_provision']} of {thread['outcomes']} outcomes provision."
    )
    grade = scores["local_grade"]
    if grade is None:
        yield _indented("No local grade: it needs a person's marks, never the tool alone.")
        return
    caps = f" Held down by: {', '.join(grade['caps'])}." if grade["caps"] else ""
    yield _indented(
        f"Local grade from the marks of {scores['marked_by']}, {scores['marked_on']}: {grade['grade']} "
        f"({grade['score']:.0f} of 100).{caps}"
    )


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
