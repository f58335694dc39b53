# SPDX-License-Identifier: AGPL-3.0-or-later
"""A chain of three desks, each taking a fixed number of cases once a day: in Ciw with slotted services, and ours."""

from dataclasses import replace
from datetime import date
from typing import Any

import ciw
import numpy as np

from fingerpost.rules.forecast import planning
from fingerpost.rules.forecast.demand import Stream
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import exactly
from fingerpost.rules.forecast.steps import End, Mark, Step, Work

DESKS, ARRIVALS, SLOTS = 3, 8.0, 9
BACKLOG = 12.0  # arrivals a day with which the first desk falls behind by 2,190 cases in two years


def ciw_run(days: int, seed: int, arrivals: float = ARRIVALS) -> Any:
    """One replication in Ciw; service lasts half a day, so that the next desk takes the case a day later."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrivals), None, None],
        service_distributions=[ciw.dists.Deterministic(0.5)] * DESKS,
        number_of_servers=[ciw.Slotted(slots=[1.0], slot_sizes=[SLOTS]) for _ in range(DESKS)],
        routing=[[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(days)
    return simulation


def ciw_mean_wait(simulation: Any, warm_up: int) -> float:
    """Mean wait at a desk, less the half day between coming and the next slot that our days do not see."""
    records = simulation.get_all_records()
    return float(np.mean([r.waiting_time for r in records if r.arrival_date > warm_up])) - 0.5


def our_plan(days: int) -> Plan:
    """The same chain as a plan."""
    steps: list[Step] = [
        Work(
            f"desk {at}", f"pool {at}", exactly(1), exactly(1), f"desk {at + 1}" if at + 1 < DESKS else "out"
        )
        for at in range(DESKS)
    ]
    steps += [Mark("out", "through", "gone"), End("gone", "through")]
    scenario = Scenario(
        name="chain",
        starts_on=date(2025, 1, 1),
        pathway=Pathway(tuple(steps)),
        pools=tuple(Pool(f"pool {at}", fixed(1000)) for at in range(DESKS)),
        streams=(Stream("cases", "desk 0", fixed(1000)),),
    )
    plan = planning.template(scenario, days).middle
    rates = np.full_like(plan.rates, ARRIVALS)
    capacity = np.full_like(plan.capacity, SLOTS * 60)
    return replace(
        plan, rates=rates, none_come=np.exp(-rates), capacity=capacity, expected=int(ARRIVALS * days)
    )
