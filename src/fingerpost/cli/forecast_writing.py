# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers of `fingerpost forecast` as JSON, as Parquet and as pictures."""

import argparse
import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from fingerpost.cli import forecast_files
from fingerpost.rules.forecast import measures, tables
from fingerpost.rules.forecast.forecast import Forecast

PICTURES = ("timeliness", "open_late_share", "open_late")


def print_json(document: object) -> None:
    json.dump(plain(document), sys.stdout, ensure_ascii=False, allow_nan=False, default=str)
    sys.stdout.write("\n")


def plain(value: Any) -> Any:
    """Nothing in place of what is not a number: JSON has no word for it."""
    if isinstance(value, dict):
        return {word: plain(item) for word, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_files(forecasts: Sequence[Forecast], args: argparse.Namespace) -> None:
    if args.parquet:
        frames = [tables.whole(forecast, by=("month", "district")) for forecast in forecasts]
        with forecast_files.writing(args.parquet) as path:
            pl.concat(frames).write_parquet(path)
    if args.charts:  # drawing is a second's work to load, and most answers are read without
        for name, text in _pictures(forecasts):
            with forecast_files.writing(f"{args.charts}/{name}") as path:
                path.write_text(text, "utf-8")


def _pictures(forecasts: Sequence[Forecast]) -> Iterator[tuple[str, str]]:
    """Each picture, and a page with its words and figures."""
    from fingerpost.rules.forecast import charts

    for subject, measure in _drawn(forecasts[0]):
        name = _file_name(subject, measure)
        yield f"{name}.svg", charts.fan(forecasts, measure, subject)
        yield f"{name}.md", charts.page(forecasts, measure, subject, f"{name}.svg")


def _drawn(forecast: Forecast) -> Iterator[tuple[str, str]]:
    for milestone, days in zip(forecast.names.milestones, forecast.names.targets, strict=True):
        known = [m for m in PICTURES if milestone in measures.subjects(forecast, m)]
        yield from ((milestone, measure) for measure in known if days)
    yield from ((pool, "waiting") for pool in forecast.names.pools)


def _file_name(subject: str, measure: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{subject} {measure}".lower()).strip("-")
