# SPDX-License-Identifier: Apache-2.0
"""A goal: a measure that should be reached by a month with a stated chance."""

from dataclasses import dataclass
from datetime import date

from fingerpost.rules.forecast import answers
from fingerpost.rules.forecast.faults import Unsuitable, within
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import MEASURES


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
        """How likely the goal is met: reached by the month, and kept until then."""
        reached = answers.first_month(
            forecast,
            self.measure,
            subject=self.subject,
            at_least=self.at_least,
            at_most=self.at_most,
            stays=1,
        )
        return reached.chance_by(self.by)

    def words(self) -> str:
        """The goal as a person would say it."""
        sign, value = ("at least", self.at_least) if self.at_least is not None else ("at most", self.at_most)
        return f"{self.measure} {sign} {value:g} by {self.by:%B %Y} with a chance of {self.chance:.0%}"
