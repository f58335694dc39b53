# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as CSV and as a workbook, row by row so that a long list takes no memory."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fingerpost.cli.errors import Unusable
from fingerpost.kit.sheets import cell

COLUMNS = ("file", "rule", "level", "person", "request", "item", "value", "line", "message")
MOST_ROWS = 1_000_000  # a sheet holds 1,048,576


def write_csv(name: str, findings: Iterable[Mapping[str, Any]]) -> None:
    """One line a finding."""
    try:
        with Path(name).open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(COLUMNS)
            rows.writerows([cell(finding[column]) for column in COLUMNS] for finding in findings)
    except OSError as problem:
        raise _unwritable(name, problem) from None


def write_workbook(
    name: str, totals: Iterable[tuple[str, str, int, str, str]], findings: Iterable[Mapping[str, Any]]
) -> None:
    """A sheet of totals by rule, and a sheet of findings."""
    from openpyxl import Workbook  # slow to import, so only when a workbook is asked for

    book = Workbook(write_only=True)
    summary = book.create_sheet("Summary")
    summary.append(["rule", "level", "findings", "what is wrong", "what to do"])
    for row in totals:
        summary.append(list(row))
    sheet = book.create_sheet("Findings")
    sheet.append(list(COLUMNS))
    for place, finding in enumerate(findings):
        if place == MOST_ROWS:
            sheet.append([""] * (len(COLUMNS) - 1) + ["More findings than a sheet holds: use --csv"])
            break
        sheet.append([cell(finding[column]) for column in COLUMNS])
    try:
        book.save(name)
    except OSError as problem:
        raise _unwritable(name, problem) from None


def _unwritable(name: str, problem: OSError) -> Unusable:
    return Unusable(
        f"{name}: cannot be written ({problem.strerror}); give a file in a folder you may write to"
    )
