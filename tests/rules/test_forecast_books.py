# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bookkeeping: nobody is lost, no hour is made up, and the figures do not depend on how the run was cut up."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.rules.forecast import chance, engine, kept, planning, running
from fingerpost.rules.forecast.demand import Backlog, Stream
from fingerpost.rules.forecast.figures import Figure, fixed
from fingerpost.rules.forecast.kept import Kept
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import Injection, Loss
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import between, exactly
from fingerpost.rules.forecast.steps import End, Fork, Mark, Step, Work
from fingerpost.rules.forecast.sums import LOST, OFFERED, USED, Sums
from tests.rules.forecast_worlds import FIRST, ehc, one_pool, scenarios

DOUBTFUL = Figure("uniform", (28_000.0, 36_000.0))


def doubtful() -> Scenario:
    pools = ehc().pools
    return ehc(pools=(pools[0].__class__("caseworkers", DOUBTFUL), *pools[1:]))


def inside_forks(scenario: Scenario) -> set[str]:
    forks = [step for step in scenario.pathway.steps if isinstance(step, Fork)]
    return {
        s.name for fork in forks for branch in fork.steps for s in scenario.pathway.inside(branch, fork.join)
    }


def run_one(scenario: Scenario, days: int) -> tuple[Plan, Sums]:
    plan = planning.template(scenario, days).middle
    return plan, engine.simulate(plan, chance.replication_key(1, 0))[0]


@given(scenario=scenarios(), days=st.integers(40, 200))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_who_came_is_who_left_and_who_stands_every_month(scenario: Scenario, days: int) -> None:
    plan, sums = run_one(scenario, days)
    outside = [at for at, name in enumerate(plan.names.steps) if name not in inside_forks(scenario)]
    standing = sums.standing[0][:, outside].sum(axis=1) + sums.standing[0][:, -1]
    came = len(plan.live) + sums.arrived[0].sum(axis=(0, 2)).cumsum()
    assert (came == sums.ended[0].sum(axis=0).cumsum() + standing).all()


@given(scenario=scenarios())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_more_is_worked_than_offered_and_one_task(scenario: Scenario) -> None:
    plan, sums = run_one(scenario, 200)
    minutes = sums.minutes[0].cumsum(axis=1)
    tasks = int(plan.spans.max(initial=0)) * len(plan.capacity)
    assert (minutes[:, :, USED] <= minutes[:, :, OFFERED] + tasks).all()
    assert (minutes[:, :, USED] + minutes[:, :, LOST] <= minutes[:, :, OFFERED] + tasks).all()


def test_nobody_is_started_on_a_day_without_hours() -> None:
    plan = planning.template(ehc(), 400).middle
    _, events = engine.simulate(plan, 1, log_lines=200_000)
    for day, case, _, step, what, _ in events:
        if what == "start":
            assert plan.capacity[int(plan.queue_of[plan.steps[step, 1], 0]), day] > 0, case


def test_a_shorter_horizon_is_the_beginning_of_a_longer_one() -> None:
    logs = []
    for days in (700, 1826):
        plan = planning.template(ehc(), days).middle
        _, events = engine.simulate(plan, chance.replication_key(1, 5), log_lines=400_000)
        logs.append([event for event in events if event[0] < 700])
    assert logs[0] == logs[1]


def test_months_of_a_shorter_horizon_are_the_same_figures() -> None:
    short, long = (run_one(ehc(), days)[1] for days in (365, 900))
    for name in ("marks", "open", "waiting", "minutes", "arrived", "mark_ages", "open_ages", "waiting_ages"):
        a, b = getattr(short, name)[0], getattr(long, name)[0]
        assert (a == b[:, : a.shape[1]]).all(), name
    assert (short.standing[0] == long.standing[0][:12]).all()


def same(a: Kept, b: Kept) -> bool:
    return all(
        np.array_equal(x, b.tables()[name], equal_nan=x.dtype.kind == "f") for name, x in a.tables().items()
    )


@given(cuts=st.lists(st.integers(1, 11), unique=True, max_size=4))
@settings(max_examples=5, deadline=None)
def test_any_cut_into_parts_gives_the_same_figures(cuts: list[int]) -> None:
    work = running.job(doubtful(), until=date(2026, 3, 31), draws=6, reps_per_draw=2)
    ends = [0, *sorted(cuts), 12]
    parts = [running.run_part(work, a, b) for a, b in pairwise(ends)]
    assert same(kept.joined(parts), running.run_part(work, 0, 12))


def test_any_executor_gives_the_same_figures() -> None:
    work = running.job(doubtful(), until=date(2025, 12, 31), draws=8)
    whole = running.run_part(work, 0, 8)
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as threads:
            assert same(running.run_job(work, executor=threads).kept, whole)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert same(running.run_job(work, executor=processes).kept, whole)


class LosesOne(ThreadPoolExecutor):
    """An executor whose second task dies with its worker."""

    taken = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.taken += 1
        return super().submit(_die) if self.taken == 2 else super().submit(fn, *args, **kwargs)


