# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost clocks --what-if` and `--back-from`: one case with events added, or the latest days before a target."""

from datetime import date
from typing import Any

import orjson

from fingerpost.cli import clocks_single
from fingerpost.cli.errors import Unusable
from fingerpost.rules.calendars.bank_holidays import BeyondTable
from fingerpost.rules.duties import what_if


def forwards(name: str, assumed: list[str], *, as_json: bool) -> int:
    """What would change in the case of the file if these events happened."""
    events = tuple(clocks_single.event(words) for words in assumed)
    asked = clocks_single.read(name, "--what-if")
    changes = what_if.forwards(asked.case, events, today=asked.today)
    rows = [
        {
            "id": change.after.duty,
            "due": _day(change.after.due),
            "earliest": _day(change.after.earliest),
            "closed_on": _day(change.after.closed_on),
            "verdict": change.after.verdict,
        }
        for change in changes
    ]
    _print([change.words for change in changes], {"if": assumed, "changes": rows}, as_json=as_json)
    return 0


def backwards(words: str, *, as_json: bool) -> int:
    """The latest day for each step before the target."""
    target = clocks_single.event(words)
    if target.name not in what_if.targets():
        raise Unusable(
            f"--back-from: '{target.name}' is no target; the targets are {', '.join(what_if.targets())}"
        )
    try:
        steps = what_if.backwards(target.name, target.on)
    except BeyondTable as problem:
        raise Unusable(f"--back-from {words}: working days cannot be counted: {problem}") from problem
    rows = [{"event": step.event, "latest": _day(step.on)} for step in steps]
    _print([step.words for step in steps], {"target": words, "steps": rows}, as_json=as_json)
    return 0


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _print(lines: list[str], document: dict[str, Any], *, as_json: bool) -> None:
    print(orjson.dumps(document).decode() if as_json else "\n".join(lines))
