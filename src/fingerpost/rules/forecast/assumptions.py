# SPDX-License-Identifier: Apache-2.0
"""What a forecast rests on: the STRESS-DES checklist filled by itself, and each figure with its basis and source."""

from collections.abc import Iterator

from fingerpost.rules.forecast.demand import Backlog
from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.resources import Injection, Loss
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import Span
from fingerpost.rules.forecast.steps import Branch, Delay, End, Fork, Mark, Step, Work, op_of

NOT_MODELLED = (
    "behaviour that answers to waits: parents who pay for reports, schools that ask earlier",
    "reform of the law",
    "school places",
    "quality of advice",
    "staff turnover beyond the doubt written beside the hours",
)
ORDER = ("measured", "published", "assumed", "guessed", "stated")


def figures(scenario: Scenario) -> list[dict[str, str]]:
    """Every figure with its basis: measured first, stated without a source last."""
    rows = [
        _figure(path, figure.words(), figure)
        for path, figure in scenario.figures()
        if not path.endswith(".level") and not _plain(path, figure.words(), figure.basis)
    ]
    rows += [_figure(path, span.words(), span.level) for path, span in _spans(scenario)]
    rows += [_figure(f"backlog.{group.name}.count", f"{group.count:,}", group) for group in scenario.backlog]
    return sorted(rows, key=lambda row: (ORDER.index(row["basis"]), row["figure"]))


def _figure(path: str, value: str, of: Figure | Backlog) -> dict[str, str]:
    return {"figure": path, "value": value, "basis": of.basis, "source": of.source}


def _spans(scenario: Scenario) -> Iterator[tuple[str, Span]]:
    """How long each step takes, and how old the backlog is."""
    for step in scenario.pathway.steps:
        if isinstance(step, Work):
            yield f"pathway.{step.name}.hours", step.hours
        if isinstance(step, Work | Delay):
            yield f"pathway.{step.name}.days", step.days
    for group in scenario.backlog:
        yield f"backlog.{group.name}.age_days", group.age
        if group.waited is not None:
            yield f"backlog.{group.name}.waited_days", group.waited


def _plain(path: str, words: str, basis: str) -> bool:
    """A neutral default that nobody wrote: no growth, no exceptions, no stretch."""
    neutral = path.endswith(".growth") and words == "1"
    return basis == "stated" and (neutral or (path.endswith(".exceptions") and words == "0"))


def checklist(forecast: Forecast) -> dict[str, object]:
    """The items of STRESS-DES (Monks and others, 2019) that a machine can fill."""
    scenario = forecast.scenario
    return {
        "purpose": scenario.purpose or "not stated",
        "outputs": "counts, shares, days and hours by month and district; quantiles over replications",
        "logic": [line(step) for step in sorted(scenario.pathway.steps, key=lambda step: step.name)],
        "order of service": {pool.name: pool.rule or scenario.rule for pool in scenario.pools},
        "entities and arrivals": {
            stream.name: f"{stream.yearly.words()} a year into {stream.enters}, growth {stream.growth.words()}"
            for stream in scenario.streams
        },
        "resources": {
            pool.name: f"{pool.hours.words()} hours a year, by {pool.by}" for pool in scenario.pools
        },
        "changes": _changes(scenario),
        "start": f"{len(forecast.template.middle.live):,} open cases on {scenario.starts_on}; no warm-up is needed",
        "figures": figures(scenario),
        "not modelled": list(NOT_MODELLED),
        "time": "days; on each day first arrivals and ended delays in order of case, then each pool in turn",
        "random numbers": "splitmix64 of (seed, replication, case, step, visit); shared between scenarios",
        "run": forecast.header(),
    }


def _changes(scenario: Scenario) -> list[str]:
    changes: tuple[Injection | Loss, ...] = (*scenario.injections, *scenario.losses)
    return [f"{x.name}: {x.pool}, {x.first_on} to {x.last_on}" for x in changes]


def line(step: Step) -> str:  # noqa: PLR0911
    """One step in words."""
    if isinstance(step, Work):
        due = f", due day {step.due}" if step.due else ""
        return (
            f"{step.name}: {step.hours.mean:.3g} hours of {step.pool}, {_days(step)}{due}, then {step.next}"
        )
    if isinstance(step, Delay):
        return f"{step.name}: {_days(step)}, then {step.next}"
    if isinstance(step, Branch):
        return f"{step.name}: {step.share.words()} go to {step.yes}, the others to {step.no}"
    if isinstance(step, Fork):
        return f"{step.name}: at once {', '.join(step.steps)}, until all are at {step.join}"
    if isinstance(step, Mark):
        target = f", target {step.target} days" if step.target else ""
        return f"{step.name}: counts as {step.milestone}{target}, then {step.next}"
    if isinstance(step, End):
        return f"{step.name}: leaves, {step.outcome}"
    return f"{step.name}: {op_of(step)}, then {step.next}"


def _days(step: Work | Delay) -> str:
    numbers = "-".join(f"{number:g}" for number in step.days.numbers)
    return f"{numbers} days"
