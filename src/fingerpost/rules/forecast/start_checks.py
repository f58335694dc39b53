# SPDX-License-Identifier: Apache-2.0
"""What the open cases of a scenario must keep to: a step to stand at, days in order, one branch each of a fork."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fingerpost.rules.forecast.demand import Backlog, LiveCase
from fingerpost.rules.forecast.faults import Unsuitable, unique, within
from fingerpost.rules.forecast.spans import check_span
from fingerpost.rules.forecast.steps import Fork

if TYPE_CHECKING:
    from fingerpost.rules.forecast.scenario import Scenario

MOST_LIVE = 250_000
OLDEST_DAYS = 3_660


def check(scenario: "Scenario") -> None:
    """Refuse open cases that cannot stand where they are said to stand, or since when."""
    unique("backlog", (group.name for group in scenario.backlog), 500)
    total = len(scenario.live) + sum(max(group.count, 0) for group in scenario.backlog)
    within("backlog", total, 0, MOST_LIVE, "the number of open cases")
    if len({case.number for case in scenario.live}) < len(scenario.live):
        raise Unsuitable("live", "two open cases have the same number")
    for group in scenario.backlog:
        _check_backlog(scenario, group)
    for case in scenario.live:
        _check_live(scenario, case)


def _check_backlog(scenario: "Scenario", group: Backlog) -> None:
    field = f"backlog.{group.name}"
    within(f"{field}.count", group.count, 0, MOST_LIVE, "count")
    for word, name in (("step", group.step), *(("others", other) for other in group.others)):
        _standing(scenario, f"{field}.{word}", name)
    check_span(f"{field}.age_days", group.age, OLDEST_DAYS, "days of age")
    if group.waited is not None:
        check_span(f"{field}.waited_days", group.waited, OLDEST_DAYS, "days waited")
    _same_fork(scenario, field, (group.step, *group.others))


def _check_live(scenario: "Scenario", case: LiveCase) -> None:
    field = f"live.{case.number}"
    names = {district.name for district in scenario.districts}
    if case.district is not None and case.district not in names:
        raise Unsuitable(f"{field}.district", f'there is no district "{case.district}"')
    if case.band is not None and case.band not in {band.name for band in scenario.bands}:
        raise Unsuitable(f"{field}.band", f'there is no band "{case.band}"')
    if not case.tokens:
        raise Unsuitable(f"{field}.tokens", "an open case must stand somewhere")
    _recent(scenario, f"{field}.clock_on", case.clock_on)
    for token in case.tokens:
        _standing(scenario, f"{field}.step", token.step)
        _recent(scenario, f"{field}.joined_on", token.joined_on)
        if token.joined_on < case.clock_on:
            raise Unsuitable(f"{field}.joined_on", f"{token.joined_on} is before clock_on, {case.clock_on}")
    _same_fork(scenario, field, tuple(token.step for token in case.tokens))


def _recent(scenario: "Scenario", field: str, day: date) -> None:
    if day > scenario.starts_on:
        raise Unsuitable(field, f"{day} is after the first day of the scenario, {scenario.starts_on}")
    if day < scenario.starts_on - timedelta(days=OLDEST_DAYS):
        raise Unsuitable(field, f"{day} is more than ten years before the first day")


def _standing(scenario: "Scenario", field: str, name: str) -> None:
    if name not in scenario.pathway.names:
        raise Unsuitable(field, f'there is no step "{name}"')
    if not hasattr(scenario.pathway.step(name), "days"):
        raise Unsuitable(field, f'a case cannot stand at "{name}"; only at a work or delay step')


def _same_fork(scenario: "Scenario", field: str, names: tuple[str, ...]) -> None:
    """A case in several steps at once must be in different branches of one fork."""
    if len(names) == 1:
        return
    pathway = scenario.pathway
    for fork in (step for step in pathway.steps if isinstance(step, Fork)):
        branches = [{s.name for s in pathway.inside(start, fork.join)} for start in fork.steps]
        homes = [[at for at, branch in enumerate(branches) if name in branch] for name in names]
        if all(homes) and len({home[0] for home in homes}) == len(names):
            return
    raise Unsuitable(
        f"{field}.others", "the steps are not different branches of one fork: " + ", ".join(names)
    )
