# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost clocks --what-if` and `--back-from`: one case with events added, or the latest days before a target."""

from datetime import date
from typing import Any

import orjson

from fingerpost.cli import clocks_input
from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import reading, reading_events, what_if
from fingerpost.rules.duties.facts import Event


def forwards(name: str, assumed: list[str], *, as_json: bool) -> int:
    """What would change in the case of the file if these events happened."""
    with clocks_input.opened(name) as stream:
        found = clocks_input.read(stream, name)
    if not isinstance(found, clocks_input.Whole) or not isinstance(found.value, dict):
        raise Unusable(f"{name}: --what-if works on one case at a time; give a file with one object")
    events = tuple(_event(words) for words in assumed)
    try:
        asked = reading.read_case(found.value)
    except ValueError as problem:
        raise Unusable(f"{name}: {problem}") from problem
    changes = what_if.forwards(asked.case, events, today=asked.today)
    rows = [
        {"id": change.after.duty, "due": _day(change.after.due), "verdict": change.after.verdict}
        for change in changes
    ]
    _print([change.words for change in changes], {"if": assumed, "changes": rows}, as_json=as_json)
    return 0


def backwards(words: str, *, as_json: bool) -> int:
    """The latest day for each step before the target."""
    target = _event(words)
    if target.name not in what_if.targets():
        raise Unusable(
            f"--back-from: '{target.name}' is no target; the targets are {', '.join(what_if.targets())}"
        )
    steps = what_if.backwards(target.name, target.on)
    rows = [{"event": step.event, "latest": _day(step.on)} for step in steps]
    _print([step.words for step in steps], {"target": words, "steps": rows}, as_json=as_json)
    return 0


def _event(words: str) -> Event:
    name, _, on = words.partition("=")
    try:
        return reading_events.read({name: on}, {})[0]
    except ValueError as problem:
        raise Unusable(f"'{words}': {problem}; write EVENT=ccyy-mm-dd") from problem


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _print(lines: list[str], document: dict[str, Any], *, as_json: bool) -> None:
    print(orjson.dumps(document).decode() if as_json else "\n".join(lines))
