# SPDX-License-Identifier: Apache-2.0
"""The smallest scenario there is: something to compile the engine with."""

from datetime import date

from fingerpost.rules.forecast.demand import Stream
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import exactly
from fingerpost.rules.forecast.steps import End, Work

TINY = Scenario(
    name="one step",
    starts_on=date(2025, 1, 1),
    pathway=Pathway((Work("see", "staff", exactly(1), exactly(1), "done"), End("done", "seen"))),
    pools=(Pool("staff", fixed(100)),),
    streams=(Stream("requests", "see", fixed(50)),),
)
