# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of a fit: one table of simulations, summaries by regression, the nearest, moved along a local line.

Tables have one row a simulation; `scores` one column a figure, `seen` one column a point of the history.
"""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
NEAREST = 0.02
# With fewer, a line through nine columns follows chance, and intervals come out too narrow.
LEAST_NEAREST = 200
RIDGE = 0.02


def comparable(seen: Reals, observed: Reals) -> tuple[Reals, Reals, float]:
    """Columns in one scale; months in which a replication has no value take the column's middle."""
    counted = np.isfinite(seen).any(axis=0)
    seen, observed = seen[:, counted], observed[counted]
    middle = np.nanmedian(seen, axis=0)
    seen = np.where(np.isfinite(seen), seen, middle)
    outside = float(((observed < seen.min(axis=0)) | (observed > seen.max(axis=0))).mean())
    spread = seen.std(axis=0)
    useful = spread > 1e-12
    return (seen - middle)[:, useful] / spread[useful], (observed - middle)[useful] / spread[useful], outside


def regressed(scores: Reals, seen: Reals, observed: Reals) -> tuple[Reals, Reals]:
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


def posterior(scores: Reals, summaries: Reals, summary: Reals) -> Reals:
    """The nearest simulations, each moved along a local line to where the history is.

    A line drawn through few points lies too near to them; what is left over is widened by the columns that it took.
    """
    scale = np.maximum(summaries.std(axis=0), 1e-12)
    away = (summaries - summary) / scale
    distance = np.sqrt((away**2).sum(axis=1))
    count = min(len(scores), max(LEAST_NEAREST, round(NEAREST * len(scores))))
    nearest = np.argsort(distance, kind="stable")[:count]
    reach = max(float(distance[nearest[-1]]), 1e-12)
    weight = np.maximum(1 - (distance[nearest] / reach) ** 2, 1e-6)
    table = np.column_stack([np.ones(count), away[nearest]])
    square = (table * weight[:, None]).T @ table + 1e-6 * count * np.eye(table.shape[1])
    lines = np.linalg.solve(square, (table * weight[:, None]).T @ scores[nearest])
    points = weight.sum() ** 2 / (weight**2).sum()  # how many equal ones they are worth
    wider = np.sqrt(points / max(points - table.shape[1], 1.0))
    return np.asarray(lines[0] + wider * (scores[nearest] - table @ lines), dtype=np.float64)


def widened(found: Reals, wider: Reals) -> Reals:
    """Draws moved away from their middle."""
    middle = np.median(found, axis=0)
    return np.asarray(middle + wider * (found - middle), dtype=np.float64)


def checked(scores: Reals, summaries: Reals, checks: int, seed: int) -> tuple[Reals, Reals]:
    """How much wider intervals must be for nine in ten to hold the truth, learned from one half of the checks; and
    how often such intervals hold it in the other half. In a check a simulation is taken as if it were the history.
    """
    dice = np.random.Generator(np.random.Philox(seed))
    chosen = dice.choice(len(scores), min(checks, len(scores)), replace=False)
    away = np.array([_truth_away(scores, summaries, at) for at in chosen])
    wider = np.maximum(np.quantile(away[::2], 0.9, axis=0), 1.0)
    return wider, (away[1::2] <= wider).mean(axis=0)


def _truth_away(scores: Reals, summaries: Reals, at: int) -> Reals:
    """How far the truth lies from the middle, as a share of the way to the end of the nine-in-ten interval."""
    others = np.arange(len(scores)) != at
    found = posterior(scores[others], summaries[others], summaries[at])
    low, middle, high = np.quantile(found, [0.05, 0.5, 0.95], axis=0)
    away = np.maximum((middle - scores[at]) / (middle - low), (scores[at] - middle) / (high - middle))
    return np.asarray(away, dtype=np.float64)
