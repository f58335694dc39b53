# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chains of desks, each starting a fixed number of cases once a day: the engine and Ciw with slotted services.

The chain of the bar is B1 as far as Ciw can say it: no fork, no shared hours, nobody carried in; so the steps of the
EHC pathway in a row, each with its own desk, B1's requests and B1's days. Ciw looks at everybody who is at a desk, in
work too, so two more chains show how the ratio hangs on that: work of half a day (next to nobody there) and a backlog.
"""

import math
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bench import forecast_ciw
from bench.forecast_turns import in_turn, kernel, line
from fingerpost.rules.forecast import chance, engine, planning
from fingerpost.rules.forecast.demand import Stream
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import Span, between, exactly, shape_table, whole_table
from fingerpost.rules.forecast.steps import End, Mark, Step, Work
from fingerpost.rules.forecast.sums import empty

DAYS, WARM_UP = 730, 150


@dataclass(frozen=True, slots=True)
class Chain:
    """Days of work at each desk, arrivals a day, and how many each desk starts a day."""

    name: str
    works: tuple[Span, ...]
    arrivals: float
    starts: int

    def days(self, desk: int) -> NDArray[np.int32]:
        """The table of whole days that cases spend in work at a desk."""
        return whole_table(shape_table(self.works[desk].shape, self.works[desk].numbers), 1.0)


B1 = Chain("B1's days", (between(5, 19), between(10, 35), between(1, 5), between(1, 4)), 15_300 / 1826, 10)
SHORT = Chain("work of half a day", (exactly(1),) * 3, 8.0, 9)
BACKLOG = Chain("work of half a day, with a backlog", (exactly(1),) * 3, 12.0, 9)


def measure() -> None:
    """The two agree on the mean wait; then the ratios."""
    ours = [mean_wait(B1, at) for at in range(20)]
    theirs = [forecast_ciw.mean_wait(B1, DAYS, at, WARM_UP) for at in range(4)]
    gap = abs(np.mean(ours) - np.mean(theirs)) / math.hypot(_error(ours), _error(theirs))
    print(
        f"mean wait: ours {np.mean(ours):.4f}, Ciw {np.mean(theirs):.4f} days, {gap:.1f} standard errors apart"
    )
    for chain, bar in ((B1, ">= 1,500"), (SHORT, "(none)"), (BACKLOG, "(none)")):
        _compare(chain, bar)


def _error(means: list[float]) -> float:
    return float(np.std(means, ddof=1) / math.sqrt(len(means)))


def _compare(chain: Chain, bar: str) -> None:
    acts = {
        "kernel": (kernel(plan_of(chain, DAYS), 50), 50),
        "Ciw": (lambda: forecast_ciw.run(chain, DAYS, 1), 1),
    }
    found = in_turn(acts)
    ratio = found["Ciw"] / found["kernel"]
    line(f"Ciw / kernel, chain: {chain.name}", ratio, bar, good=ratio >= 1500 or bar == "(none)")


def mean_wait(chain: Chain, replication: int, days: int = DAYS) -> float:
    """Mean days waited at a desk by those who came after the warm-up."""
    log = np.zeros((150_000, 6), dtype=np.int32)
    plan = plan_of(chain, days)
    lines = engine.Runner(plan).run(chance.replication_key(3, replication), empty(plan, 1).one(0), log)
    day, case, step, what = (log[:lines, at].astype(np.int64) for at in (0, 1, 3, 4))
    key = case * 16 + step
    joined = np.full(key.max() + 1, -1)
    joined[key[what == 0]] = day[what == 0]
    since = joined[key[what == 1]]
    return float((day[what == 1] - since)[since > WARM_UP].mean())


def plan_of(chain: Chain, days: int) -> Plan:
    """The chain as a plan of the engine."""
    last = len(chain.works) - 1
    steps: list[Step] = [
        Work(f"desk {at}", f"pool {at}", exactly(1), work, f"desk {at + 1}" if at < last else "out")
        for at, work in enumerate(chain.works)
    ]
    scenario = Scenario(
        name="chain",
        starts_on=date(2025, 1, 1),
        pathway=Pathway((*steps, Mark("out", "through", "gone"), End("gone", "through"))),
        pools=tuple(Pool(f"pool {at}", fixed(1000)) for at in range(len(steps))),
        streams=(Stream("cases", "desk 0", fixed(1000)),),
    )
    plan = planning.template(scenario, days).middle
    rates, capacity = np.full_like(plan.rates, chain.arrivals), np.full_like(plan.capacity, chain.starts * 60)
    expected = int(chain.arrivals * days)
    return replace(plan, rates=rates, none_come=np.exp(-rates), capacity=capacity, expected=expected)
