# SPDX-License-Identifier: Apache-2.0
"""Fits the doubtful figures to a history: one table of simulations, summaries by regression, the nearest, adjusted.

Every figure is worked on as the normal score of its prior probability, so that nothing can leave its prior's range.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from fingerpost.rules.forecast.draws import Draws, chances
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.history import History, simulated
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario

Reals = NDArray[np.float64]
NEAREST = 0.02
LEAST_NEAREST = 60
SAYS_LITTLE = 0.85  # posterior spread over prior spread above which the history says next to nothing
RIDGE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What the history says about one figure."""

    path: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    narrower: float  # posterior spread over prior spread
    coverage: float  # of nominal nine in ten, on made-up histories

    def words(self) -> str:
        """In a sentence."""
        low, middle, high = self.posterior
        if self.narrower >= SAYS_LITTLE:
            return f"{self.path}: the history says next to nothing about it; it stays as assumed"
        return f"{self.path}: {middle:,.4g}, nine in ten between {low:,.4g} and {high:,.4g}"


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Posterior draws, what was learned, and how the model's own histories look against the real one."""

    draws: Draws
    learned: tuple[Learned, ...]
    outside: float  # share of the history's points outside what the prior can give at all
    simulations: int


def calibrate(
    base: Scenario,
    history: History,
    *,
    sims: int = 2000,
    seed: int = 1,
    checks: int = 100,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Posterior draws of the doubtful figures."""
    doubtful = [(path, figure) for path, figure in base.figures() if not figure.certain]
    if not doubtful:
        raise Unsuitable(
            "figures", "nothing to fit: no figure of the scenario is in doubt; write one as a range"
        )
    if not 200 <= sims <= 200_000:
        raise Unsuitable("sims", f"must be between 200 and 200,000, here {sims}")
    ran = run(base, until=history.last_day, draws=sims, seed=seed, executor=executor, progress=progress)
    if ran.stopped:
        raise KeyboardInterrupt
    scores = np.column_stack([special.ndtri(chances(path, sims, seed)) for path, _ in doubtful])
    seen = simulated(ran, history)
    observed = np.array([point.value for point in history.points])
    seen, observed, outside = _comparable(seen, observed)
    summaries, summary = _regressed(scores, seen, observed)
    posterior = _posterior(scores, summaries, summary)
    coverage = _coverage(scores, summaries, checks, seed)
    learned = []
    values = np.empty_like(posterior)
    for at, (path, figure) in enumerate(doubtful):
        values[:, at] = figure.at(special.ndtr(posterior[:, at]))
        fan = figure.at(np.array([0.05, 0.5, 0.95]))
        low, middle, high = np.quantile(values[:, at], [0.05, 0.5, 0.95])
        learned.append(
            Learned(
                path,
                (float(fan[0]), float(fan[1]), float(fan[2])),
                (float(low), float(middle), float(high)),
                float(posterior[:, at].std()),
                float(coverage[at]),
            )
        )
    draws = Draws(tuple(path for path, _ in doubtful), values, "posterior")
    return Calibration(draws, tuple(learned), outside, sims)


def _comparable(seen: Reals, observed: Reals) -> tuple[Reals, Reals, float]:
    """Columns in one scale; months in which a replication has no value take the column's middle."""
    counted = np.isfinite(seen).any(axis=0)
    seen, observed = seen[:, counted], observed[counted]
    middle = np.nanmedian(seen, axis=0)
    seen = np.where(np.isfinite(seen), seen, middle)
    outside = float(((observed < seen.min(axis=0)) | (observed > seen.max(axis=0))).mean())
    spread = seen.std(axis=0)
    useful = spread > 1e-12
    return (seen - middle)[:, useful] / spread[useful], (observed - middle)[useful] / spread[useful], outside


def _regressed(scores: Reals, seen: Reals, observed: Reals) -> tuple[Reals, Reals]:
    """One summary a figure: what a regression makes of the history; squares let it bend.

    Each half of the simulations is read with what was learned from the other half, so that no simulation is summed
    up by a line that was drawn through it.
    """
    table = np.column_stack([np.ones(len(seen)), seen, seen**2])
    one = np.concatenate([[1.0], observed, observed**2])
    even = np.arange(len(seen)) % 2 == 0
    summaries, summary = np.empty_like(scores), np.zeros(scores.shape[1])
    for half in (even, ~even):
        square = table[half].T @ table[half] + RIDGE * half.sum() * np.eye(table.shape[1])
        weights = np.linalg.solve(square, table[half].T @ scores[half])
        summaries[~half] = table[~half] @ weights
        summary += one @ weights / 2
    return summaries, summary


def _posterior(scores: Reals, summaries: Reals, summary: Reals) -> Reals:
    """The nearest simulations, each moved along a local line to where the history is."""
    scale = np.maximum(summaries.std(axis=0), 1e-12)
    away = (summaries - summary) / scale
    distance = np.sqrt((away**2).sum(axis=1))
    count = min(len(scores), max(LEAST_NEAREST, round(NEAREST * len(scores))))
    nearest = np.argsort(distance, kind="stable")[:count]
    reach = max(float(distance[nearest[-1]]), 1e-12)
    weight = np.sqrt(np.maximum(1 - (distance[nearest] / reach) ** 2, 1e-6))
    table = np.column_stack([np.ones(count), away[nearest]])
    square = (table * weight[:, None] ** 2).T @ table + 1e-6 * count * np.eye(table.shape[1])
    lines = np.linalg.solve(square, (table * weight[:, None] ** 2).T @ scores[nearest])
    return np.asarray(scores[nearest] - away[nearest] @ lines[1:], dtype=np.float64)


def _coverage(scores: Reals, summaries: Reals, checks: int, seed: int) -> Reals:
    """How often nine-in-ten intervals hold the truth, each simulation taken as the history in turn."""
    chosen = np.random.Generator(np.random.Philox(seed)).choice(
        len(scores), min(checks, len(scores)), replace=False
    )
    hits = np.zeros(scores.shape[1])
    for at in chosen:
        others = np.arange(len(scores)) != at
        found = _posterior(scores[others], summaries[others], summaries[at])
        low, high = np.quantile(found, [0.05, 0.95], axis=0)
        hits += (low <= scores[at]) & (scores[at] <= high)
    return hits / len(chosen)
