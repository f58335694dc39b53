# SPDX-License-Identifier: AGPL-3.0-or-later
"""B1 in doubt: the benchmark with a range in every pool, the requests and their growth."""

from dataclasses import replace

from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from tests.rules.forecast_worlds import ehc


def doubtful() -> Scenario:
    """B1 with doubt in every pool, the requests and a share, so that every draw makes its own plan."""
    pools = tuple(
        Pool(pool.name, Figure("uniform", (0.95 * pool.hours.middle, 1.05 * pool.hours.middle)))
        for pool in ehc().pools
    )
    stream = replace(
        ehc().streams[0], yearly=Figure("uniform", (2900.0, 3200.0)), growth=Figure("uniform", (1.0, 1.1))
    )
    return ehc(pools=pools, streams=(stream,))
