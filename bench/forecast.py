# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast the forecast is: ratios only, each taken in turn with its peer in the same run, median of five.

B1 is the EHC pathway of `tests/rules/forecast_worlds.py`: five years, about 15,300 cases in twelve districts, one
thread. SimPy and Ciw use their own cheap random numbers; the C model does the same work on the same tables.
"""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench import (
    forecast_c,
    forecast_chain,
    forecast_england,
    forecast_events,
    forecast_simpy,
    forecast_threads,
)
from bench.forecast_turns import KEY, in_turn, kernel, line
from bench.forecast_worlds import doubtful
from fingerpost.rules.forecast import engine, planning, twin
from fingerpost.rules.forecast.draws import prior
from fingerpost.rules.forecast.plan import Plan
from tests.rules.forecast_worlds import ehc

DAYS = 1826


def main() -> None:
    """All measurements."""
    plan = planning.template(ehc(), DAYS).middle
    engine.warm_up()
    _witness()
    _peers(plan)
    forecast_chain.measure()
    _planning()
    forecast_events.measure()
    forecast_threads.measure()
    _dask()
    forecast_england.measure()


def _witness() -> None:
    """SimPy and the engine agree case by case under three rules before anything is timed."""
    for rule in ("first_joined", "oldest_first", "earliest_due"):
        plan = planning.template(ehc(rule=rule), 500).middle
        _, events = engine.simulate(plan, KEY, log_lines=300_000)
        names = plan.names.steps
        ours = [
            (c, names[s], d)
            for d, c, _, s, what, _ in events
            if what in {"mark", "end"} and names[s] != "plan"
        ]
        assert sorted(ours) == sorted(forecast_simpy.County(plan, KEY).run()), rule
    print("SimPy agrees case by case under three rules", flush=True)


def _peers(plan: Plan) -> None:
    loaded = forecast_c.library()
    acts: dict[str, tuple[Callable[[], Any], int]] = {
        "kernel": (kernel(plan, 20), 20),
        "SimPy": (lambda: forecast_simpy.County(plan, KEY, keyed=False).run(), 1),
        "twin": (lambda: twin.simulate(plan, KEY), 1),
    }
    if loaded is not None:
        model = forecast_c.Model(plan, loaded)
        ours, _ = engine.simulate(plan, KEY)
        theirs = model.run(KEY).tables()
        assert all((table == theirs[name]).all() for name, table in ours.tables().items())
        acts["C"] = (lambda: [model.run(KEY) for _ in range(20)], 20)
    found = in_turn(acts)
    print(f"one replication of B1: {found['kernel'] * 1000:.2f} ms (orientation)")
    line(
        "SimPy / kernel, B1",
        found["SimPy"] / found["kernel"],
        ">= 150",
        good=found["SimPy"] >= 150 * found["kernel"],
    )
    line(
        "plain twin / kernel, B1",
        found["twin"] / found["kernel"],
        ">= 20",
        good=found["twin"] >= 20 * found["kernel"],
    )
    if loaded is None:
        print("C: no compiler here; NOT MEASURED")
    else:
        line(
            "kernel / plain C, B1",
            found["kernel"] / found["C"],
            "<= 2.5",
            good=found["kernel"] <= 2.5 * found["C"],
        )
    memory = engine.room_for(engine.likely(plan), DAYS).bytes + engine.Runner(plan).bytes
    line("work arrays of a thread, MB, B1", memory / 1e6, "<= 4", good=memory <= 4e6)


def _planning() -> None:
    template = planning.template(doubtful(), DAYS)
    drawn = prior(doubtful(), 40, 1)
    found = in_turn(
        {
            "plan": (lambda: [template.plan(drawn.row(at)) for at in range(40)], 40),
            "kernel": (kernel(template.middle, 20), 20),
        }
    )
    share = found["plan"] / found["kernel"]
    line("building a plan, share of a replication, all in doubt", share, "<= 0.10", good=share <= 0.10)


def _dask() -> None:
    code = subprocess.run(
        [sys.executable, "-m", "bench.forecast_dask"], capture_output=True, text=True, check=False
    )
    lines = code.stdout.strip() or (code.stderr.strip().splitlines() or ["no answer"])[-1]
    print(lines if code.returncode == 0 else f"Dask: NOT MEASURED ({lines[:150]})", flush=True)


if __name__ == "__main__":
    main()
