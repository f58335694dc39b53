# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole made-up area against the published figures. Slow (some seconds): exact counts exist at full size only."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.demo import compare, doubts, overdue, pictures, population, quotas, tally
from fingerpost.demo.figures import CENSUS_DAYS, published
from fingerpost.demo.population import Population
from fingerpost.demo.tally import Tally
from fingerpost.rules.returns.records import PersonRecord

Tallies = dict[int, Tally]


@pytest.fixture(scope="module")
def made() -> Population:
    return population.build(888, 1.0)


@pytest.fixture(scope="module")
def years(made: Population) -> dict[int, list[PersonRecord]]:
    plants = doubts.choose(888, made)
    return {y: doubts.plant(plants, y, pictures.persons(made.children, y)) for y in CENSUS_DAYS}


@pytest.fixture(scope="module")
def tallies(made: Population, years: dict[int, list[PersonRecord]]) -> Tallies:
    kinds = {school.urn: school.kind.column for school in made.schools}
    return {year: tally.count(pictures.header(year), persons, kinds) for year, persons in years.items()}


def differences(tallies: Tallies, title: str) -> dict[str, int]:
    lines = dict(compare.sections(tallies, published()))[title]
    return {name: own - count for name, count, own in lines if own != count}


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_a_years_activity_is_the_published_one(tallies: Tallies, year: int) -> None:
    found = differences(tallies, f"Activity of {year}")
    assert {name for name in found if abs(found[name]) > 1} == set()
    assert set(found) <= {"mediation on the decision to assess"}


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_plans_end_for_the_published_reasons(tallies: Tallies, year: int) -> None:
    assert differences(tallies, f"Plans ceased in {year}") == {}


def test_the_stock_grows_as_published_but_for_the_planted_second_plan(tallies: Tallies) -> None:
    assert [tallies[year].counts["ehcplans"] for year in (2023, 2024, 2025)] == [9803, 11258, 12317 + 1]


@pytest.mark.parametrize(
    ("title", "most"),
    [
        ("Age on 31 August 2024, plans of January 2025", 1),
        ("Age on 31 August 2023, plans of January 2024", 1),
        ("Placement, January 2025", 1),
        ("Primary need, January 2025", 1),
        ("Sex, January 2025", 1),
        ("Ethnic group, January 2025", 1),
        ("Personal budgets, January 2025", 0),
        ("Age when a new plan of 2024 began", 8),
        ("Age when the request of 2024 was received", 5),
    ],
)
def test_tables_are_met_to_within(tallies: Tallies, title: str, most: int) -> None:
    assert {name: by for name, by in differences(tallies, title).items() if abs(by) > most} == {}


def test_reviews_are_met_but_for_the_outcomes_of_those_awaited(tallies: Tallies) -> None:
    found = differences(tallies, "Annual reviews, January 2025")
    assert (
        -126
        <= sum(found.pop(name, 0) for name in ("outcome_amend", "outcome_cease", "outcome_maintan"))
        <= -120
    )
    assert {name: by for name, by in found.items() if abs(by) > 1} == {}


def test_the_backlog_of_the_frozen_day_stands_beside_work_that_is_not_late(tallies: Tallies) -> None:
    counts = tallies[2025].counts
    assert counts["assessments_overdue"] == 1801
    assert counts["plans_due_in_a_fortnight"] > 100
    assert counts["decisions_due_in_a_fortnight"] > 60
    assert counts["phase_due"] - counts["phase_final"] > 1000


def test_lives_that_wait_and_clocks_that_run_differ_by_what_is_named(
    years: dict[int, list[PersonRecord]],
) -> None:
    found = overdue.counted(years)
    assert found.waiting == 1801
    assert found.on_the_clock == 1745, "what the caseload page shows of the full area"


def test_the_page_in_docs_is_the_one_that_would_be_written_now(
    made: Population, tallies: Tallies, years: dict[int, list[PersonRecord]]
) -> None:
    page = Path(__file__).parents[2] / "docs" / "made-up-area.md"
    now = "".join(f"{line}\n" for line in compare.page(tallies, made.moved_in, overdue.counted(years)))
    assert page.read_text("utf-8") == now, (
        "write it again: python -m fingerpost.demo.compare > docs/made-up-area.md"
    )


@given(st.integers(0, 5000), st.dictionaries(st.integers(), st.floats(0.01, 1000), min_size=1, max_size=30))
def test_shares_add_up_and_stay_within_one_of_exact(total: int, weights: dict[int, float]) -> None:
    parts = quotas.shares(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    assert all(abs(parts[key] - total * weight / whole) <= 1 + 1e-6 for key, weight in weights.items())
