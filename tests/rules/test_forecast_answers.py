# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers of a forecast: fans, first months, bottlenecks, equity, hours, cost, differences, the cheapest mix."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.forecast import answers, assumptions, charts, comparing, measures, running, tables
from fingerpost.rules.forecast.cheapest import cheapest
from fingerpost.rules.forecast.cheapest_search import Choice
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import Figure, fixed
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.goals import Goal
from fingerpost.rules.forecast.kept import TENTH, tenth_from
from fingerpost.rules.forecast.kernel.tenths import tenths
from fingerpost.rules.forecast.resources import Injection, Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.sums import BIN_DAYS, BINS
from tests.rules.forecast_worlds import ehc

UNTIL = date(2027, 3, 31)


def short_of_eps(hours: float = 38_000, **more: Any) -> Scenario:
    pools = (
        Pool("caseworkers", Figure("uniform", (55_000.0, 65_000.0), "guessed"), cost_an_hour=30.0),
        Pool("eps", fixed(hours, "measured", "rota"), by="locality", cost_an_hour=60.0),
        Pool("health", fixed(20_000)),
    )
    return ehc(**{"pools": pools, "purpose": "a test", **more})


@cache
def forecast() -> Forecast:
    return running.run(short_of_eps(), until=UNTIL, draws=24)


def test_a_table_is_tidy_and_its_quantiles_rise() -> None:
    found = tables.table(forecast(), "waiting", by=("month", "district"))
    assert found.columns == [
        "scenario",
        "measure",
        "subject",
        "unit",
        "month",
        "district",
        "quantile",
        "value",
    ]
    assert found.height == 3 * 24 * 13 * 5
    wide = found.pivot(on="quantile", index=["subject", "month", "district"], values="value")
    assert (wide["0.05"] <= wide["0.5"]).all()
    assert (wide["0.5"] <= wide["0.95"]).all()


def test_districts_add_up_to_the_whole_area() -> None:
    for measure in ("issued", "open_late", "waiting", "requests"):
        subject = measures.subjects(forecast(), measure)[0]
        values = measures.series(forecast(), measure, subject)
        assert (values[..., :-1].sum(axis=-1) == values[..., -1]).all()


def test_quantiles_are_those_of_numpy_where_nothing_is_missing() -> None:
    values = np.random.default_rng(1).random((37, 4, 3))
    values[3:, 2, 1] = np.nan
    ours, at = measures.quantiles(values, tables.FAN), list(tables.FAN)
    assert np.allclose(ours, np.nanquantile(values, at, axis=0))


