# SPDX-License-Identifier: AGPL-3.0-or-later
"""The five verbs of `fingerpost forecast`."""

import argparse
import json
import math
import os
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import polars as pl

from fingerpost.cli import forecast_answers, forecast_files
from fingerpost.cli.errors import Unusable
from fingerpost.cli.forecast_progress import Progress
from fingerpost.rules.forecast import (
    asked,
    backtesting,
    calibrating,
    charts,
    comparing,
    history,
    measures,
    running,
    tables,
    variants,
)
from fingerpost.rules.forecast import cheapest as searching
from fingerpost.rules.forecast.comparing import Comparison
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.scenario import Scenario

PICTURES = ("timeliness", "open_late_share", "open_late")


def run(args: argparse.Namespace) -> int:
    """Forecast one scenario; 130 if stopped, with what was finished."""
    found = forecast_files.tables(args.file)
    scenario, notes = forecast_files.started(variants.variants(found)[0], args.from_return)
    until = forecast_files.day(args.until, found.get("until"))
    work = running.job(scenario, until=until, draws=_draws(args), reps_per_draw=args.reps, seed=args.seed)
    parts = forecast_files.Parts(args.keep, work) if args.keep else None
    progress = Progress(scenario.name, quiet=args.quiet)
    with _threads(args) as threads:
        forecast = running.run_job(
            work,
            executor=threads,
            progress=progress,
            known=parts.known() if parts else None,
            on_part=parts.keep if parts else None,
        )
    progress.done()
    _write_files([forecast], args)
    if args.json:
        _print_json(forecast_answers.document(forecast, args.by, notes))
    else:
        sys.stdout.write(forecast_answers.text(forecast, notes))
    return 130 if forecast.stopped else 0


def compare(args: argparse.Namespace) -> int:
    """Forecast several scenarios, and their differences from the first."""
    found = [forecast_files.tables(name) for name in args.file]
    chosen = _chosen([one for item in found for one in variants.variants(item)], args.only)
    started = [forecast_files.started(one, args.from_return) for one in chosen]
    until = forecast_files.day(args.until, found[0].get("until"))
    progress = Progress("compare", quiet=args.quiet)
    with _threads(args) as threads:
        compared = comparing.compare(
            [scenario for scenario, _ in started],
            until=until,
            draws=_draws(args),
            reps_per_draw=args.reps,
            seed=args.seed,
            executor=threads,
            progress=progress,
        )
    progress.done()
    _write_files(compared.forecasts, args)
    notes = started[0][1]
    if args.json:
        documents = [forecast_answers.document(one, "month", notes) for one in compared.forecasts]
        frames = [compared.table(measure) for measure in comparing.HEADLINES]
        _print_json({"scenarios": documents, "differences": forecast_answers.rows(pl.concat(frames))})
    else:
        sys.stdout.write(_compared_text(compared, notes))
    return 0


def cheapest(args: argparse.Namespace) -> int:
    """The cheapest extra hours that reach the goal of the file."""
    found = forecast_files.tables(args.file)
    scenario, notes = forecast_files.started(variants.variants(found)[0], args.from_return)
    goal, choices = asked.goal(found), asked.choices(found)
    progress = Progress("cheapest", quiet=args.quiet)
    with _threads(args) as threads:
        answer = searching.cheapest(
            scenario, choices, goal, draws=args.draws, seed=args.seed, executor=threads, tell=progress.tell
        )
    progress.done()
    if args.json:
        _print_json({"goal": goal.words(), "notes": list(notes), **_plain(asdict(answer))})
    else:
        sys.stdout.write(_cheapest_text(answer))
    return 0


def calibrate(args: argparse.Namespace) -> int:
    """Fit the doubtful figures to a history."""
    scenario, known = _with_history(args)
    progress = Progress("calibrate", quiet=args.quiet)
    with _threads(args) as threads:
        fitted = calibrating.calibrate(
            scenario, known, sims=args.sims, seed=args.seed, executor=threads, progress=progress
        )
    progress.done()
    if args.out:
        forecast_files.write_draws(fitted.draws, args.out)
    if args.json:
        _print_json(_fitted(fitted))
    else:
        sys.stdout.write("\n".join(_fitted_lines(fitted)) + "\n")
    return 0


def backtest(args: argparse.Namespace) -> int:
    """Hide the last months of a history, forecast them, and score the forecast."""
    scenario, known = _with_history(args)
    progress = Progress("backtest", quiet=args.quiet)
    with _threads(args) as threads:
        tested = backtesting.backtest(
            scenario,
            known,
            hold_out_months=args.hold_out,
            sims=args.sims,
            seed=args.seed,
            executor=threads,
            progress=progress,
        )
    progress.done()
    if args.json:
        scores = [{**asdict(score), "beats_naive": score.beats_naive} for score in tested.scores]
        held = [asdict(one) for one in tested.held]
        _print_json(
            _plain(
                {"covered": tested.covered, "scores": scores, "held_out": held, **_fitted(tested.calibration)}
            )
        )
    else:
        sys.stdout.write("\n".join(_tested_lines(tested)) + "\n")
    return 0


