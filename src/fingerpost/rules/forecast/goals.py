# SPDX-License-Identifier: Apache-2.0
"""A goal: a measure that should be reached by a month with a stated chance."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from fingerpost.rules.forecast import answers, measures
from fingerpost.rules.forecast.faults import Unsuitable, within
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import MEASURES
from fingerpost.rules.forecast.tables import area_series


@dataclass(frozen=True, slots=True)
class Goal:
    """For example: 60% issued in time by March 2027, with a chance of 80%."""

    by: date
    chance: float = 0.8
    measure: str = "timeliness"
    subject: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise Unsuitable("goal.measure", f'there is no measure "{self.measure}"')
        if (self.at_least is None) == (self.at_most is None):
            raise Unsuitable("goal", "give either at_least or at_most")
        within("goal.chance", self.chance, 0.01, 0.999, "the chance")

    def chance_in(self, forecast: Forecast) -> float:
        """How likely the goal is met in its month; a month in which nothing happened is like the one before."""
        subject = self.subject or answers.main_subject(forecast, self.measure)
        known = measures.subjects(forecast, self.measure)
        if subject not in known:
            raise Unsuitable("goal.subject", f'"{self.measure}" is of {", ".join(known)}; not of "{subject}"')
        values = area_series(forecast, self.measure, subject)
        values = values[:, : sum(1 for month in forecast.names.months if month <= self.by)]
        there = np.isfinite(values)
        last = values.shape[1] - 1 - there[:, ::-1].argmax(axis=1)
        ends = values[np.arange(len(values)), last]
        with np.errstate(invalid="ignore"):
            met = (
                ends >= self.at_least
                if self.at_least is not None
                else ends <= np.float64(self.at_most or 0.0)
            )
        return float(met.mean())

    def words(self) -> str:
        """The goal as a person would say it."""
        sign, value = ("at least", self.at_least) if self.at_least is not None else ("at most", self.at_most)
        return f"{self.measure} {sign} {value:g} by {self.by:%B %Y} with a chance of {self.chance:.0%}"
