# SPDX-License-Identifier: Apache-2.0
"""From a scenario to plans: what never changes is made once, what hangs on a doubtful figure once a draw."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fingerpost.rules.forecast import calendar_days, plan_capacity, plan_parts
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.plan import DUE, RULE_NUMBERS, Ints, Plan
from fingerpost.rules.forecast.plan_parts import Part, Row, Values
from fingerpost.rules.forecast.plan_start import start_tables
from fingerpost.rules.forecast.plan_steps import step_tables
from fingerpost.rules.forecast.scenario import Scenario

MOST_DAYS = 366 * 30


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The plan at the middle of all doubt, and the parts to make anew when figures are drawn."""

    middle: Plan
    parts: tuple[Part, ...]
    certain: Values

    def plan(self, values: Values) -> Plan:
        """The plan for these values of the doubtful figures."""
        known = {**self.certain, **values}
        fresh: dict[str, Row] = {}
        for part in self.parts:
            if any(path in values for path in part.paths):
                if part.table not in fresh:
                    fresh[part.table] = getattr(self.middle, part.table).copy()
                fresh[part.table][part.row] = part.make(known)
        if not fresh:
            return self.middle
        if "rates" in fresh:
            fresh["none_come"] = np.exp(-fresh["rates"])
            plan_parts.check_rates(self.middle.names.streams, fresh["rates"])
            expected = int(fresh["rates"].sum()) + len(self.middle.live)
            return replace(self.middle, expected=expected, **fresh)  # type: ignore[arg-type]
        return replace(self.middle, **fresh)  # type: ignore[arg-type]


def days_until(scenario: Scenario, until: date) -> int:
    """Days from the start of the scenario to the last day of the forecast, both included."""
    days = (until - scenario.starts_on).days + 1
    if days < 1:
        raise Unsuitable("until", f"{until} is before the first day of the scenario, {scenario.starts_on}")
    if days > MOST_DAYS:
        raise Unsuitable("until", f"at most 30 years ahead, here {days / 365.25:.0f}")
    return days


def template(scenario: Scenario, days: int) -> Template:
    """Everything that can be made before a figure is drawn."""
    tables = step_tables(scenario)
    start = start_tables(scenario, tables)
    parts = (
        *plan_parts.span_parts(tables),
        *plan_capacity.capacity_parts(scenario, days),
        *plan_parts.rate_parts(scenario, days),
    )
    parts += (*plan_parts.share_parts(tables), *plan_parts.exception_parts(scenario))
    certain = {path: figure.middle for path, figure in scenario.figures()}
    filled = {
        name: np.array([part.make(certain) for part in parts if part.table == name]).reshape(shape)
        for name, shape in {
            "spans": (-1, 1024),
            "capacity": (-1, days),
            "rates": (-1, days),
            "excepted": (-1,),
        }.items()
    }
    steps = tables.steps.copy()
    for part in parts:
        if part.table == "steps":
            steps[part.row] = part.make(certain)
    plan_parts.check_rates(tables.names.streams, filled["rates"])
    month_of, month_ends, months = calendar_days.months_of(scenario.starts_on, days)
    plan = Plan(
        names=replace(tables.names, months=months),
        days=days,
        first_ordinal=scenario.starts_on.toordinal(),
        steps=steps,
        salts=tables.salts,
        spans=filled["spans"].astype(np.int32),
        capacity=filled["capacity"].astype(np.int32),
        queue_of=plan_capacity.queues(scenario),
        pool_rule=_whole(RULE_NUMBERS[pool.rule or scenario.rule] for pool in plan_capacity.pools(scenario)),
        rates=filled["rates"].astype(np.float64),
        none_come=np.exp(-filled["rates"].astype(np.float64)),
        stream_salt=tables.stream_salt,
        stream_step=tables.stream_step,
        stream_milestone=tables.stream_milestone,
        excepted=filled["excepted"].astype(np.int32),
        district_ends=start.district_ends,
        band_ends=start.band_ends,
        band_order=start.band_order,
        band_weight=start.band_weight,
        live=start.live,
        live_uid=start.live_uid,
        tokens=start.tokens,
        month_of=month_of,
        month_ends=np.flatnonzero(month_ends).astype(np.int32),
        first_bucket=start.first_bucket,
        buckets=days + int(tables.steps[:, DUE].max(initial=0)) + 1 - start.first_bucket,
        expected=int(filled["rates"].sum()) + len(start.live),
    )
    return Template(plan, parts, certain)


def _whole(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), dtype=np.int32)
