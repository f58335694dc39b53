# SPDX-License-Identifier: Apache-2.0
"""What a forecast rests on: the STRESS-DES checklist filled by itself, and each figure with its basis and source."""

from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.resources import Injection, Loss
from fingerpost.rules.forecast.scenario import Scenario
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
        {"figure": path, "value": figure.words(), "basis": figure.basis, "source": figure.source}
        for path, figure in scenario.figures()
        if not _plain(path, figure.words(), figure.basis)
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row["basis"]), row["figure"]))


def _plain(path: str, words: str, basis: str) -> bool:
    """A neutral default that nobody wrote: no growth, no exceptions, no stretch."""
    neutral = path.endswith((".growth", ".level")) and words == "1"
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
