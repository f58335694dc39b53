# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compiled engine and the plain twin do the same to every case, whatever the scenario."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.rules.forecast import chance, engine, planning, twin
from fingerpost.rules.forecast.kernel import compiling, simulating
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.resources import RULES
from fingerpost.rules.forecast.scenario import Scenario
from tests.rules.forecast_worlds import ehc, scenarios

# Thousands of scenarios: FINGERPOST_TWIN_EXAMPLES=5000; a few dozen on every run keep the suite short.
EXAMPLES = int(os.environ.get("FINGERPOST_TWIN_EXAMPLES", "60"))


def assert_twins(plan: Plan, key: int) -> None:
    sums, events = engine.simulate(plan, key, log_lines=200_000)
    other = twin.Twin(plan, key, log=True)
    expected = other.run()
    assert other.books.events is not None
    assert sorted(events) == sorted(other.books.events)
    for name, table in sums.tables().items():
        assert (table == expected.tables()[name]).all(), name


@given(scenario=scenarios(), days=st.integers(1, 260), seed=st.integers(0, 2**40))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_case_has_the_same_fate_in_both_engines(scenario: Scenario, days: int, seed: int) -> None:
    plan = planning.template(scenario, days).middle
    assert_twins(plan, chance.replication_key(seed, 0))


@pytest.mark.parametrize("rule", RULES)
def test_the_ehc_pathway_is_the_same_in_both_engines_under_every_rule(rule: str) -> None:
    plan = planning.template(ehc(rule=rule), 500).middle
    assert_twins(plan, chance.replication_key(7, 3))


def test_what_was_compiled_is_named_by_every_line_of_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    before = compiling.stamp()
    assert [cell.cell_contents for cell in simulating.simulate.py_func.__closure__] == [before]  # type: ignore[attr-defined]
    assert {"going.py", "plan.py", "sums.py"} <= {path.name for path in compiling.SOURCES}
    monkeypatch.setattr(compiling, "SOURCES", compiling.SOURCES[1:])
    assert compiling.stamp() != before
