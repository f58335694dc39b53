# SPDX-License-Identifier: Apache-2.0
"""A figure of a scenario: one number, or the doubt about it, with where it comes from."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

from fingerpost.rules.forecast.faults import Unsuitable

Basis = Literal["measured", "published", "assumed", "guessed", "stated"]
Shape = Literal["value", "uniform", "triangular", "normal", "lognormal", "beta"]
BASES: tuple[str, ...] = get_args(Basis)

# Shape of doubt -> how many numbers it takes, and what they are.
NUMBERS: dict[Shape, str] = {
    "value": "the number",
    "uniform": "lowest and highest",
    "triangular": "lowest, likeliest and highest",
    "normal": "mean and standard deviation",
    "lognormal": "median and standard deviation of the logarithm",
    "beta": "mean and how many cases it was seen in",
}
COUNTS: dict[Shape, int] = {"value": 1, "triangular": 3, "uniform": 2, "normal": 2, "lognormal": 2, "beta": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its doubt (`shape`, `numbers`), its basis and its source."""

    shape: Shape
    numbers: tuple[float, ...]
    basis: Basis = "stated"
    source: str = ""

    @property
    def certain(self) -> bool:
        """Is there no doubt to draw from?"""
        return self.shape == "value"

    @property
    def middle(self) -> float:
        """The value at the middle of the doubt."""
        return float(self.at(np.array([0.5]))[0])

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest values that can be drawn, as far as the shape has any."""
        low, high = self.at(np.array([1e-9, 1 - 1e-9]))
        return float(low), float(high)

    def at(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values at these probabilities: one number in, one out, so that scenarios can share draws."""
        return _QUANTILES[self.shape](chance, *self.numbers)

    def times(self, factor: float) -> "Figure":
        """The same doubt in another unit."""
        fixed_places = {"normal": (0, 1), "lognormal": (0,)}.get(self.shape, tuple(range(len(self.numbers))))
        numbers = tuple(n * factor if at in fixed_places else n for at, n in enumerate(self.numbers))
        return Figure(self.shape, numbers, self.basis, self.source)

    def words(self) -> str:
        """The figure as a person would write it."""
        shown = ", ".join(f"{number:,g}" for number in self.numbers)
        return shown if self.certain else f"{self.shape} {shown}"


Quantile = Callable[..., NDArray[np.float64]]


def _value(chance: NDArray[np.float64], value: float) -> NDArray[np.float64]:
    return np.full(chance.shape, value)


def _uniform(chance: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    return low + (high - low) * chance


def _triangular(chance: NDArray[np.float64], low: float, mode: float, high: float) -> NDArray[np.float64]:
    rise, fall = (mode - low) * (high - low), (high - mode) * (high - low)
    turn = (mode - low) / (high - low) if high > low else 0.5
    return np.where(chance <= turn, low + np.sqrt(chance * rise), high - np.sqrt((1 - chance) * fall))


def _normal(chance: NDArray[np.float64], mean: float, deviation: float) -> NDArray[np.float64]:
    return np.asarray(mean + deviation * special.ndtri(chance), dtype=np.float64)


def _lognormal(chance: NDArray[np.float64], median: float, deviation: float) -> NDArray[np.float64]:
    return np.asarray(median * np.exp(deviation * special.ndtri(chance)), dtype=np.float64)


def _beta(chance: NDArray[np.float64], mean: float, seen: float) -> NDArray[np.float64]:
    return np.asarray(special.betaincinv(mean * seen, (1 - mean) * seen, chance), dtype=np.float64)


_QUANTILES: dict[Shape, Quantile] = {
    "value": _value,
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
}


def fixed(value: float, basis: Basis = "stated", source: str = "") -> Figure:
    """A number without doubt."""
    return Figure("value", (float(value),), basis, source)


ONE, NOTHING = fixed(1.0), fixed(0.0)


def check(field: str, figure: Figure, low: float, high: float, what: str) -> None:
    """Refuse a figure whose numbers are out of order or whose values can leave the range."""
    if len(figure.numbers) != COUNTS[figure.shape]:
        raise Unsuitable(field, f"{figure.shape} takes {NUMBERS[figure.shape]}")
    if not all(math.isfinite(number) for number in figure.numbers):
        raise Unsuitable(field, f"{what} must be an ordinary number, here {figure.words()}")
    _check_order(field, figure)
    lowest, highest = (min(figure.numbers), max(figure.numbers)) if _bounded(figure) else figure.ends
    if lowest < low or highest > high:
        outside = lowest if lowest < low else highest
        raise Unsuitable(field, f"{what} must be between {low:,.10g} and {high:,.10g}, here {outside:,.6g}")


def _bounded(figure: Figure) -> bool:
    return figure.shape in {"value", "uniform", "triangular"}


def _check_order(field: str, figure: Figure) -> None:
    if figure.shape in {"uniform", "triangular"} and list(figure.numbers) != sorted(figure.numbers):
        raise Unsuitable(field, f"the numbers of {figure.shape} must rise, here {figure.words()}")
    if figure.shape in {"normal", "lognormal"} and figure.numbers[1] < 0:
        raise Unsuitable(field, f"the standard deviation must not be negative, here {figure.numbers[1]:g}")
    if figure.shape == "beta" and not (0 < figure.numbers[0] < 1 and figure.numbers[1] > 0):
        raise Unsuitable(field, "beta takes a mean between 0 and 1 and a positive number of cases")
