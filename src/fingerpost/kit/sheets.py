# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as a file to work through: CSV or a workbook, in which no text is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> object:
    """A spreadsheet must not take text for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in BEGINS_A_FORMULA else value


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One line a row, in UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    writing = csv.writer(out)
    writing.writerow(columns)
    writing.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet, its head fixed while the rows move."""
    from openpyxl import Workbook  # slow to import, so only when a workbook is asked for

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