def _die() -> None:
    raise OSError("the worker is gone")


def test_a_lost_worker_loses_nothing() -> None:
    work = running.job(doubtful(), until=date(2025, 12, 31), draws=8)
    with LosesOne(2) as threads:
        assert same(running.run_job(work, executor=threads).kept, running.run_part(work, 0, 8))


class InMemory:
    """A store that remembers which parts it was given."""

    def __init__(self) -> None:
        self.parts: dict[tuple[int, int], Kept] = {}
        self.kept: list[tuple[int, int]] = []

    def known(self) -> dict[tuple[int, int], Kept]:
        return self.parts

    def keep(self, first: int, last: int, part: Kept) -> None:
        self.parts[first, last] = part
        self.kept.append((first, last))


def test_a_stopped_run_gives_what_is_finished_and_can_go_on() -> None:
    work = running.job(doubtful(), until=date(2025, 9, 30), draws=30)
    store = InMemory()

    def stop(done: int, total: int) -> None:
        if done > 3:
            raise KeyboardInterrupt

    partial = running.run_job(work, progress=stop, store=store)
    assert partial.stopped
    assert 3 < len(partial.kept) < 30
    assert not partial.header()["complete"]
    finished = set(store.parts)
    store.kept.clear()
    whole = running.run_job(work, store=store)
    assert store.kept
    assert not finished & set(store.kept)
    assert same(whole.kept, running.run_part(work, 0, 30))


def test_the_order_on_the_page_has_no_meaning() -> None:
    scenario = ehc(
        streams=(Stream("b", "decide", fixed(900)), Stream("a", "decide", fixed(700))),
        backlog=(Backlog("x", "ep", 50, between(30, 200)), Backlog("y", "draft", 20, between(90, 300))),
    )
    turned = scenario.but(
        streams=scenario.streams[::-1],
        pools=scenario.pools[::-1],
        districts=scenario.districts[::-1],
        backlog=scenario.backlog[::-1],
        pathway=Pathway(scenario.pathway.steps[::-1]),
    )
    assert scenario.digest() == turned.digest()
    a, b = (run_one(one, 400)[1] for one in (scenario, turned))
    assert all((x == b.tables()[name]).all() for name, x in a.tables().items())


def test_a_pool_of_no_contact_changes_nothing_elsewhere() -> None:
    more: tuple[Step, ...] = (
        Work("scan", "radiographers", exactly(1), exactly(1), "scanned"),
        End("scanned", "scanned"),
    )
    base = ehc()
    wider = base.but(
        pathway=Pathway((*base.pathway.steps, *more)),
        pools=(*base.pools, base.pools[0].__class__("radiographers", fixed(500))),
        streams=(*base.streams, Stream("scans", "scan", fixed(400))),
    )
    a, b = (run_one(one, 400)[1] for one in (base, wider))
    assert (a.marks == b.marks).all()


def test_extra_hours_are_those_given_times_the_share_delivered() -> None:
    base = one_pool(1000, 900)
    last = FIRST + timedelta(days=99)
    extra = Injection(
        "agency", "staff", FIRST + timedelta(days=10), last, fixed(333.3), fixed(0.75), cost=9000.0
    )
    more, fewer = run_one(base.but(injections=(extra,)), 300)[1], run_one(base, 300)[1]
    gained = int(more.minutes[0, 0, :, OFFERED].sum() - fewer.minutes[0, 0, :, OFFERED].sum())
    assert gained == pytest.approx(333.3 * 0.75 * 60, abs=1)


def test_a_loss_takes_its_share_between_its_days_only() -> None:
    base = one_pool(1000, 900)
    lost = Loss("agency fails", "staff", date(2025, 5, 1), date(2025, 5, 31), fixed(0.4))
    plan, less = planning.template(base, 200).middle, planning.template(base.but(losses=(lost,)), 200).middle
    month = plan.month_of == 2
    assert less.capacity[0, month].sum() == pytest.approx(0.6 * plan.capacity[0, month].sum(), abs=2)
    assert (less.capacity[0, ~month].sum() - plan.capacity[0, ~month].sum()) in {-1, 0, 1}


def test_the_official_share_from_the_log_is_that_from_the_sums_and_leaves_exceptions_out() -> None:
    plan = planning.template(ehc(), 700).middle
    sums, events = engine.simulate(plan, chance.replication_key(1, 0), log_lines=400_000)
    issued = plan.names.steps.index("issued")
    days = np.array([amount for _, _, _, step, what, amount in events if what == "mark" and step == issued])
    at = plan.names.milestones.index("issued")
    total = sums.marks[0, at].sum(axis=(0, 1))
    assert total[0] == len(days)
    assert total[1] == (days <= 140).sum()
    assert total[4] == days.sum()
    assert 0 < total[0] - total[2] < 0.05 * total[0]
    assert Mark("issued", "issued", "plan", 140) in ehc().pathway.steps