# ---- what the verbs share


def _chosen(scenarios: list[Scenario], only: list[str] | None) -> list[Scenario]:
    """The base and the variants asked for by name."""
    names = [scenario.name for scenario in scenarios]
    for name in only or ():
        if name not in names:
            raise Unusable(f'--only: there is no variant "{name}"; there are {", ".join(names[1:])}')
    return [s for at, s in enumerate(scenarios) if only is None or at == 0 or s.name in only]


@contextmanager
def _threads(args: argparse.Namespace) -> Iterator[ThreadPoolExecutor]:
    if args.workers < 0:
        raise Unusable(f"--workers: must not be negative, here {args.workers}")
    with ThreadPoolExecutor(args.workers or os.cpu_count() or 1) as threads:
        yield threads


def _draws(args: argparse.Namespace) -> Draws | int:
    return forecast_files.posterior(args.posterior) if args.posterior else int(args.draws)


def _with_history(args: argparse.Namespace) -> tuple[Scenario, history.History]:
    found = forecast_files.tables(args.file)
    scenario, _ = forecast_files.started(variants.variants(found)[0], args.from_return)
    return scenario, history.read(forecast_files.text(args.history))


def _print_json(document: object) -> None:
    json.dump(_plain(document), sys.stdout, ensure_ascii=False, allow_nan=False, default=str)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    """Nothing in place of what is not a number: JSON has no word for it."""
    if isinstance(value, dict):
        return {word: _plain(item) for word, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _write_files(forecasts: Sequence[Forecast], args: argparse.Namespace) -> None:
    if args.parquet:
        frames = [tables.whole(forecast, by=("month", "district")) for forecast in forecasts]
        pl.concat(frames).write_parquet(forecast_files.folder_of(args.parquet))
    if args.charts:
        for name, picture in _pictures(forecasts):
            forecast_files.folder_of(f"{args.charts}/{name}.svg").write_text(picture, "utf-8")


def _pictures(forecasts: Sequence[Forecast]) -> Iterator[tuple[str, str]]:
    for milestone, days in zip(forecasts[0].names.milestones, forecasts[0].names.targets, strict=True):
        known = [m for m in PICTURES if milestone in measures.subjects(forecasts[0], m)]
        for measure in known if days else ():
            yield _file_name(milestone, measure), charts.fan(forecasts, measure, milestone)
    for pool in forecasts[0].names.pools:
        yield _file_name(pool, "waiting"), charts.fan(forecasts, "waiting", pool)


def _file_name(subject: str, measure: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{subject} {measure}".lower()).strip("-")


def _compared_text(compared: Comparison, notes: Sequence[str]) -> str:
    lines = []
    for forecast in compared.forecasts:
        text = forecast_answers.text(forecast, ()).split("\nwhat this rests on")[0]
        lines.append(text)
    lines += ["differences from the first, at the end (middle, and nine in ten between)"]
    for measure in comparing.HEADLINES:
        frame = compared.table(measure)
        last = frame.filter(pl.col("month") == pl.col("month").max())
        for row in last.iter_rows(named=True):
            if row["q50"] is not None:
                fan = f"{row['q50']:+,.2f} ({row['q05']:+,.2f} to {row['q95']:+,.2f})"
                lines.append(f"  {row['scenario']}: {measure} of {row['subject']} {fan}")
    lines += ["", *forecast_answers.assumed(compared.forecasts[0], notes)]
    return "\n".join(lines) + "\n"


def _cheapest_text(answer: searching.Cheapest) -> str:
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


def _fitted(fitted: calibrating.Calibration) -> dict[str, Any]:
    return {
        "simulations": fitted.simulations,
        "history_outside_prior": fitted.outside,
        "learned": [{**asdict(one), "words": one.words()} for one in fitted.learned],
    }


def _fitted_lines(fitted: calibrating.Calibration) -> list[str]:
    lines = [f"{fitted.simulations:,} simulated histories; {len(fitted.draws)} draws kept"]
    if fitted.outside:
        lines.append(
            f"{fitted.outside:.0%} of the history lies outside anything the scenario can give: check it"
        )
    for one in fitted.learned:
        lines.append(
            f"  {one.words()} (check: nine-in-ten intervals held the truth {one.coverage:.0%} of times)"
        )
    return lines


def _tested_lines(tested: backtesting.Backtest) -> list[str]:
    lines = [f"the nine-in-ten fan held {tested.covered:.0%} of {len(tested.held)} hidden figures"]
    for score in tested.scores:
        naive = ", ".join(f"{name} {error:,.3g}" for name, error in score.naive.items())
        better = "nearer than every naive guess" if score.beats_naive else "NOT nearer than every naive guess"
        lines.append(
            f"  {score.measure} of {score.subject}: mean error {score.error:,.3g}, {better} ({naive})"
        )
    return [*lines, *_fitted_lines(tested.calibration)]
