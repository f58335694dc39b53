# SPDX-License-Identifier: AGPL-3.0-or-later
"""Random numbers by key: scenarios share every number they can, and no number leans on another."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fingerpost.rules.forecast import chance, engine, planning, twin
from fingerpost.rules.forecast.demand import Stream
from fingerpost.rules.forecast.draws import prior
from fingerpost.rules.forecast.figures import Figure, fixed
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import exactly
from fingerpost.rules.forecast.steps import Delay, End
from fingerpost.rules.forecast.sums import Sums, empty
from tests.rules.forecast_worlds import ehc, one_pool

MASK = 0xFFFFFFFF


def philox_block(key: int, step: int, visit: int) -> int:
    """Philox4x32-10 behind the same function: another generator, to show that results do not hang on ours."""
    counter = [step & MASK, step >> 32, visit & MASK, visit >> 32]
    low, high = key & MASK, key >> 32
    for _ in range(10):
        a, b = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [(b >> 32) ^ counter[1] ^ low, b & MASK, (a >> 32) ^ counter[3] ^ high, a & MASK]
        low, high = (low + 0x9E3779B9) & MASK, (high + 0xBB67AE85) & MASK
    return counter[0] | counter[1] << 32


def test_philox_is_philox() -> None:
    """The known answer for a counter and key of zeros."""
    assert philox_block(0, 0, 0) == 0x6627E8D5 | 0xE169C58D << 32


def test_the_same_question_has_the_same_answer_and_another_has_another() -> None:
    key = chance.case_key(chance.replication_key(1, 0), 77)
    assert chance.block(key, 5, 0) == chance.block(key, 5, 0)
    assert len({chance.block(key, step, visit) for step in range(50) for visit in range(50)}) == 2500


@pytest.mark.parametrize("which", range(4))
def test_every_field_is_uniform_and_leans_on_no_neighbour(which: int) -> None:
    def fields(make: Any) -> NDArray[np.float64]:
        return np.array([chance.field(make(at), which) for at in range(20_000)]) / 65536

    key = chance.replication_key(3, 1)
    by_case = fields(lambda at: chance.block(chance.case_key(key, at), 9, 0))
    by_step = fields(lambda at: chance.block(key, chance.salt("step", at), 0))
    by_visit = fields(lambda at: chance.block(key, 9, at))
    by_replication = fields(lambda at: chance.block(chance.replication_key(3, at), 9, 0))
    for found in (by_case, by_step, by_visit, by_replication):
        counts, _ = np.histogram(found, bins=64, range=(0, 1))
        assert ((counts - 312.5) ** 2 / 312.5).sum() < 63 + 5 * np.sqrt(2 * 63)
        assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 5 / np.sqrt(20_000)
    assert abs(np.corrcoef(by_case, by_visit)[0, 1]) < 5 / np.sqrt(20_000)


def test_equal_scenarios_differ_by_nothing() -> None:
    a, b = (log_of(scenario) for scenario in (ehc(), ehc(name="the same again")))
    assert a == b


def log_of(scenario: Scenario, days: int = 400) -> list[tuple[Any, ...]]:
    """The log with names in place of numbers, so that two pathways can be compared."""
    plan = planning.template(scenario, days).middle
    _, events = engine.simulate(plan, chance.replication_key(2, 0), log_lines=300_000)
    return [(day, case, plan.names.steps[step], what, amount) for day, case, _, step, what, amount in events]


def test_a_higher_rate_only_adds_cases_with_the_others_as_they_were() -> None:
    def keys(yearly: float) -> dict[int, tuple[int, int]]:
        scenario = ehc(streams=(Stream("requests", "decide", fixed(yearly)),))
        run = twin.Twin(planning.template(scenario, 300).middle, chance.replication_key(1, 0))
        run.run()
        return {case.key: (case.district, case.excepted) for case in run.cases}

    fewer, more = keys(2000), keys(2400)
    assert len(more) > len(fewer)
    assert all(more[key] == kind for key, kind in fewer.items())


def test_a_new_step_leaves_the_numbers_of_the_others() -> None:
    base = one_pool(2_000_000, 900)
    wider = base.but(
        pathway=Pathway(
            (
                *(step for step in base.pathway.steps if step.name != "out"),
                Delay("out", exactly(3), "gone"),
                End("gone", "served"),
            )
        )
    )
    assert [e for e in log_of(base) if e[2] == "task"] == [e for e in log_of(wider) if e[2] == "task"]


def test_figures_shared_by_two_scenarios_are_drawn_the_same() -> None:
    doubt = Figure("uniform", (20_000.0, 40_000.0))
    pools = ehc().pools
    a = ehc(pools=(Pool("caseworkers", doubt), *pools[1:]))
    b = a.but(streams=(Stream("requests", "decide", Figure("normal", (3000.0, 100.0))),))
    first, second = prior(a, 50, 4), prior(b, 80, 4)
    assert (first.column("pools.caseworkers.hours") == second.column("pools.caseworkers.hours")[:50]).all()


def queue_and_share(scenario: Scenario, replication: int, seed: int) -> tuple[float, float]:
    plan = planning.template(scenario, 730).middle
    sums = empty(plan, 1)
    engine.Runner(plan).run(chance.replication_key(seed, replication), sums.one(0))
    return _numbers(plan.names.pools.index("eps"), plan.names.milestones.index("issued"), sums)


def _numbers(pool: int, milestone: int, sums: Sums) -> tuple[float, float]:
    marks = sums.marks[0, milestone, -12:].sum(axis=(0, 1))
    return float(sums.waiting[0, pool, -1, :, 0].sum()), float(marks[1] / marks[0])


def test_shared_numbers_shrink_the_noise_of_a_difference_at_least_thirtyfold() -> None:
    """In an overstretched area. Where a backlog is just about to reach 140 days the gain on the share is small (3x)."""
    base = ehc(
        pools=(Pool("caseworkers", fixed(60_000)), Pool("eps", fixed(34_000)), Pool("health", fixed(20_000)))
    )
    more = base.but(pools=(base.pools[0], Pool("eps", fixed(34_340)), base.pools[2]))
    shared, apart = [], []
    for replication in range(24):
        one = queue_and_share(base, replication, 1)
        shared.append(np.subtract(queue_and_share(more, replication, 1), one))
        apart.append(np.subtract(queue_and_share(more, replication, 2), one))
    ratio = np.var(apart, axis=0) / np.maximum(np.var(shared, axis=0), 1e-12)
    assert (ratio > 30).all(), ratio


def test_another_generator_gives_the_same_results_within_noise() -> None:
    plan = planning.template(one_pool(1150, 1500), 365).middle

    def means(block: twin.Block) -> NDArray[np.float64]:
        runs = [twin.simulate(plan, chance.replication_key(1, at), block=block) for at in range(12)]
        return np.array([run.marks[0, 0, :, :, 4].sum() / run.marks[0, 0, :, :, 0].sum() for run in runs])

    ours, other = means(chance.block), means(philox_block)
    error = np.sqrt((ours.var(ddof=1) + other.var(ddof=1)) / 12)
    assert abs(ours.mean() - other.mean()) < 4 * error
