# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds a name written twice in one JSON object, where a reader would silently keep the last and lose a date."""

import json
from typing import Any


class Repeated(ValueError):
    """One object gives the same name twice."""


def refuse(text: bytes, case: object) -> None:
    """A quick count first; only if colons and names differ is the text read slowly to be sure."""
    if text.count(b":") != _names(case):
        json.loads(text, object_pairs_hook=_once)


def _names(case: object) -> int:
    """How many names the usual shapes hold; -1 for any other, which is then read slowly."""
    try:
        events, facts = case.get("events", ()), case.get("facts", ())  # type: ignore[attr-defined]
        held = len(events) if type(events) is dict else sum(map(len, events))
        return len(case) + held + len(facts)  # type: ignore[arg-type]
    except (AttributeError, TypeError):
        return -1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Repeated(
                f"'{name}' is written twice in one object, so one of its values would be lost; keep one"
            )
    return dict(pairs)
