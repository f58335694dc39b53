# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what `fingerpost plan` is given: plans, the child's record, other children, advice, findings set aside."""

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality import briefs
from fingerpost.rules.plan_quality.checks import foreign
from fingerpost.rules.plan_quality.reading import limits
from fingerpost.rules.plan_quality.reading.fence import Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused

SUFFIXES = frozenset({".docx", ".docm", ".pdf", ".md", ".txt", ".json"})
_HEADS = frozenset(
    {"first name", "first", "forename", "name", "full name", "surname", "last name", "upn", "child"}
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")


def files(named: Sequence[str]) -> list[str]:
    """The files to read; a folder stands for the plans in it."""
    found: list[str] = []
    for name in named:
        path = Path(name)
        if name != "-" and path.is_dir():
            found += sorted(str(one) for one in path.iterdir() if one.suffix.lower() in SUFFIXES)
        else:
            found.append(name)
    if not found:
        raise Unusable(
            f"{', '.join(named)}: no plan in this folder. Give .docx, .pdf, .md, .txt or .json files."
        )
    return found


def content(name: str) -> bytes:
    """The bytes of one file."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limits.FILE_BYTES + 1)
        if Path(name).stat().st_size > limits.FILE_BYTES:
            raise Unusable(f"{name}: larger than {limits.FILE_BYTES:,} bytes. Send the plan alone.")
        return Path(name).read_bytes()
    except OSError as problem:
        raise Unusable(
            f"{name}: cannot be opened ({problem.strerror}). Check the name and your rights."
        ) from problem


def brief(args: argparse.Namespace, fence: Fence, today: date) -> dict[str, Any]:
    """What is known beside the plans, as plain data."""
    return {
        "today": today.isoformat(),
        "stage": args.stage,
        "child": _child(args.child) if args.child else None,
        "others": list(_others(args.others)) if args.others else None,
        "advice": list(_advice(args.advice, fence)) if args.advice else None,
        "dismissed": _dismissed(args.dismissals) if args.dismissals else {},
    }


def _json(name: str, what: str) -> Any:
    try:
        return json.loads(content(name))
    except ValueError as problem:
        raise Unusable(f"{name}: {what} is not JSON. docs/how-to/plan-check.md shows its form.") from problem


def _child(name: str) -> dict[str, Any]:
    record = _json(name, "the child's record")
    if not isinstance(record, dict):
        raise Unusable(
            f"{name}: the child's record must be one JSON object. docs/how-to/plan-check.md shows its form."
        )
    if left := briefs.unused(record):
        print(f"fingerpost: {name}: fields not used: {', '.join(left)}", file=sys.stderr)
    return record


def _others(name: str) -> Iterator[list[str]]:
    try:
        lines = content(name).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as problem:
        raise Unusable(
            f"{name}: the list of other children is not UTF-8 text. Save it as CSV UTF-8."
        ) from problem
    for number, row in enumerate(csv.reader(lines, delimiter=_separator(lines)), start=1):
        cells = [cell.strip() for cell in row if cell.strip()]
        if cells and not (number == 1 and cells[0].lower().replace("_", " ") in _HEADS):
            yield _told_apart(cells)


def _separator(lines: Sequence[str]) -> str:
    first = lines[0] if lines else ""
    return max((",", ";", "\t", "|"), key=first.count)


def _told_apart(cells: Sequence[str]) -> list[str]:
    """First name, last name, UPN, NHS number, case number, address: told by shape, in any order."""
    names = [cell for cell in cells if not any(letter.isdigit() for letter in cell)]
    if len(names) == 1 and " " in names[0]:
        names = list(names[0].rsplit(" ", 1))
    numbers = [cell for cell in cells if cell not in names and any(letter.isdigit() for letter in cell)]
    upn = next((cell for cell in numbers if foreign.UPN.fullmatch(cell)), "")
    nhs = next((cell for cell in numbers if foreign.NHS.fullmatch(cell)), "")
    left = [cell for cell in numbers if cell not in {upn, nhs} and not _DATE.fullmatch(cell)]
    address = next((cell for cell in left if " " in cell and len(cell) > 7), "")
    case = next((cell for cell in left if cell != address), "")
    return [*[*names, "", ""][:2], upn, nhs, case, address]


def _advice(folder: str, fence: Fence) -> Iterator[dict[str, Any]]:
    path = Path(folder)
    if not path.is_dir():
        raise Unusable(f"{folder}: not a folder. Give the folder that holds the advice.")
    for one in sorted(path.iterdir()):
        if one.suffix.lower() in SUFFIXES:
            try:
                yield fence.ask({"do": "advice", "name": one.name}, [content(str(one))])[0]
            except Refused as problem:
                raise Unusable(f"{one}: {problem}") from problem


def _dismissed(name: str) -> dict[str, str]:
    listed = _json(name, "the list of findings set aside")
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and one.get("mark") and one.get("reason") for one in listed
    ):
        raise Unusable(
            f"{name}: each finding set aside needs a mark and a reason. docs/how-to/plan-check.md shows "
            "the form."
        )
    return {str(one["mark"]): str(one["reason"]) for one in listed}
