# SPDX-License-Identifier: Apache-2.0
"""The step table of a plan: names become row numbers in order of the alphabet."""

from dataclasses import dataclass

import numpy as np

from fingerpost.rules.forecast import chance
from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast.plan import Ints, Names, Words
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import Span
from fingerpost.rules.forecast.steps import Branch, Clock, Delay, End, Fork, Join, Mark, Step, Work


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The step table, and what hangs on figures: (path, span, units) per table row, (row, path) per branch."""

    names: Names
    steps: Ints
    salts: Words
    spans: tuple[tuple[str, Span, float], ...]
    shares: tuple[tuple[int, str], ...]
    stream_salt: Words
    stream_step: Ints
    stream_milestone: Ints

    def number(self, step: str) -> int:
        """The row of a step."""
        return self.names.steps.index(step)


def step_tables(scenario: Scenario) -> Tables:
    """The tables for a scenario's pathway and streams."""
    steps = sorted(scenario.pathway.steps, key=lambda step: step.name)
    streams = sorted(scenario.streams, key=lambda stream: stream.name)
    names = _names(scenario)
    rows = np.zeros((len(steps), table.COLUMNS), dtype=np.int32)
    spans: list[tuple[str, Span, float]] = []
    shares: list[tuple[int, str]] = []
    for at, step in enumerate(steps):
        rows[at] = _row(step, names, len(spans))
        spans += _spans(step)
        shares += [(at, f"pathway.{step.name}.share")] if isinstance(step, Branch) else []
    watched = {step.name: watched_milestone(scenario, step.name) for step in steps}
    for at, step in enumerate(steps):
        if isinstance(step, Fork):  # who stands in a branch is inside the fork
            for branch in step.steps:
                for inner in scenario.pathway.inside(branch, step.join):
                    rows[names.steps.index(inner.name), table.COUNT] = 1
        if isinstance(step, Clock):
            rows[at, table.MILESTONE] = watched[step.name]
    return Tables(
        names,
        rows,
        np.array([chance.salt("step", step.name) for step in steps], dtype=np.uint64),
        tuple(spans),
        tuple(shares),
        np.array([chance.salt("stream", stream.name) for stream in streams], dtype=np.uint64),
        np.array([names.steps.index(stream.enters) for stream in streams], dtype=np.int32),
        np.array([watched[stream.enters] for stream in streams], dtype=np.int32),
    )


def _names(scenario: Scenario) -> Names:
    milestones = scenario.pathway.milestones
    marks = [step for step in scenario.pathway.steps if isinstance(step, Mark)]
    return Names(
        steps=tuple(sorted(scenario.pathway.names)),
        pools=tuple(sorted(pool.name for pool in scenario.pools)),
        streams=tuple(sorted(stream.name for stream in scenario.streams)),
        districts=tuple(sorted(district.name for district in scenario.districts)),
        milestones=milestones,
        outcomes=scenario.pathway.outcomes,
        targets=tuple(
            max((m.target or 0 for m in marks if m.milestone == name), default=0) for name in milestones
        ),
        months=(),
    )


def _row(step: Step, names: Names, spans: int) -> list[int]:
    row = [0] * table.COLUMNS
    if isinstance(step, Work):
        row[table.OP], row[table.POOL] = table.WORK, names.pools.index(step.pool)
        row[table.HOURS], row[table.DAYS], row[table.DUE] = spans, spans + 1, step.due or 0
    elif isinstance(step, Delay):
        row[table.OP], row[table.DAYS] = table.DELAY, spans
    elif isinstance(step, Branch):
        row[table.OP], row[table.OTHER] = table.BRANCH, names.steps.index(step.no)
        row[table.NEXT] = names.steps.index(step.yes)
    elif isinstance(step, Fork):
        branches = [names.steps.index(name) for name in step.steps]
        row[table.OP], row[table.COUNT] = table.FORK, len(branches)
        row[table.NEXT], row[table.OTHER], row[table.THIRD] = [*branches, 0][:3]
    elif isinstance(step, Mark):
        row[table.OP], row[table.TARGET] = table.MARK, step.target or 0
        row[table.MILESTONE] = names.milestones.index(step.milestone)
    elif isinstance(step, End):
        row[table.OP], row[table.OTHER] = table.END, names.outcomes.index(step.outcome)
    else:
        row[table.OP] = table.JOIN if isinstance(step, Join) else table.CLOCK
    if isinstance(step, Work | Delay | Join | Mark | Clock):
        row[table.NEXT] = names.steps.index(step.next)
    return row


def _spans(step: Step) -> list[tuple[str, Span, float]]:
    path = f"pathway.{step.name}"
    if isinstance(step, Work):
        return [(f"{path}.hours", step.hours, 60.0), (f"{path}.days", step.days, 1.0)]
    return [(f"{path}.days", step.days, 1.0)] if isinstance(step, Delay) else []


def watched_milestone(scenario: Scenario, start: str) -> int:
    """What a case that starts here is open for: the mark with the longest target before the clock starts again."""
    pathway = scenario.pathway
    first_turn = pathway.reach(start, stop=lambda step: isinstance(step, Clock) and step.name != start)
    found = [(step.target, step.milestone) for step in first_turn if isinstance(step, Mark) and step.target]
    return pathway.milestones.index(max(found)[1]) if found else table.NONE
