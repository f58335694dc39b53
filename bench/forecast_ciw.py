# SPDX-License-Identifier: AGPL-3.0-or-later
"""A chain of desks in Ciw: slotted services, each slot once a day."""

from typing import TYPE_CHECKING, Any

import ciw
import numpy as np

if TYPE_CHECKING:
    from bench.forecast_chain import Chain


def run(chain: "Chain", days: int, seed: int) -> Any:
    """One replication; work ends half a day early, so that the next desk's slot finds the case on its day."""
    desks = range(len(chain.works))
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(chain.arrivals) if at == 0 else None for at in desks],
        service_distributions=[ciw.dists.Empirical((chain.days(at) - 0.5).tolist()) for at in desks],
        number_of_servers=[ciw.Slotted(slots=[1.0], slot_sizes=[chain.starts]) for _ in desks],
        routing=[[1.0 if to == at + 1 else 0.0 for to in desks] for at in desks],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(days)
    return simulation


def mean_wait(chain: "Chain", days: int, seed: int, warm_up: int) -> float:
    """Mean wait at a desk, less the half day between coming and the next slot that our days do not see."""
    records = run(chain, days, seed).get_all_records()
    return float(np.mean([r.waiting_time for r in records if r.arrival_date > warm_up])) - 0.5
