# SPDX-License-Identifier: Apache-2.0
"""Runs an ensemble: draws times replications, in parts that any executor can take."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fingerpost.rules.forecast import chance, engine, kept, planning, spreading
from fingerpost.rules.forecast.draws import Draws, prior
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.kept import Kept
from fingerpost.rules.forecast.planning import Template
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.sums import empty

MOST_REPLICATIONS = 1_000_000
Progress = Callable[[int, int], None]
_templates: dict[tuple[str, int], Template] = {}


class Store(Protocol):
    """Where finished parts of one job are kept, so that a stopped run can go on."""

    def known(self) -> Mapping[tuple[int, int], Kept]:
        """The parts that are finished."""

    def keep(self, first: int, last: int, part: Kept) -> None:
        """Keep one more."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A whole ensemble, said in one value that can travel."""

    scenario: Scenario
    until: date
    draws: Draws
    reps_per_draw: int
    seed: int
    digest: str
    compiled: bool = True

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return planning.days_until(self.scenario, self.until)

    @property
    def replications(self) -> int:
        """How many replications there are in all."""
        return len(self.draws) * self.reps_per_draw


def job(
    scenario: Scenario,
    *,
    until: date,
    draws: Draws | int = 200,
    reps_per_draw: int = 1,
    seed: int = 1,
    compiled: bool = True,
) -> Job:
    """An ensemble; a number of draws is drawn from the doubt written in the scenario."""
    if isinstance(draws, int):
        if not 1 <= draws <= MOST_REPLICATIONS:
            raise Unsuitable("draws", f"must be between 1 and {MOST_REPLICATIONS:,}, here {draws}")
        draws = prior(scenario, draws, seed)
    if not 1 <= reps_per_draw * len(draws) <= MOST_REPLICATIONS:
        raise Unsuitable(
            "reps_per_draw", f"at most {MOST_REPLICATIONS:,} replications in all, and at least 1"
        )
    return Job(scenario, until, draws, reps_per_draw, seed, scenario.digest(), compiled)


def template_of(work: Job) -> Template:
    """The template of a job; a worker keeps the last few."""
    key = (work.digest, work.days)
    if key not in _templates:
        while len(_templates) >= 8:
            _templates.pop(next(iter(_templates)), None)
        _templates[key] = planning.template(work.scenario, work.days)
    return _templates[key]


def run_part(work: Job, first: int, last: int) -> Kept:
    """The replications from `first` to before `last`; a part can be run anywhere, and again."""
    template = template_of(work)
    found, runner, drawn = kept.room(template.middle, first, last), None, -1
    plan = template.middle
    for replication in range(first, last):
        draw = replication // work.reps_per_draw
        if draw != drawn:
            plan, drawn = template.plan(work.draws.row(draw)), draw
            runner = engine.runner_for(plan, compiled=work.compiled)
        sums = empty(plan, 1)
        engine.run_into(sums, 0, runner, plan, chance.replication_key(work.seed, replication))
        kept.keep(found, replication - first, sums)
    return found


def run(
    scenario: Scenario,
    *,
    until: date,
    draws: Draws | int = 200,
    reps_per_draw: int = 1,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """The forecast of a scenario until a day."""
    work = job(scenario, until=until, draws=draws, reps_per_draw=reps_per_draw, seed=seed)
    return run_job(work, executor=executor, progress=progress)


def run_job(
    work: Job,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    store: Store | None = None,
) -> Forecast:
    """Run what is not known yet. Stopped from the keyboard, it gives what is finished."""
    if work.compiled:
        engine.warm_up()  # so that the first replication is timed fairly
    template_of(work)
    parts = dict(store.known()) if store else {}
    missing = list(_gaps(parts, work.replications))
    stopped = False
    try:
        for first, last, part in spreading.parts(work, missing, run_part, executor):
            parts[first, last] = part
            if store:
                store.keep(first, last, part)
            if progress:
                progress(sum(len(done) for done in parts.values()), work.replications)
    except KeyboardInterrupt:
        if not parts:
            raise
        stopped = True
    whole = kept.joined([parts[key] for key in sorted(parts)])
    return Forecast(
        work.scenario,
        work.until,
        work.seed,
        work.draws,
        work.reps_per_draw,
        template_of(work),
        whole,
        stopped,
    )


def _gaps(parts: Iterable[tuple[int, int]], count: int) -> Iterator[tuple[int, int]]:
    """The replications nobody has run yet."""
    at = 0
    for first, last in sorted(parts):
        if first > at:
            yield at, first
        at = max(at, last)
    if at < count:
        yield at, count