def test_the_longest_waiting_tenth_is_near_the_ninetieth_percentile() -> None:
    ages = np.random.default_rng(2).gamma(2, 60, 4000)
    bins = np.bincount(np.minimum(ages // BIN_DAYS, BINS - 1).astype(int), minlength=BINS).astype(np.int32)
    assert tenth_from(bins) == pytest.approx(np.quantile(ages, 0.9), abs=3)
    assert np.isnan(tenth_from(np.zeros(BINS, dtype=np.int32)))


@given(seed=st.integers(0, 2**32), spread=st.floats(0.01, 3), months=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_the_compiled_tenth_is_the_plain_one(seed: int, spread: float, months: int) -> None:
    ages = np.random.default_rng(seed).poisson(spread, (3, months, BINS)).astype(np.int32)
    ages[0] = 0
    found = np.zeros((3, months), dtype=np.float32)
    tenths(ages, found, TENTH, BIN_DAYS)
    assert np.array_equal(found, tenth_from(ages).astype(np.float32), equal_nan=True)


def test_a_target_is_reached_when_it_is_kept_and_never_is_a_value_of_its_own() -> None:
    found = answers.Reached(tuple(date(2025, month, 1) for month in range(1, 7)), np.array([2, -1, 4, 2]))
    assert found.chance == 0.75
    assert found.chance_by(date(2025, 3, 1)) == 0.5
    assert found.month_at(0.5) == date(2025, 3, 1)
    assert found.month_at(0.95) is None
    met = np.array([[False, True, False, True, True, True], [True, True, False, False, True, True]])
    assert answers._first_run(met, 3).tolist() == [3, 4]


def test_the_official_share_and_the_open_share_are_both_there() -> None:
    share = measures.series(forecast(), "timeliness", "issued")[..., -1]
    late = measures.series(forecast(), "open_late_share", "issued")[..., -1]
    assert np.nanmin(share[:, -1]) >= 0
    assert (late[:, -1] > 0).all()
    assert measures.subjects(forecast(), "open") == ("issued",)


def test_the_bottleneck_is_where_staff_are_short() -> None:
    found = answers.bottlenecks(forecast())
    last = {row["pool"]: row["chance"] for row in found.filter(found["month"] == date(2027, 3, 1)).to_dicts()}
    assert last["eps"] == 1.0
    assert sum(last.values()) == pytest.approx(1)


def test_hours_equity_and_cost_are_told() -> None:
    hours = answers.hours(forecast())
    assert (hours["used"] <= hours["offered"] + 50).all()
    gaps = answers.equity(forecast())
    assert gaps["district"].n_unique() == 12
    extra = Injection("agency", "eps", date(2025, 6, 1), date(2025, 12, 31), fixed(1000), cost=250_000.0)
    paid = answers.cost(running.run(short_of_eps(injections=(extra,)), until=date(2025, 12, 31), draws=4))
    assert paid.filter(paid["for"] == "agency")["middle"].item() == 250_000
    assert paid.filter(paid["for"] == "eps")["middle"].item() > 0


def test_equal_scenarios_compare_as_equal_and_more_staff_as_fewer_waiting() -> None:
    base = short_of_eps()
    compared = comparing.compare(
        [base, base.but(name="again"), short_of_eps(41_000, name="more")], until=UNTIL, draws=12
    )
    found = compared.table("waiting", subjects=["eps"])
    again = found.filter(found["scenario"] == "again")
    assert (again["mean"] == 0).all()
    more = found.filter((found["scenario"] == "more") & (found["month"] == date(2027, 3, 1)))
    assert more["q95"].item() < 0
    assert more["mean_high"].item() < 0


def test_the_cheapest_mix_reaches_its_goal_on_fresh_chance() -> None:
    goal = Goal(by=date(2026, 9, 30), chance=0.8, measure="waiting", subject="eps", at_most=150)
    found = cheapest(short_of_eps(36_000), (Choice("eps", 0, 16_000, 60.0),), goal, draws=20)
    assert found.best is not None
    assert found.without < 0.8
    assert 0 < found.best.hours["eps"] < 16_000
    assert found.fresh_chance is not None
    assert found.fresh_chance >= 0.6
    none = cheapest(short_of_eps(10_000), (Choice("eps", 0, 500),), goal, draws=5)
    assert none.best is None


def test_a_choice_nobody_has_is_refused() -> None:
    goal = Goal(by=date(2026, 9, 30), measure="waiting", subject="eps", at_most=150)
    with pytest.raises(Unsuitable, match=r"choose\.dentists: there is no such pool"):
        cheapest(short_of_eps(), (Choice("dentists", 0, 1),), goal)


def test_the_printed_list_says_what_was_assumed_measured_and_guessed() -> None:
    found = assumptions.checklist(forecast())
    rows = {row["figure"]: row for row in assumptions.figures(forecast().scenario)}
    assert rows["pools.eps.hours"]["basis"] == "measured"
    assert rows["pools.caseworkers.hours"]["basis"] == "guessed"
    assert found["purpose"] == "a test"
    assert "school places" in assumptions.NOT_MODELLED


def test_a_fan_chart_is_svg_without_outside_addresses_and_has_words() -> None:
    picture = charts.fan([forecast()], "waiting", "eps", target=100)
    assert picture.startswith("<svg")
    assert "http" not in picture.replace("http://www.w3.org", "")
    words = charts.alt_text([forecast()], "waiting", "eps")
    assert "benchmark: from" in words


def test_same_input_same_bytes() -> None:
    again = running.run(short_of_eps(), until=UNTIL, draws=24)
    assert tables.whole(again).write_csv() == tables.whole(forecast()).write_csv()
    assert charts.fan([again], "waiting", "eps") == charts.fan([forecast()], "waiting", "eps")
