# SPDX-License-Identifier: Apache-2.0
"""Many areas in bounded memory: one area after the other, its fans kept, its runs added to the nation's and let go."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fingerpost.rules.forecast import sums, tables
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario


@dataclass(slots=True)
class Nation:
    """Sums over areas, replication by replication: the areas of one replication share its draw of chance."""

    areas: int = 0
    months: tuple[date, ...] = ()
    milestones: tuple[str, ...] = ()
    marks: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    open: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, forecast: Forecast) -> None:
        """Add one area."""
        marks, still = (
            forecast.kept.marks.sum(axis=3, dtype=np.int64),
            forecast.kept.open.sum(axis=3, dtype=np.int64),
        )
        if not self.areas:
            self.months, self.milestones = forecast.names.months, forecast.names.milestones
            self.marks, self.open = np.zeros_like(marks), np.zeros_like(still)
        if (forecast.names.months, forecast.names.milestones) != (self.months, self.milestones):
            raise Unsuitable(
                "areas", f"{forecast.scenario.name} has other months or milestones than the first area"
            )
        self.marks += marks
        self.open += still
        self.areas += 1

    def timeliness(self, milestone: str) -> NDArray[np.float64]:
        """Replication x month: within the legal time, of those issued, less exceptions."""
        found = self.marks[:, self.milestones.index(milestone)].astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(found[..., sums.PLAIN_IN_TIME] / found[..., sums.PLAIN], dtype=np.float64)


def run_areas(
    scenarios: Iterable[Scenario],
    nation: Nation,
    *,
    until: date,
    draws: int,
    seed: int = 1,
    executor: Executor | None = None,
    measures: tuple[str, ...] = ("timeliness", "open_late", "waiting"),
) -> Iterator[pl.DataFrame]:
    """The fans of each area, and the nation's sums as they grow."""
    for scenario in scenarios:
        found = run(scenario, until=until, draws=draws, seed=seed, executor=executor)
        nation.add(found)
        frames = [tables.table(found, measure) for measure in measures]
        yield pl.concat(frames)
