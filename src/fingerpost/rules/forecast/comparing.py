# SPDX-License-Identifier: Apache-2.0
"""Compares scenarios pair by pair: the same draws, the same children, so that only the change differs."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from fingerpost.rules.forecast import measures, running, tables
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import quantiles
from fingerpost.rules.forecast.running import Job, Progress, Store
from fingerpost.rules.forecast.scenario import Scenario

HEADLINES = ("timeliness", "open_late", "open_late_share", "waiting", "issued")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Forecasts of several scenarios; the first one is the base."""

    forecasts: tuple[Forecast, ...]
    stopped: bool = False

    def table(self, measure: str, *, subjects: Sequence[str] | None = None) -> pl.DataFrame:
        """The difference from the base by month: quantiles, mean, and its interval from chance alone."""
        frames = [self._pair(other, measure, subjects) for other in self.forecasts[1:]]
        return pl.concat(frames)

    def _pair(self, other: Forecast, measure: str, subjects: Sequence[str] | None) -> pl.DataFrame:
        base = self.forecasts[0]
        shared = [s for s in measures.subjects(base, measure) if s in measures.subjects(other, measure)]
        frames = []
        for subject in subjects or shared:
            paired = tables.area_series(other, measure, subject) - tables.area_series(base, measure, subject)
            frames.append(_frame(base, other, measure, subject, paired))
        return pl.concat(frames)


def _frame(
    base: Forecast, other: Forecast, measure: str, subject: str, paired: measures.Series
) -> pl.DataFrame:
    fan = quantiles(paired, tables.FAN)
    counts = np.isfinite(paired).sum(axis=0)
    filled = np.where(np.isfinite(paired), paired, 0.0)
    mean = filled.sum(axis=0) / np.maximum(counts, 1)
    spread = np.where(np.isfinite(paired), paired - mean, 0.0)
    error = np.sqrt((spread**2).sum(axis=0) / np.maximum(counts - 1, 1) / np.maximum(counts, 1))
    lines = len(base.names.months)
    columns: dict[str, object] = {
        "scenario": [other.scenario.name] * lines,
        "against": [base.scenario.name] * lines,
        "measure": [measure] * lines,
        "subject": [subject] * lines,
        "month": list(base.names.months),
        "pairs": counts,
        "mean": np.where(counts > 0, mean, np.nan),
        "mean_low": np.where(counts > 0, mean - 1.96 * error, np.nan),
        "mean_high": np.where(counts > 0, mean + 1.96 * error, np.nan),
    }
    columns |= {f"q{round(q * 100):02}": fan[at] for at, q in enumerate(tables.FAN)}
    return pl.DataFrame(columns).with_columns(pl.selectors.float().fill_nan(None))


def compare(
    scenarios: Sequence[Scenario],
    *,
    until: date,
    draws: Draws | int = 200,
    reps_per_draw: int = 1,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    store: Callable[[Job], Store] | None = None,
) -> Comparison:
    """Run every scenario with the same chances; a figure they share has the same value in each draw.

    Stopped from the keyboard, it compares the scenarios that are finished, if these are two or more.
    """
    if len(scenarios) < 2:
        raise Unsuitable("scenarios", "give at least two to compare")
    if len({scenario.name for scenario in scenarios}) < len(scenarios):
        raise Unsuitable("scenarios", "two scenarios have the same name")
    if len({scenario.starts_on for scenario in scenarios}) > 1:
        raise Unsuitable("starts_on", "scenarios to compare must start on the same day")
    forecasts: list[Forecast] = []
    for at, scenario in enumerate(scenarios):
        work = running.job(scenario, until=until, draws=draws, reps_per_draw=reps_per_draw, seed=seed)
        step = _shifted(progress, at, len(scenarios))
        found = running.run_job(work, executor=executor, progress=step, store=store(work) if store else None)
        if found.stopped and len(forecasts) < 2:
            raise KeyboardInterrupt
        if found.stopped:
            return Comparison(tuple(forecasts), stopped=True)
        forecasts.append(found)
    return Comparison(tuple(forecasts))


def _shifted(progress: Progress | None, at: int, count: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(at * total + done, count * total)
