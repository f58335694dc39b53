# SPDX-License-Identifier: Apache-2.0
"""What a scenario must keep to: every name is known, every number sensible, every date in order."""

from typing import TYPE_CHECKING

from fingerpost.rules.forecast import start_checks
from fingerpost.rules.forecast.demand import Stream
from fingerpost.rules.forecast.faults import Unsuitable, unique, within
from fingerpost.rules.forecast.figures import check as check_figure
from fingerpost.rules.forecast.resources import RULES, SPLITS, Pool
from fingerpost.rules.forecast.steps import Fork, Work

if TYPE_CHECKING:
    from fingerpost.rules.forecast.scenario import Scenario

MOST_HOURS = 5_000_000  # all the educational psychologists of England work fewer
MOST_REQUESTS = 150_000  # a year and stream; England is run area by area
MOST_POOLS, MOST_STREAMS, MOST_DISTRICTS, MOST_BANDS = 32, 32, 64, 8
FIRST_YEAR, LAST_YEAR = 2014, 2100


def check(scenario: "Scenario") -> None:
    """Refuse the scenario with the first field that breaks a rule."""
    if not scenario.name.strip():
        raise Unsuitable("name", "a scenario needs a name")
    within("starts_on", scenario.starts_on.year, FIRST_YEAR, LAST_YEAR, "the year")
    _check_places(scenario)
    _check_streams(scenario)
    _check_pools(scenario)
    _check_changes(scenario)
    start_checks.check(scenario)


def _check_places(scenario: "Scenario") -> None:
    unique("districts", (district.name for district in scenario.districts), MOST_DISTRICTS)
    if not scenario.districts:
        raise Unsuitable("districts", "there must be at least one")
    for district in scenario.districts:
        within(f"districts.{district.name}.share", district.share, 1e-6, 1e9, "share")
    unique("bands", (band.name for band in scenario.bands), MOST_BANDS - 1)
    for band in scenario.bands:
        within(f"bands.{band.name}.share", band.share, 0, 1, "share")
        within(f"bands.{band.name}.order", band.order, 0, 3, "order")
        within(f"bands.{band.name}.weight", band.weight, 0, 365, "days of weight")
    if sum(band.share for band in scenario.bands) > 1 + 1e-9:
        raise Unsuitable("bands", "the shares add up to more than 1")


def _check_streams(scenario: "Scenario") -> None:
    unique("demand", (stream.name for stream in scenario.streams), MOST_STREAMS)
    if not scenario.streams and not scenario.live and not scenario.backlog:
        raise Unsuitable("demand", "nobody comes: give a stream of requests or a backlog")
    for stream in scenario.streams:
        _check_stream(scenario, stream)


def _check_stream(scenario: "Scenario", stream: Stream) -> None:
    field = f"demand.{stream.name}"
    _known_step(scenario, f"{field}.enters", stream.enters)
    if stream.enters in _within_forks(scenario):
        raise Unsuitable(f"{field}.enters", f'"{stream.enters}" is inside a fork; enter before it')
    check_figure(f"{field}.yearly", stream.yearly, 0, MOST_REQUESTS, "requests a year")
    check_figure(f"{field}.growth", stream.growth, 0.5, 2, "yearly growth (1.1 is +10%)")
    check_figure(f"{field}.exceptions", stream.exceptions, 0, 1, "share of exceptions")
    within(f"{field}.holiday_factor", stream.holiday_factor, 0.01, 10, "holiday factor")
    for word, wanted in (("months", 12), ("weekdays", 7)):
        weights = getattr(stream, word)
        if len(weights) != wanted:
            raise Unsuitable(f"{field}.{word}", f"takes {wanted} numbers, here {len(weights)}")
        if min(weights) < 0 or max(weights) > 1e6 or sum(weights) <= 0:
            raise Unsuitable(
                f"{field}.{word}", "the weights must be between 0 and 1,000,000, and not all nothing"
            )


