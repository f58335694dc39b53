# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published figures that the made-up area is shaped on, and the dates of the three returns."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

BANNER = (
    "Made-up children. Shaped on published figures. "
    "Not run or endorsed by Lancashire County Council or the NHS."
)
AREA = "888"
TODAY = date(2025, 2, 3)
CENSUS_DAYS = {2023: date(2023, 1, 19), 2024: date(2024, 1, 18), 2025: date(2025, 1, 16)}
SCHOOL_YEAR_END = {year: date(year - 1, 8, 31) for year in CENSUS_DAYS}
"""Ages of plans are ages on 31 August before census day."""

Row = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Published:
    """Every published count, by table, year, row and column. What is not there was nil."""

    counts: Mapping[tuple[str, int], Mapping[str, Row]]

    def row(self, table: str, year: int, row: str = "all") -> Row:
        return self.counts[table, year].get(row, {})

    def count(self, table: str, year: int, column: str, row: str = "all") -> int:
        return self.row(table, year, row).get(column, 0)

    def by_row(self, table: str, year: int, column: str) -> dict[str, int]:
        return {name: row[column] for name, row in self.counts[table, year].items() if column in row}

    def by_age(self, table: str, year: int, column: str) -> dict[int, int]:
        return {int(age): n for age, n in self.by_row(table, year, column).items()}


@cache
def published() -> Published:
    text = files("fingerpost.demo").joinpath("data/published.csv").read_text(encoding="utf-8")
    counts: dict[tuple[str, int], dict[str, dict[str, int]]] = {}
    for line in csv.DictReader(row for row in text.splitlines() if not row.startswith("#")):
        rows = counts.setdefault((line["table"], int(line["period"])), {})
        rows.setdefault(line["row"], {})[line["column"]] = int(line["value"])
    return Published(counts)
