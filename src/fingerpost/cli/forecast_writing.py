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
        for name, picture in _pictures(forecasts):
            with forecast_files.writing(f"{args.charts}/{name}.svg") as path:
                path.write_text(picture, "utf-8")


def _pictures(forecasts: Sequence[Forecast]) -> Iterator[tuple[str, str]]:
    from fingerpost.rules.forecast import charts

    for milestone, days in zip(forecasts[0].names.milestones, forecasts[0].names.targets, strict=True):
        known = [m for m in PICTURES if milestone in measures.subjects(forecasts[0], m)]
        for measure in known if days else ():
            yield _file_name(milestone, measure), charts.fan(forecasts, measure, milestone)
    for pool in forecasts[0].names.pools:
        yield _file_name(pool, "waiting"), charts.fan(forecasts, "waiting", pool)


def _file_name(subject: str, measure: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{subject} {measure}".lower()).strip("-")