def _check_pools(scenario: "Scenario") -> None:
    unique("pools", (pool.name for pool in scenario.pools), MOST_POOLS)
    if scenario.rule not in RULES:
        raise Unsuitable("rule", f'"{scenario.rule}" is none of {", ".join(RULES)}')
    names = {pool.name for pool in scenario.pools}
    used = {step.pool for step in scenario.pathway.steps if isinstance(step, Work)}
    for step in scenario.pathway.steps:
        if isinstance(step, Work) and step.pool not in names:
            raise Unsuitable(f"pathway.{step.name}.pool", f'there is no pool "{step.pool}" in this scenario')
    for pool in scenario.pools:
        if pool.name not in used:
            raise Unsuitable(f"pools.{pool.name}", "no step uses this pool")
        _check_pool(scenario, pool)


def _check_pool(scenario: "Scenario", pool: Pool) -> None:
    field = f"pools.{pool.name}"
    check_figure(f"{field}.hours", pool.hours, 0, MOST_HOURS, "hours a year")
    check_figure(f"{field}.growth", pool.growth, 0.5, 2, "yearly growth (1.02 is +2%)")
    within(f"{field}.holiday_factor", pool.holiday_factor, 0, 10, "holiday factor")
    within(f"{field}.cost_an_hour", pool.cost_an_hour, 0, 10_000, "cost an hour")
    if pool.by not in SPLITS:
        raise Unsuitable(f"{field}.by", f'"{pool.by}" is none of {", ".join(SPLITS)}')
    rule = pool.rule or scenario.rule
    if rule not in RULES:
        raise Unsuitable(f"{field}.rule", f'"{rule}" is none of {", ".join(RULES)}')
    for step in scenario.pathway.steps:
        if isinstance(step, Work) and step.pool == pool.name and rule.endswith("_due") and step.due is None:
            raise Unsuitable(
                f"pathway.{step.name}.due", f'the rule {rule} of pool "{pool.name}" needs a due day'
            )


def _check_changes(scenario: "Scenario") -> None:
    names = {pool.name for pool in scenario.pools}
    unique("injections", (injection.name for injection in scenario.injections), 200)
    unique("losses", (loss.name for loss in scenario.losses), 200)
    for word, changes in (("injections", scenario.injections), ("losses", scenario.losses)):
        for change in changes:
            field = f"{word}.{change.name}"
            if change.pool not in names:
                raise Unsuitable(f"{field}.pool", f'there is no pool "{change.pool}" in this scenario')
            if change.last_on < change.first_on:
                raise Unsuitable(
                    f"{field}.last_on", f"{change.last_on} is before first_on, {change.first_on}"
                )
            within(f"{field}.first_on", change.first_on.year, FIRST_YEAR, LAST_YEAR, "the year")
            within(f"{field}.last_on", change.last_on.year, FIRST_YEAR, LAST_YEAR, "the year")
    for injection in scenario.injections:
        field = f"injections.{injection.name}"
        check_figure(f"{field}.hours", injection.hours, 0, MOST_HOURS, "hours")
        check_figure(f"{field}.delivery", injection.delivery, 0, 2, "share delivered")
        within(f"{field}.cost", injection.cost, 0, 1e10, "cost")
    for loss in scenario.losses:
        check_figure(f"losses.{loss.name}.share", loss.share, 0, 1, "share lost")


def _known_step(scenario: "Scenario", field: str, name: str) -> None:
    if name not in scenario.pathway.names:
        raise Unsuitable(field, f'there is no step "{name}"')


def _within_forks(scenario: "Scenario") -> set[str]:
    pathway = scenario.pathway
    forks = [step for step in pathway.steps if isinstance(step, Fork)]
    found = {
        step.name for fork in forks for branch in fork.steps for step in pathway.inside(branch, fork.join)
    }
    return found | {fork.join for fork in forks}
