# SPDX-License-Identifier: Apache-2.0
"""How long a step takes: hours of work or days of delay, different from case to case, as tables of 1,024 entries."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import ONE, Figure, check, fixed

ENTRIES = 1024
SpanShape = Literal["exactly", "between", "triangular", "lognormal"]


@dataclass(frozen=True, slots=True)
class Span:
    """The spread between cases (`shape`, `numbers`), times a figure that carries our doubt about its level.

    `lognormal` has numbers (standard deviation of the logarithm,), and `level` is its mean.
    """

    shape: SpanShape
    numbers: tuple[float, ...]
    level: Figure = ONE

    def words(self) -> str:
        """The spread as a person would write it."""
        shown = ", ".join(f"{number:,g}" for number in self.numbers)
        if self.shape == "lognormal":
            return f"mean {self.level.words()}, spread {shown}"
        level = "" if self.level.numbers == ONE.numbers else f", times {self.level.words()}"
        return f"{self.shape} {shown}{level}"

    @property
    def mean(self) -> float:
        """The mean over cases, at the middle of our doubt."""
        return float(shape_table(self.shape, self.numbers).mean() * self.level.middle)


def exactly(amount: float) -> Span:
    """The same for every case."""
    return Span("exactly", (float(amount),))


def between(low: float, high: float, level: Figure | None = None) -> Span:
    """Every value between two ends equally often."""
    return Span("between", (float(low), float(high)), level or ONE)


def around(mean: Figure | float, spread: float) -> Span:
    """Log-normal: the mean, and the standard deviation of the logarithm."""
    return Span("lognormal", (float(spread),), mean if isinstance(mean, Figure) else fixed(mean))


@lru_cache(maxsize=512)
def shape_table(shape: SpanShape, numbers: tuple[float, ...]) -> NDArray[np.float64]:
    """Quantiles at the middles of 1,024 equal slices, before level and rounding."""
    middles = (np.arange(ENTRIES) + 0.5) / ENTRIES
    if shape == "exactly":
        return np.full(ENTRIES, numbers[0])
    if shape == "lognormal":
        table = np.exp(numbers[0] * special.ndtri(middles))
        return np.asarray(table / table.mean(), dtype=np.float64)
    if shape == "triangular":
        return Figure("triangular", numbers).at(middles)
    return numbers[0] + (numbers[1] - numbers[0]) * middles


def whole_table(table: NDArray[np.float64], factor: float) -> NDArray[np.int32]:
    """Whole units, to the nearest, never less than one."""
    return np.maximum(np.rint(table * factor), 1.0).astype(np.int32)


def check_span(field: str, span: Span, most: float, unit: str) -> None:
    """Refuse spans that run backwards, are negative or absurdly long."""
    wanted = {"exactly": 1, "between": 2, "triangular": 3, "lognormal": 1}[span.shape]
    if len(span.numbers) != wanted:
        raise Unsuitable(field, f"{span.shape} takes {wanted} number(s), here {len(span.numbers)}")
    if list(span.numbers) != sorted(span.numbers):
        raise Unsuitable(field, "the numbers must rise, here " + ", ".join(f"{n:g}" for n in span.numbers))
    if span.shape == "lognormal":
        check(f"{field}.mean", span.level, 0, most, f"mean {unit}")
        check(f"{field}.spread", fixed(span.numbers[0]), 0, 3, "spread of the logarithm")
        return
    check(f"{field}.level", span.level, 0, 100, "level")
    for number in span.numbers:
        check(field, fixed(number), 0, most, unit)
    check(field, span.level.times(span.numbers[-1]), 0, most, f"{unit}, level included,")
