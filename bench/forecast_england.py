# SPDX-License-Identifier: AGPL-3.0-or-later
"""England, area by area: does memory stay bounded while 153 areas go by?"""

import resource
import time
from dataclasses import replace
from datetime import date

import numpy as np

from bench.forecast_turns import line
from fingerpost.rules.forecast.demand import District
from fingerpost.rules.forecast.figures import Figure, fixed
from fingerpost.rules.forecast.national import Nation, run_areas
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from tests.rules.forecast_worlds import ehc

AREAS, ENGLAND_DAYS = 153, 1096


def area(number: int) -> Scenario:
    """One of the 153: log-normal in size about a hundred and fiftieth of England, some short of staff, some not."""
    size = float(np.exp(np.random.Generator(np.random.Philox(number)).normal(-0.25, 0.7)))
    short = 0.85 + 0.3 * (number % 10) / 10
    pools = (
        Pool("caseworkers", fixed(11_000 * size)),
        Pool("eps", Figure("uniform", (13_500 * size * short, 14_500 * size * short))),
        Pool("health", fixed(4_400 * size)),
    )
    stream = replace(ehc().streams[0], yearly=fixed(1010 * size))
    places = tuple(District(f"district {at}", "one", 1.0) for at in range(4))
    return ehc(name=f"area {number:03}", pools=pools, streams=(stream,), districts=places)


def measure() -> None:
    until, nation = date.fromordinal(date(2025, 4, 1).toordinal() + ENGLAND_DAYS - 1), Nation()
    early = 0
    began = time.perf_counter()
    for at, _ in enumerate(run_areas((area(n) for n in range(AREAS)), nation, until=until, draws=20)):
        if at == 20:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - began
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    growth = (late - early) / 1024
    requests = int(nation.marks[0, :, :, 0].sum())
    print(
        f"England: {nation.areas} areas x 20 runs of three years in {seconds:.1f} s (orientation), {requests:,} marks"
    )
    line("England: memory from area 20 to area 153, MB more", growth, "<= 50", good=growth <= 50)
