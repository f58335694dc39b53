# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast the forecast is: ratios only, each taken in turn with its peer in the same run, median of five.

B1 is the EHC pathway of `tests/rules/forecast_worlds.py`: five years, about 15,300 cases in twelve districts, one
thread. SimPy and Ciw use their own cheap random numbers; the C model does the same work on the same tables.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from bench import forecast_c, forecast_ciw, forecast_simpy
from fingerpost.rules.forecast import chance, engine, planning, running, twin
from fingerpost.rules.forecast.demand import District
from fingerpost.rules.forecast.draws import prior
from fingerpost.rules.forecast.figures import Figure, fixed
from fingerpost.rules.forecast.national import Nation, run_areas
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.sums import empty
from tests.rules.forecast_worlds import ehc

DAYS, ROUNDS = 1826, 5
KEY = chance.replication_key(1, 2)
AREAS, ENGLAND_DAYS = 153, 1096


def main() -> None:
    """All measurements."""
    plan = planning.template(ehc(), DAYS).middle
    engine.warm_up()
    _witness()
    _peers(plan)
    _ciw()
    _planning()
    _threads()
    _dask()
    _england()


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _kernel(plan: Plan, times: int) -> Callable[[], None]:
    """The engine, as often as it takes to be measured; sums are cleared each time."""
    runner, sums = engine.Runner(plan), empty(plan, 1).one(0)

    def act() -> None:
        for _ in range(times):
            for table in sums.values():
                table[...] = 0
            runner.run(KEY, sums)

    act()
    return act


def _in_turn(acts: dict[str, tuple[Callable[[], Any], int]]) -> dict[str, float]:
    """Median seconds for one of each, all taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, (act, times) in acts.items():
            found[name].append(_timed(act) / times)
    return {name: statistics.median(times) for name, times in found.items()}


def _line(what: str, ratio: float, bar: str, *, good: bool) -> None:
    print(f"{what:<66}{ratio:>10,.2f}   bar {bar:<10}{'met' if good else 'NOT MET'}", flush=True)


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
        "kernel": (_kernel(plan, 20), 20),
        "SimPy": (lambda: forecast_simpy.County(plan, KEY, keyed=False).run(), 1),
        "twin": (lambda: twin.simulate(plan, KEY), 1),
    }
    if loaded is not None:
        model = forecast_c.Model(plan, loaded)
        ours, _ = engine.simulate(plan, KEY)
        theirs = model.run(KEY).tables()
        assert all((table == theirs[name]).all() for name, table in ours.tables().items())
        acts["C"] = (lambda: [model.run(KEY) for _ in range(20)], 20)
    found = _in_turn(acts)
    print(f"one replication of B1: {found['kernel'] * 1000:.2f} ms (orientation)")
    _line(
        "SimPy / kernel, B1",
        found["SimPy"] / found["kernel"],
        ">= 150",
        good=found["SimPy"] >= 150 * found["kernel"],
    )
    _line(
        "plain twin / kernel, B1",
        found["twin"] / found["kernel"],
        ">= 20",
        good=found["twin"] >= 20 * found["kernel"],
    )
    if loaded is None:
        print("C: no compiler here; NOT MEASURED")
    else:
        _line(
            "kernel / plain C, B1",
            found["kernel"] / found["C"],
            "<= 2.5",
            good=found["kernel"] <= 2.5 * found["C"],
        )
    memory = engine.room_for(engine.likely(plan), DAYS).bytes + engine.Runner(plan).bytes
    _line("work arrays of a thread, MB, B1", memory / 1e6, "<= 4", good=memory <= 4e6)


def _ciw() -> None:
    days = 730
    plan = forecast_ciw.our_plan(days)
    ours = [_mean_wait(plan, at) for at in range(20)]
    theirs = [forecast_ciw.ciw_mean_wait(forecast_ciw.ciw_run(days, at), 50) for at in range(4)]
    error = np.hypot(np.std(ours, ddof=1) / np.sqrt(20), np.std(theirs, ddof=1) / 2)
    gap = abs(np.mean(ours) - np.mean(theirs)) / error
    print(
        f"mean wait: ours {np.mean(ours):.4f}, Ciw {np.mean(theirs):.4f} days, {gap:.1f} standard errors apart"
    )
    for name, arrivals in (("steady", forecast_ciw.ARRIVALS), ("with a backlog", forecast_ciw.BACKLOG)):
        _ciw_line(
            name,
            replace(plan, rates=plan.rates * 0 + arrivals, none_come=np.exp(-plan.rates * 0 - arrivals)),
            arrivals,
        )


def _ciw_line(name: str, plan: Plan, arrivals: float) -> None:
    wide = replace(plan, expected=int(arrivals * plan.days))
    found = _in_turn(
        {
            "kernel": (_kernel(wide, 50), 50),
            "Ciw": (lambda: forecast_ciw.ciw_run(plan.days, 1, arrivals), 1),
        }
    )
    ratio = found["Ciw"] / found["kernel"]
    _line(f"Ciw / kernel, chain of three desks, {name}", ratio, ">= 1,500", good=ratio >= 1500)


def _mean_wait(plan: Plan, replication: int) -> float:
    log = np.zeros((80_000, 6), dtype=np.int32)
    lines = engine.Runner(plan).run(chance.replication_key(3, replication), empty(plan, 1).one(0), log)
    day, case, step, what = (log[:lines, at].astype(np.int64) for at in (0, 1, 3, 4))
    key = case * 16 + step
    joined = np.full(key.max() + 1, -1)
    joined[key[what == 0]] = day[what == 0]
    since = joined[key[what == 1]]
    return float((day[what == 1] - since)[since > 50].mean())


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


def _planning() -> None:
    template = planning.template(doubtful(), DAYS)
    drawn = prior(doubtful(), 40, 1)
    found = _in_turn(
        {
            "plan": (lambda: [template.plan(drawn.row(at)) for at in range(40)], 40),
            "kernel": (_kernel(template.middle, 20), 20),
        }
    )
    share = found["plan"] / found["kernel"]
    _line("building a plan, share of a replication, all in doubt", share, "<= 0.10", good=share <= 0.10)


def _threads() -> None:
    work = running.job(doubtful(), until=date(2030, 3, 31), draws=120)
    running.run_part(work, 0, 2)

    def spread(workers: int) -> Callable[[], Any]:
        def act() -> None:
            with ThreadPoolExecutor(workers) as threads:
                list(threads.map(lambda at: running.run_part(work, at, at + 20), range(0, 120, 20)))

        return act

    found = _in_turn({"one": (spread(1), 1), "two": (spread(2), 1)})
    _line(
        "one thread / two threads",
        found["one"] / found["two"],
        ">= 1.8",
        good=found["one"] >= 1.8 * found["two"],
    )


def _dask() -> None:
    code = subprocess.run(
        [sys.executable, "-m", "bench.forecast_dask"], capture_output=True, text=True, check=False
    )
    lines = code.stdout.strip() or (code.stderr.strip().splitlines() or ["no answer"])[-1]
    print(lines if code.returncode == 0 else f"Dask: NOT MEASURED ({lines[:150]})", flush=True)


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


def _england() -> None:
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
    _line("England: memory from area 20 to area 153, MB more", growth, "<= 50", good=growth <= 50)


if __name__ == "__main__":
    main()
