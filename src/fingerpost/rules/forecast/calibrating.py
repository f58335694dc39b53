# SPDX-License-Identifier: Apache-2.0
"""Fits the doubtful figures to a history, and says what the history cannot tell.

Every figure is worked on as the normal score of its prior probability, so that nothing can leave its prior's range.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from fingerpost.rules.forecast import fitting
from fingerpost.rules.forecast.draws import Draws, chances
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.history import History, simulated
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario

Reals = NDArray[np.float64]
SAYS_LITTLE = 0.85  # posterior spread over prior spread above which the history says next to nothing


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
        return f"{self.path}: {_said(middle)}, nine in ten between {_said(low)} and {_said(high)}"


def _said(value: float) -> str:
    """Whole from a hundred on, else three figures that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


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
    checks: int = 200,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Posterior draws of the doubtful figures."""
    doubtful = _doubtful(base, sims)
    ran = run(base, until=history.last_day, draws=sims, seed=seed, executor=executor, progress=progress)
    if ran.stopped:
        raise KeyboardInterrupt
    scores = np.column_stack([special.ndtri(chances(path, sims, seed)) for path, _ in doubtful])
    observed = np.array([point.value for point in history.points])
    seen, observed, outside = fitting.comparable(simulated(ran, history), observed)
    summaries, summary = fitting.regressed(scores, seen, observed)
    wider, coverage = fitting.checked(scores, summaries, checks, seed)
    posterior = fitting.widened(fitting.posterior(scores, summaries, summary), wider)
    learned = tuple(
        _learned(path, figure, posterior[:, at], float(coverage[at]))
        for at, (path, figure) in enumerate(doubtful)
    )
    values = [figure.at(special.ndtr(posterior[:, at])) for at, (_, figure) in enumerate(doubtful)]
    draws = Draws(tuple(path for path, _ in doubtful), np.column_stack(values), "posterior")
    return Calibration(draws, learned, outside, sims)


def _doubtful(base: Scenario, sims: int) -> list[tuple[str, Figure]]:
    """The figures to fit; refuses a fit that cannot be made."""
    doubtful = [(path, figure) for path, figure in base.figures() if not figure.certain]
    if not doubtful:
        raise Unsuitable(
            "figures", "nothing to fit: no figure of the scenario is in doubt; write one as a range"
        )
    if not 200 <= sims <= 200_000:
        raise Unsuitable("sims", f"must be between 200 and 200,000, here {sims}")
    return doubtful


def _learned(path: str, figure: Figure, posterior: Reals, coverage: float) -> Learned:
    low, middle, high = np.quantile(figure.at(special.ndtr(posterior)), [0.05, 0.5, 0.95])
    before = figure.at(np.array([0.05, 0.5, 0.95]))
    return Learned(
        path,
        (float(before[0]), float(before[1]), float(before[2])),
        (float(low), float(middle), float(high)),
        float(posterior.std()),
        coverage,
    )
