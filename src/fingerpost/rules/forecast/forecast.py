# SPDX-License-Identifier: Apache-2.0
"""A forecast: what an ensemble left behind, with what it was made from."""

from dataclasses import dataclass
from datetime import date

from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.kept import Kept
from fingerpost.rules.forecast.plan import Names
from fingerpost.rules.forecast.planning import Template
from fingerpost.rules.forecast.scenario import Scenario

ENGINE_VERSION = "1"  # goes up when the same scenario and seed give other figures


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """The sums of every replication of one scenario."""

    scenario: Scenario
    until: date
    seed: int
    draws: Draws
    reps_per_draw: int
    template: Template
    kept: Kept
    stopped: bool = False

    @property
    def names(self) -> Names:
        """What the rows of the tables stand for."""
        return self.template.middle.names

    @property
    def planned(self) -> int:
        """How many replications were asked for."""
        return len(self.draws) * self.reps_per_draw

    def header(self) -> dict[str, object]:
        """What names this result: equal headers, equal figures."""
        return {
            "scenario": self.scenario.name,
            "digest": self.scenario.digest(),
            "engine": ENGINE_VERSION,
            "starts_on": self.scenario.starts_on.isoformat(),
            "until": self.until.isoformat(),
            "seed": self.seed,
            "draws": len(self.draws),
            "draws_from": self.draws.origin,
            "reps_per_draw": self.reps_per_draw,
            "replications": len(self.kept),
            "complete": len(self.kept) == self.planned,
        }
