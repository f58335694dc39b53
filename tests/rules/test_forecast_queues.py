# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine against theory: closed forms, an exact law of a queue by the day, Lindley's recursion, Little's law."""

import heapq
import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from fingerpost.rules.forecast import chance, engine, planning
from fingerpost.rules.forecast.demand import District
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import around, exactly
from fingerpost.rules.forecast.sums import empty
from tests.rules.forecast_worlds import one_pool


def steady(mean_a_day: float, starts_a_day: float, days: int) -> Plan:
    """One pool that starts `starts_a_day` unit tasks every day, weekends too; arrivals the same every day."""
    plan = planning.template(one_pool(1000, 1000, exactly(1)), days).middle
    rates = np.full_like(plan.rates, mean_a_day)
    capacity = np.full_like(plan.capacity, round(starts_a_day * 60))
    return replace(
        plan, rates=rates, none_come=np.exp(-rates), capacity=capacity, expected=int(mean_a_day * days)
    )


def waits(plan: Plan, replication: int, warm_up: int = 0) -> NDArray[np.float64]:
    """Days waited by everybody who joined after the warm-up and was started."""
    log = np.zeros((60_000, 6), dtype=np.int32)
    lines = engine.Runner(plan).run(chance.replication_key(11, replication), empty(plan, 1).one(0), log)
    assert lines < len(log)
    day, case, what = log[:lines, 0], log[:lines, 1], log[:lines, 4]
    joined = np.full(case.max() + 1, -1)
    joined[case[what == 0]] = day[what == 0]
    start_day, since = day[what == 1], joined[case[what == 1]]
    return np.asarray((start_day - since)[since >= warm_up], dtype=np.float64)


def stationary_mean_wait(mean: float, starts: int) -> float:
    """Of Q' = max(Q + A - s, 0), A Poisson, by repeated convolution; the mean wait by Little's law."""
    size = 400
    arrivals = np.array([math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(size)])
    queue = np.zeros(size)
    queue[0] = 1.0
    for _ in range(5000):
        total = np.convolve(queue, arrivals)
        after = np.concatenate([[total[: starts + 1].sum()], total[starts + 1 :]])[:size]
        if np.abs(after - queue).max() < 1e-13:
            break
        queue = after
    return float((np.arange(size) * queue).sum() / mean)


@pytest.mark.parametrize(("mean", "starts", "theory"), [(8.0, 9, 0.3372), (4.5, 5, 0.7767), (2.7, 3, 1.3779)])
def test_the_mean_wait_is_that_of_the_exact_law(mean: float, starts: int, theory: float) -> None:
    assert stationary_mean_wait(mean, starts) == pytest.approx(theory, abs=2e-4)
    plan, means = steady(mean, starts, 700), []
    for replication in range(300):
        means.append(waits(plan, replication, warm_up=150).mean())
    error = np.std(means, ddof=1) / math.sqrt(len(means))
    assert abs(np.mean(means) - theory) / error < 4


def test_unfinished_minutes_follow_lindleys_recursion_exactly() -> None:
    scenario = one_pool(1800, 1500, around(1.1, 0.7))
    plan = planning.template(scenario, 900).middle
    _, events = engine.simulate(plan, chance.replication_key(3, 1), log_lines=60_000)
    minutes = {case: amount for _, case, _, _, what, amount in events if what == "start"}
    brought, started = Counter[int](), Counter[int]()
    for day, case, _, _, what, amount in events:
        if what == "join":
            brought[day] += minutes.get(case, 0)
        elif what == "start":
            started[day] += amount
    unfinished = unstarted = balance = 0
    for day in range(700):  # whoever joined by then has been started by day 900
        offered = int(plan.capacity[0, day])
        unfinished = max(unfinished + brought[day] - offered, 0)
        unstarted += brought[day] - started[day]
        balance = min(balance + offered - started[day], 0)
        assert unfinished == unstarted - balance
        assert offered > 0 or started[day] == 0
    assert unfinished > 0


def test_littles_law_holds_within_one_percent() -> None:
    plan = steady(6.0, 6.6, 1100)
    _, events = engine.simulate(plan, chance.replication_key(11, 0), log_lines=60_000)
    queue, total = 0, 0
    changes = Counter[int]()
    for day, _, _, _, what, _ in events:
        changes[day] += {"join": 1, "start": -1}.get(what, 0)
    for day in range(plan.days):
        queue += changes[day]
        total += queue
    served = waits(plan, 0)
    rate = len(served) / plan.days
    assert total / plan.days == pytest.approx(rate * served.mean(), rel=0.01)


