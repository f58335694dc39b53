# SPDX-License-Identifier: Apache-2.0
"""What the fan would have said: fit to the first part of a history, score the rest beside naive guesses."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast.calibrating import Calibration, calibrate
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.history import History, Point, simulated
from fingerpost.rules.forecast.running import run
from fingerpost.rules.forecast.scenario import Scenario

Reals = NDArray[np.float64]
STOCKS = ("waiting", "waiting_late", "open", "open_late")


@dataclass(frozen=True, slots=True)
class Held:
    """One held-out figure: the fan for it, and what happened."""

    month: str
    measure: str
    subject: str
    happened: float
    low: float
    middle: float
    high: float
    score: float  # continuous ranked probability score: the smaller the better, in the measure's unit


@dataclass(frozen=True, slots=True)
class Score:
    """How one measure did: mean error of the middle, of naive guesses, and how often the fan held what happened."""

    measure: str
    subject: str
    points: int
    covered: float
    error: float
    naive: dict[str, float]

    @property
    def beats_naive(self) -> bool:
        """Is the middle of the fan nearer than every naive guess?"""
        return all(self.error <= value for value in self.naive.values())


@dataclass(frozen=True, slots=True)
class Backtest:
    """Held-out figures, scores, and the fit they rest on."""

    held: tuple[Held, ...]
    scores: tuple[Score, ...]
    covered: float
    calibration: Calibration


def backtest(
    base: Scenario,
    history: History,
    *,
    hold_out_months: int = 12,
    sims: int = 2000,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Hide the last months, forecast them from what was known then, and see."""
    if not 1 <= hold_out_months <= len(history.months) - 3:
        most = len(history.months) - 3
        raise Unsuitable("hold_out_months", f"must be between 1 and {most}, here {hold_out_months}")
    cut = history.months[-hold_out_months - 1]
    known, hidden = history.until(cut), history.after(cut)
    fitted = calibrate(base, known, sims=sims, seed=seed, executor=executor, progress=progress)
    ahead = run(base, until=history.last_day, draws=fitted.draws, seed=seed + 1, executor=executor)
    values = _from_where_it_stood(simulated(ahead, hidden), hidden, simulated(ahead, known), known)
    held = tuple(_held(point, values[:, at]) for at, point in enumerate(hidden.points))
    pairs = sorted({(point.measure, point.subject) for point in hidden.points})
    scores = tuple(_score(pair, held, known) for pair in pairs)
    covered = float(np.mean([one.low <= one.happened <= one.high for one in held]))
    return Backtest(held, scores, covered, fitted)


def _from_where_it_stood(ahead: Reals, hidden: History, behind: Reals, known: History) -> Reals:
    """Counts of people start from the last one known: a forecast is made from where the area stands."""
    moved, last = ahead.copy(), {}
    for at, point in enumerate(known.points):
        last[point.measure, point.subject] = point.value - behind[:, at]
    for at, point in enumerate(hidden.points):
        shift = last.get((point.measure, point.subject))
        if point.measure in STOCKS and shift is not None:
            moved[:, at] = np.maximum(ahead[:, at] + shift, 0.0)
    return moved


def _held(point: Point, values: Reals) -> Held:
    values = values[np.isfinite(values)]
    if not values.size:
        values = np.array([np.nan])
    low, middle, high = (float(q) for q in np.quantile(values, [0.05, 0.5, 0.95]))
    named = (f"{point.month:%Y-%m}", point.measure, point.subject, point.value)
    return Held(*named, low, middle, high, _ranked(values, point.value))


def _ranked(values: Reals, happened: float) -> float:
    order = np.sort(values)
    weights = 2 * np.arange(1, order.size + 1) - order.size - 1
    spread = float((weights * order).sum()) / order.size**2
    return float(np.abs(order - happened).mean()) - spread


def _score(pair: tuple[str, str], held: tuple[Held, ...], known: History) -> Score:
    mine = [one for one in held if (one.measure, one.subject) == pair]
    before = [point for point in known.points if (point.measure, point.subject) == pair]
    happened = np.array([one.happened for one in mine])
    error = float(np.mean([abs(one.middle - one.happened) for one in mine]))
    covered = float(np.mean([one.low <= one.happened <= one.high for one in mine]))
    guesses = _naive(before, mine)
    naive = {name: float(np.abs(guess - happened).mean()) for name, guess in guesses.items()}
    return Score(*pair, len(mine), covered, error, naive)


def _naive(before: list[Point], mine: list[Held]) -> dict[str, Reals]:
    """Guesses that need no model: the last value, the same month a year before, the mean of the last year."""
    if not before:
        return {}
    values = [point.value for point in before]
    by_month = {f"{point.month:%m}": point.value for point in before}
    count = len(mine)
    return {
        "last value": np.full(count, values[-1]),
        "same month last year": np.array([by_month.get(one.month[-2:], values[-1]) for one in mine]),
        "mean of the last year": np.full(count, float(np.mean(values[-12:]))),
    }
