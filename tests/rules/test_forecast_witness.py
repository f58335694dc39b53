# SPDX-License-Identifier: AGPL-3.0-or-later
"""Independent witnesses: SimPy case by case, Ciw on average, plain C sum by sum."""

import math

import numpy as np
import pytest

from bench.forecast_simpy import County
from fingerpost.rules.forecast import chance, engine, planning
from tests.rules.forecast_worlds import ehc


@pytest.mark.parametrize("rule", ["first_joined", "oldest_first", "earliest_due"])
def test_simpy_gives_every_case_the_same_milestone_days(rule: str) -> None:
    plan, key = planning.template(ehc(rule=rule), 400).middle, chance.replication_key(6, 1)
    _, events = engine.simulate(plan, key, log_lines=200_000)
    names = plan.names.steps
    ours = [
        (c, names[s], d) for d, c, _, s, what, _ in events if what in {"mark", "end"} and names[s] != "plan"
    ]
    assert sorted(ours) == sorted(County(plan, key).run())


def test_ciw_agrees_on_the_mean_wait_of_a_chain() -> None:
    pytest.importorskip(
        "ciw", reason="Ciw brings a graph library and more; it comes with requirements-bench.txt"
    )
    from bench import forecast_chain, forecast_ciw

    chain, days = forecast_chain.B1, 500
    ours = [forecast_chain.mean_wait(chain, at, days) for at in range(40)]
    theirs = [forecast_ciw.mean_wait(chain, days, at, forecast_chain.WARM_UP) for at in range(8)]
    error = math.hypot(
        float(np.std(ours, ddof=1)) / math.sqrt(40), float(np.std(theirs, ddof=1)) / math.sqrt(8)
    )
    assert abs(np.mean(ours) - np.mean(theirs)) < 3 * error


def test_plain_c_leaves_the_same_sums() -> None:
    from bench import forecast_c

    loaded = forecast_c.library()
    if loaded is None:
        pytest.skip("there is no C compiler")
    plan, key = planning.template(ehc(), 500).middle, chance.replication_key(6, 1)
    ours, _ = engine.simulate(plan, key)
    theirs = forecast_c.Model(plan, loaded).run(key).tables()
    assert all((table == theirs[name]).all() for name, table in ours.tables().items())