def erlang_c(arrivals: float, service: float, servers: int) -> float:
    load = arrivals / service
    below = sum(load**k / math.factorial(k) for k in range(servers))
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (below + top) / (servers * service - arrivals)


def event_driven_wait(
    arrivals: float, draw_service: Callable[[random.Random], float], servers: int, customers: int, seed: int
) -> float:
    """A queue in continuous time, written only to be checked against closed forms."""
    dice = random.Random(seed)
    free = [0.0] * servers
    now = waited = 0.0
    for _ in range(customers):
        now += dice.expovariate(arrivals)
        start = max(now, free[0])
        heapq.heapreplace(free, start + draw_service(dice))
        waited += start - now
    return waited / customers


def test_the_event_driven_queue_agrees_with_erlang_c_and_pollaczek_khinchine() -> None:
    assert erlang_c(0.2, 0.1, 3) == pytest.approx(4.4444, abs=1e-3)
    found = [event_driven_wait(0.2, lambda d: d.expovariate(0.1), 3, 30_000, seed) for seed in range(8)]
    assert np.mean(found) == pytest.approx(4.4444, abs=float(4 * np.std(found) / math.sqrt(8)))
    known = 0.8 * 1.0 / (2 * (1 - 0.8))  # of a fixed service time of 1 and arrivals of 0.8
    found = [event_driven_wait(0.8, lambda _: 1.0, 1, 30_000, seed) for seed in range(8)]
    assert np.mean(found) == pytest.approx(known, abs=float(4 * np.std(found) / math.sqrt(8)))


def test_days_cost_about_half_a_day_against_continuous_time() -> None:
    """Work of the day is taken at its end: the day-step wait is the continuous one, less what the day hides."""
    arrivals, service = 7.2, 1 / 8.0
    continuous = np.mean(
        [event_driven_wait(arrivals, lambda _: service, 1, 20_000, seed) for seed in range(8)]
    )
    plan, means = steady(arrivals, 8, 900), []
    for replication in range(60):
        means.append(waits(plan, replication, warm_up=100).mean())
    assert abs(np.mean(means) - continuous) < 0.6


def test_more_hours_never_delay_anybody_in_a_single_queue() -> None:
    issued = []
    for hours in (1400, 1700, 2300):
        plan = planning.template(one_pool(hours, 1500), 700).middle
        _, events = engine.simulate(plan, chance.replication_key(9, 0), log_lines=60_000)
        issued.append({case: day for day, case, _, _, what, _ in events if what == "end"})
    for fewer, more in ((issued[0], issued[1]), (issued[1], issued[2])):
        assert all(more[case] <= day for case, day in fewer.items())


def test_earlier_due_first_never_lets_a_later_due_case_pass() -> None:
    scenario = one_pool(1500, 1500, rule="earliest_due")
    plan = planning.template(scenario, 500).middle
    _, events = engine.simulate(plan, chance.replication_key(4, 4), log_lines=60_000)
    order = [case for _, case, _, _, what, _ in events if what == "start"]
    assert order == sorted(order)  # one step, one clock: due days rise with the case number


def test_no_staff_issues_nothing_and_ample_staff_leaves_delays_alone() -> None:
    nobody = planning.template(one_pool(0, 1500), 300).middle
    sums, _ = engine.simulate(nobody, 1)
    assert sums.marks.sum() == 0
    assert sums.minutes.sum() == 0
    ample = planning.template(one_pool(2_000_000, 1500), 300).middle
    _, events = engine.simulate(ample, 1, log_lines=20_000)
    assert (
        max(amount for *_, what, amount in events if what == "mark") <= 6
    )  # a weekend and Easter, and a day


def test_a_pool_by_locality_divides_the_hours_and_loses_no_minute() -> None:
    whole = one_pool(5000, 100, pools=(Pool("staff", fixed(5000)),))
    places = tuple(District(f"d{at}", f"l{at % 3}", 1 + at) for at in range(7))
    split = whole.but(districts=places, pools=(Pool("staff", fixed(5000), by="locality"),))
    assert minutes_of(split) == minutes_of(whole)


def minutes_of(scenario: Scenario) -> int:
    plan = planning.template(scenario, 800).middle
    sums = empty(plan, 1)
    engine.Runner(plan).run(1, sums.one(0))
    return int(sums.minutes[0, :, :, 0].sum())
