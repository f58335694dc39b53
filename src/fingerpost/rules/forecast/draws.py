# SPDX-License-Identifier: Apache-2.0
"""Draws of the uncertain figures: a table with one column a figure and one row a draw."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast.chance import salt
from fingerpost.rules.forecast.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Figures by path, and their values."""

    paths: tuple[str, ...]
    values: NDArray[np.float64]  # draw x figure
    origin: str = "prior"

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def row(self, draw: int) -> Mapping[str, float]:
        """One draw as path -> value; draws are used again from the first when they run out."""
        return dict(zip(self.paths, self.values[draw % len(self)].tolist(), strict=True))

    def column(self, path: str) -> NDArray[np.float64]:
        """All values of one figure."""
        return self.values[:, self.paths.index(path)]


def chances(path: str, count: int, seed: int) -> NDArray[np.float64]:
    """Probabilities for one figure: its own stream by name, so that two scenarios share what they share."""
    stream = np.random.SeedSequence([seed, salt("figure", path)])
    found = np.random.Generator(np.random.Philox(stream)).random(count)
    return np.clip(found, 1e-9, 1 - 1e-9)


def prior(scenario: Scenario, count: int, seed: int) -> Draws:
    """Draws from the doubt as it is written in the scenario; the first n of more draws are the n draws."""
    doubtful = [(path, figure) for path, figure in scenario.figures() if not figure.certain]
    columns = [figure.at(chances(path, count, seed)) for path, figure in doubtful]
    values = np.column_stack(columns) if columns else np.empty((count, 0))
    return Draws(tuple(path for path, _ in doubtful), values)


def middle(scenario: Scenario) -> Draws:
    """One draw with every figure at the middle of its doubt."""
    doubtful = [(path, figure) for path, figure in scenario.figures() if not figure.certain]
    return Draws(tuple(p for p, _ in doubtful), np.array([[f.middle for _, f in doubtful]]), "middle")
