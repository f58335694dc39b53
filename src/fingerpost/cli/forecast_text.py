# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person reads from `run`: one forecast in plain words."""

import math
from collections.abc import Iterable, Sequence

import polars as pl

from fingerpost.cli.forecast_answers import TARGETS
from fingerpost.rules.forecast import answers, assumptions, measures
from fingerpost.rules.forecast.forecast import Forecast


def one(forecast: Forecast, notes: Sequence[str]) -> str:
    """What a person reads."""
    header = forecast.header()
    lines = [
        f"{header['scenario']}: {header['starts_on']} to {header['until']}, "
        f"{header['replications']} of {forecast.planned} runs, seed {header['seed']}, digest {header['digest']}"
    ]
    if not header["complete"]:
        lines.append("STOPPED EARLY: the figures below rest on the runs that were finished.")
    for subject in measures.subjects(forecast, "timeliness"):
        lines += ["", *_milestone(forecast, subject)]
    lines += ["", *_waits(forecast), "", *_bottleneck(forecast), "", *_hours(forecast)]
    lines += ["", *_cost(forecast), *_districts(forecast), *assumed(forecast, notes)]
    return "\n".join(lines) + "\n"


def _milestone(forecast: Forecast, subject: str) -> list[str]:
    shown = [
        _fan(forecast, measure, subject)
        for measure in ("timeliness", "open_late_share", "open_late", "open_tenth")
        if subject in measures.subjects(forecast, measure)
    ]
    return [
        f"{subject} (legal time {_target(forecast, subject)} days)",
        *_lined(shown),
        *_when(forecast, subject),
    ]


def _target(forecast: Forecast, subject: str) -> int:
    return forecast.names.targets[forecast.names.milestones.index(subject)]


def _when(forecast: Forecast, subject: str) -> list[str]:
    lines = []
    for target in TARGETS:
        found = answers.first_month(forecast, "timeliness", subject=subject, at_least=target)
        middle = found.month_at(0.5)
        when = f"half of the runs by {middle:%B %Y}" if middle else "in fewer than half of the runs"
        lines.append(f"  {target:.0%} in time is reached and kept: chance {found.chance:.0%}; {when}")
    return lines


def _waits(forecast: Forecast) -> list[str]:
    shown = [_fan(forecast, "waiting", pool) for pool in forecast.names.pools]
    return ["waiting (middle, and nine in ten between)", *_lined(shown)]


def _fan(forecast: Forecast, measure: str, subject: str) -> list[str]:
    """The name of a line, and the fan at the last month of each year and of the horizon."""
    values = measures.series(forecast, measure, subject)[..., -1:]
    fan, months = measures.quantiles(values, (0.05, 0.5, 0.95))[:, :, 0], forecast.names.months
    unit = measures.MEASURES[measure].unit
    places = [at for at, month in enumerate(months) if month.month == 12 or at == len(months) - 1]
    cells = [f"{months[at]:%b %Y} {_cell([float(q[at]) for q in fan], unit)}" for at in places]
    name = subject if measure == "waiting" else measures.MEASURES[measure].title
    return [name, *cells]


def _cell(fan: list[float], unit: str) -> str:
    low, middle, high = fan
    if math.isnan(middle):  # nobody was counted
        return "-"
    if unit == "share":
        return f"{middle:.0%} ({low:.0%} to {high:.0%})"
    return f"{middle:,.0f} ({low:,.0f} to {high:,.0f})"


def _lined(shown: Iterable[list[str]]) -> list[str]:
    lines = []
    for name, *cells in shown:
        lines += [f"  {name}", "    " + "   ".join(cells)]
    return lines


def _bottleneck(forecast: Forecast) -> list[str]:
    frame = answers.bottlenecks(forecast)
    lines, last = ["where the longest waits are"], ""
    for month in forecast.names.months:
        row = frame.filter(pl.col("month") == month).sort("chance", descending=True).row(0, named=True)
        if row["pool"] != last:
            lines.append(f"  from {month:%B %Y}: {row['pool']} (chance {row['chance']:.0%})")
            last = row["pool"]
    return lines


def _hours(forecast: Forecast) -> list[str]:
    lines = ["hours a year: there were, worked, needed by nobody on their day"]
    for row in answers.hours(forecast).iter_rows(named=True):
        figures = f"{row['offered']:>10,.0f} {row['used']:>10,.0f} {row['idle']:>10,.0f}"
        lines.append(f"  {row['year']} {row['pool']:<28}{figures}")
    return lines


def _cost(forecast: Forecast) -> list[str]:
    """What it costs, where the scenario has prices."""
    rows = [row for row in answers.cost(forecast).iter_rows(named=True) if row["high"] > 0]
    if not rows:
        return []
    until = f"cost until {forecast.until:%B %Y} (middle, and nine in ten between)"
    fans = [_cell([row["low"], row["middle"], row["high"]], "pounds") for row in rows]
    return [
        until,
        *(f"  {row['for']}, {row['what']}: £{fan}" for row, fan in zip(rows, fans, strict=True)),
        "",
    ]


def _districts(forecast: Forecast) -> list[str]:
    """Where a plan comes soonest and where latest, year by year."""
    if len(forecast.names.districts) < 2 or "issued" not in forecast.names.milestones:
        return []
    frame = answers.equity(forecast).filter(pl.col("days_50").is_finite())
    lines = ["districts: mean days to a plan, soonest and latest (middle)"]
    for (year,), rows in frame.group_by(["year"], maintain_order=True):
        ends = rows.sort("days_50")[[0, -1]].iter_rows(named=True)
        lines.append(
            f"  {year}: " + " to ".join(f"{row['days_50']:,.0f} ({row['district']})" for row in ends)
        )
    return [*lines, ""]


def assumed(forecast: Forecast, notes: Sequence[str]) -> list[str]:
    """The list of what was measured, published, assumed or guessed, and of what is not in the model."""
    lines = ["what this rests on"]
    for row in assumptions.figures(forecast.scenario):
        source = f" ({row['source']})" if row["source"] else ""
        lines.append(f"  {row['basis']:<10}{row['figure']}: {row['value']}{source}")
    lines += [f"  {note}" for note in notes]
    return [*lines, "not modelled", *(f"  {item}" for item in assumptions.NOT_MODELLED)]
