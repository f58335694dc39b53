# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the list of other children, one a line, in whatever columns an office keeps them."""

import csv
import re
from collections.abc import Iterator, Sequence

from fingerpost.cli import plan_inputs
from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.checks.leaks import foreign

_HEADS = frozenset(
    ["first name", "first", "forename", "name", "full name", "surname", "last name", "upn", "child"]
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")


def read(name: str) -> Iterator[list[str]]:
    """Each line as first name, last name, UPN, NHS number, case number, address."""
    try:
        lines = plan_inputs.content(name).decode("utf-8-sig").splitlines()
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
