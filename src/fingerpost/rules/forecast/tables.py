# SPDX-License-Identifier: Apache-2.0
"""Tidy tables of a forecast: one line for each measure, subject, month, district and quantile."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fingerpost.rules.forecast import measures
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import MEASURES, Series, quantiles

FAN = (0.05, 0.25, 0.5, 0.75, 0.95)
WHOLE_AREA = "whole area"


def table(
    forecast: Forecast,
    measure: str,
    *,
    by: Sequence[str] = ("month",),
    subjects: Iterable[str] | None = None,
    at: tuple[float, ...] = FAN,
) -> pl.DataFrame:
    """One measure as a tidy frame; `by` may add "district"."""
    for word in by:
        if word not in {"month", "district"}:
            raise Unsuitable("by", f'"{word}" is neither month nor district')
    wanted = tuple(subjects) if subjects is not None else measures.subjects(forecast, measure)
    frames = [_frame(forecast, measure, subject, "district" in by, at) for subject in wanted]
    return pl.concat(frames) if frames else _empty()


def whole(forecast: Forecast, *, by: Sequence[str] = ("month",)) -> pl.DataFrame:
    """Every measure as one tidy frame."""
    return pl.concat([table(forecast, measure, by=by) for measure in MEASURES])


def _frame(
    forecast: Forecast, measure: str, subject: str, by_district: bool, at: tuple[float, ...]
) -> pl.DataFrame:
    values = measures.series(forecast, measure, subject)
    values = values if by_district else values[..., -1:]
    return _tidy(forecast, measure, subject, quantiles(values, at), at)


def _tidy(
    forecast: Forecast, measure: str, subject: str, found: NDArray[np.float64], at: tuple[float, ...]
) -> pl.DataFrame:
    months = forecast.names.months
    places = [*forecast.names.districts, WHOLE_AREA][-found.shape[2] :]
    count, lines = len(at), found.size
    return pl.DataFrame(
        {
            "scenario": [forecast.scenario.name] * lines,
            "measure": [measure] * lines,
            "subject": [subject] * lines,
            "unit": [MEASURES[measure].unit] * lines,
            "month": [month for month in months for _ in range(len(places) * count)],
            "district": [place for _ in months for place in places for _ in range(count)],
            "quantile": np.tile(np.array(at), len(months) * len(places)),
            "value": np.moveaxis(found, 0, -1).reshape(-1),
        }
    ).with_columns(pl.col("value").fill_nan(None))


def _empty() -> pl.DataFrame:
    words = dict.fromkeys(("scenario", "measure", "subject", "unit"), pl.String)
    return pl.DataFrame(
        schema={
            **words,
            "month": pl.Date,
            "district": pl.String,
            "quantile": pl.Float64,
            "value": pl.Float64,
        }
    )


def area_series(forecast: Forecast, measure: str, subject: str) -> Series:
    """Replication x month for the whole area."""
    return measures.series(forecast, measure, subject)[..., -1]
