# SPDX-License-Identifier: Apache-2.0
"""Reads our own JSON form of a plan; docs/how-to/plan-check.md holds its schema."""

import json
from collections.abc import Mapping
from typing import Any

from fingerpost.rules.plan_quality.document import Document, Manuscript
from fingerpost.rules.plan_quality.reading.refusals import Refused

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
_ADVICE = 'Write {"sections": {"A": ["paragraph", ...], ...}}; docs/how-to/plan-check.md has the whole form.'


def read(text: str) -> Document:
    """Read a plan whose sections are already named."""
    out = Manuscript("json")
    plan = _plan(text)
    for line in _lines(plan.get("front", [])):
        out.add(line)
    for letter, content in plan["sections"].items():
        out.add(f"Section {letter}", "heading", level=1)
        _section(out, content)
    return out.finish()


def _plan(text: str) -> Mapping[str, Any]:
    try:
        plan = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refused(f"The file is not JSON. {_ADVICE}") from problem
    if not isinstance(plan, dict) or not isinstance(plan.get("sections"), dict):
        raise Refused(f"The JSON has no sections. {_ADVICE}")
    if unknown := [name for name in plan["sections"] if name not in LETTERS]:
        raise Refused(f"{len(unknown)} section names are unknown; use A to G, H1, H2, I, J, K. {_ADVICE}")
    return plan


def _lines(content: Any) -> list[str]:
    pieces = [content] if isinstance(content, str) else content
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        raise Refused(f"A section must be text, a list of texts, or a table. {_ADVICE}")
    return [line for piece in pieces for line in piece.splitlines()]


def _section(out: Manuscript, content: Any) -> None:
    if not isinstance(content, dict):
        for line in _lines(content):
            out.add(line)
        return
    for line in _lines(content.get("text", [])):
        out.add(line)
    for rows in content.get("tables", []):
        _table(out, out.next_table(), rows)


def _table(out: Manuscript, number: int, rows: Any) -> None:
    if not isinstance(rows, list):
        raise Refused(f"A table must be a list of rows. {_ADVICE}")
    for index, row in enumerate(rows):
        for column, cell in enumerate(_lines(row)):
            out.add(cell, "cell", table=number, row=index, column=column)
