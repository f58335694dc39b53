# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person reads from `compare`, `cheapest`, `calibrate` and `backtest`."""

from collections.abc import Sequence

import polars as pl

from fingerpost.cli import forecast_text
from fingerpost.rules.forecast import comparing
from fingerpost.rules.forecast.backtesting import Backtest
from fingerpost.rules.forecast.calibrating import Calibration
from fingerpost.rules.forecast.cheapest import Cheapest
from fingerpost.rules.forecast.comparing import Comparison


def compared(found: Comparison, notes: Sequence[str]) -> str:
    lines = []
    for forecast in found.forecasts:
        text = forecast_text.one(forecast, ()).split("\nwhat this rests on")[0]
        lines.append(text)
    lines += ["differences from the first, at the end (middle, and nine in ten between)"]
    for measure in comparing.HEADLINES:
        frame = found.table(measure)
        last = frame.filter(pl.col("month") == pl.col("month").max())
        for row in last.iter_rows(named=True):
            if row["q50"] is not None:
                fan = f"{row['q50']:+,.2f} ({row['q05']:+,.2f} to {row['q95']:+,.2f})"
                lines.append(f"  {row['scenario']}: {measure} of {row['subject']} {fan}")
    lines += ["", *forecast_text.assumed(found.forecasts[0], notes)]
    return "\n".join(lines) + "\n"


def cheapest(answer: Cheapest) -> str:
    lines = [f"goal: {answer.goal.words()}", f"without anything extra the chance is {answer.without:.0%}"]
    if answer.best is None:
        lines.append("no mix within the ranges reaches it; widen `choose` or move the goal")
    else:
        mix = ", ".join(f"{hours:,.0f} hours a year of {pool}" for pool, hours in answer.best.hours.items())
        lines.append(f"cheapest: {mix}, in all {answer.best.cost:,.0f} until the goal")
        lines.append(f"on fresh chance it reaches the goal with {answer.fresh_chance:.0%}")
    for mix_found in answer.frontier:
        named = ", ".join(f"{pool} {hours:,.0f}" for pool, hours in mix_found.hours.items())
        lines.append(f"  {mix_found.cost:>14,.0f}  {named}  chance {mix_found.chance:.0%}")
    return "\n".join([*lines, f"{answer.runs} mixes tried"]) + "\n"


def fitted(found: Calibration) -> list[str]:
    lines = [f"{found.simulations:,} simulated histories; {len(found.draws)} draws kept"]
    if found.outside:
        lines.append(
            f"{found.outside:.0%} of the history lies outside anything the scenario can give: check it"
        )
    for one in found.learned:
        lines.append(
            f"  {one.words()} (check: nine-in-ten intervals held the truth {one.coverage:.0%} of times)"
        )
    return lines


def tested(found: Backtest) -> list[str]:
    lines = [f"the nine-in-ten fan held {found.covered:.0%} of {len(found.held)} hidden figures"]
    for score in found.scores:
        naive = ", ".join(f"{name} {error:,.3g}" for name, error in score.naive.items())
        better = "nearer than every naive guess" if score.beats_naive else "NOT nearer than every naive guess"
        lines.append(
            f"  {score.measure} of {score.subject}: mean error {score.error:,.3g}, {better} ({naive})"
        )
    return [*lines, *fitted(found.calibration)]
