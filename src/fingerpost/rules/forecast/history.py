# SPDX-License-Identifier: Apache-2.0
"""A known history: monthly figures of an area, by the same measures a forecast has."""

import csv
import io
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast import measures
from fingerpost.rules.forecast.calendar_days import month_end
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import MEASURES
from fingerpost.rules.forecast.tables import area_series

COLUMNS = ("month", "measure", "subject", "value")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """One figure of one month."""

    month: date
    measure: str
    subject: str
    value: float


@dataclass(frozen=True, slots=True)
class History:
    """Figures in order of month, measure and subject."""

    points: tuple[Point, ...]

    @property
    def months(self) -> tuple[date, ...]:
        """The months it covers, in order."""
        return tuple(sorted({point.month for point in self.points}))

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        return month_end(self.months[-1])

    def until(self, month: date) -> "History":
        """The figures of this month and before."""
        return History(tuple(point for point in self.points if point.month <= month))

    def after(self, month: date) -> "History":
        """The figures after this month."""
        return History(tuple(point for point in self.points if point.month > month))


def read(text: str) -> History:
    """A history from CSV with the columns month, measure, subject, value."""
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise Unsuitable("history", f"the first line must be {','.join(COLUMNS)}")
    points = sorted(_point(f"history line {at}", row) for at, row in enumerate(rows, start=2))
    if len({(point.month, point.measure, point.subject) for point in points}) < len(points):
        raise Unsuitable("history", "a measure of a subject is given twice for a month")
    if len({point.month for point in points}) < 3:
        raise Unsuitable("history", "at least three months are needed")
    return History(tuple(points))


def _point(field: str, row: dict[str, str]) -> Point:
    if row["measure"] not in MEASURES:
        raise Unsuitable(field, f'there is no measure "{row["measure"]}"; there are {", ".join(MEASURES)}')
    try:
        month, value = date.fromisoformat(f"{row['month']}-01"), float(row["value"])
    except (TypeError, ValueError):
        raise Unsuitable(field, f"write a month like 2025-03 and a number, not {row}") from None
    if not np.isfinite(value):
        raise Unsuitable(field, "the value is not a number")
    return Point(month, row["measure"], row["subject"], value)


def simulated(forecast: Forecast, history: History) -> NDArray[np.float64]:
    """What each replication says for every point of the history: replication x point."""
    columns, places = [], {month: at for at, month in enumerate(forecast.names.months)}
    cached: dict[tuple[str, str], NDArray[np.float64]] = {}
    for point in history.points:
        key = (point.measure, point.subject)
        if point.subject not in measures.subjects(forecast, point.measure):
            known = ", ".join(measures.subjects(forecast, point.measure))
            raise Unsuitable(
                "history", f'"{point.measure}" is not known of "{point.subject}"; it is of {known}'
            )
        if point.month not in places:
            raise Unsuitable("history", f"{point.month:%Y-%m} lies before the scenario's first day")
        if key not in cached:
            cached[key] = area_series(forecast, *key)
        columns.append(cached[key][:, places[point.month]])
    return np.column_stack(columns)
