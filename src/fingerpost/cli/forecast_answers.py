# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers of `fingerpost forecast`, as data and as plain words."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from fingerpost.rules.forecast import answers, assumptions, measures, tables
from fingerpost.rules.forecast.forecast import Forecast

TARGETS = (0.6, 0.9)


def document(forecast: Forecast, by: str, notes: Sequence[str]) -> dict[str, Any]:
    """The whole answer for one scenario."""
    kinds = ("month",) if by == "month" else ("month", "district")
    return {
        "header": forecast.header(),
        "notes": list(notes),
        "reached": reached(forecast),
        "bottlenecks": rows(answers.bottlenecks(forecast)),
        "equity": rows(answers.equity(forecast)) if "issued" in forecast.names.milestones else [],
        "hours": rows(answers.hours(forecast)),
        "cost": rows(answers.cost(forecast)),
        "table": rows(tables.whole(forecast, by=kinds)),
        "assumptions": assumptions.checklist(forecast),
    }


def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Lines of a frame with dates as words, and nothing for what is not a number."""
    plain = frame.with_columns(pl.selectors.date().dt.strftime("%Y-%m"), pl.selectors.float().fill_nan(None))
    return plain.to_dicts()


def reached(forecast: Forecast) -> dict[str, Any]:
    """When each milestone with a legal time reaches 60% and 90%, and with what chance."""
    return {
        subject: {
            f"{target:.0%}": answers.first_month(
                forecast, "timeliness", subject=subject, at_least=target
            ).said()
            for target in TARGETS
        }
        for subject in measures.subjects(forecast, "timeliness")
    }
