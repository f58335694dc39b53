# SPDX-License-Identifier: AGPL-3.0-or-later
"""The five verbs of `fingerpost forecast`."""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from typing import Any

import polars as pl

from fingerpost.cli import (
    forecast_answers,
    forecast_files,
    forecast_source,
    forecast_text,
    forecast_words,
    forecast_writing,
)
from fingerpost.cli.errors import Unusable
from fingerpost.cli.forecast_progress import Progress
from fingerpost.rules.forecast import (
    asked,
    backtesting,
    calibrating,
    comparing,
    history,
    running,
    variants,
)
from fingerpost.rules.forecast import cheapest as searching
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.scenario import Scenario

MOST_WORKERS = 1024


def run(args: argparse.Namespace) -> int:
    """Forecast one scenario; 130 if stopped, with what was finished."""
    forecast_files.ready((args.keep, args.charts), (args.parquet,))
    found = forecast_source.tables(args.file)
    scenario, notes = forecast_files.started(variants.variants(found)[0], args.from_return)
    until = forecast_files.day(args.until, found.get("until"))
    work = running.job(
        scenario, until=until, draws=_draws(args, scenario), reps_per_draw=args.reps, seed=args.seed
    )
    progress = Progress(scenario.name, quiet=args.quiet)
    with _threads(args) as threads:
        store = forecast_files.Parts(args.keep, work) if args.keep else None
        forecast = running.run_job(work, executor=threads, progress=progress, store=store)
    progress.done()
    forecast_writing.write_files([forecast], args)
    if args.json:
        forecast_writing.print_json(forecast_answers.document(forecast, args.by, notes))
    else:
        sys.stdout.write(forecast_text.one(forecast, notes))
    return 130 if forecast.stopped else 0


def compare(args: argparse.Namespace) -> int:
    """Forecast several scenarios, and their differences from the first; 130 if stopped, with those finished."""
    forecast_files.ready((args.keep, args.charts), (args.parquet,))
    found = [forecast_source.tables(name) for name in args.file]
    chosen = _chosen([one for item in found for one in variants.variants(item)], args.only)
    started = [forecast_files.started(one, args.from_return) for one in chosen]
    until = forecast_files.day(args.until, found[0].get("until"))
    progress = Progress("compare", quiet=args.quiet)
    with _threads(args) as threads:
        compared = comparing.compare(
            [scenario for scenario, _ in started],
            until=until,
            draws=_draws(args, started[0][0]),
            reps_per_draw=args.reps,
            seed=args.seed,
            executor=threads,
            progress=progress,
            store=partial(forecast_files.Parts, args.keep) if args.keep else None,
        )
    progress.done()
    forecast_writing.write_files(compared.forecasts, args)
    notes = started[0][1]
    if args.json:
        documents = [forecast_answers.document(one, "month", notes) for one in compared.forecasts]
        frames = [compared.table(measure) for measure in comparing.HEADLINES]
        forecast_writing.print_json(
            {"scenarios": documents, "differences": forecast_answers.rows(pl.concat(frames))}
        )
    else:
        sys.stdout.write(forecast_words.compared(compared, notes))
    return 130 if compared.stopped else 0


def cheapest(args: argparse.Namespace) -> int:
    """The cheapest extra hours that reach the goal of the file."""
    found = forecast_source.tables(args.file)
    scenario, notes = forecast_files.started(variants.variants(found)[0], args.from_return)
    goal, choices = asked.goal(found), asked.choices(found)
    progress = Progress("cheapest", quiet=args.quiet)
    with _threads(args) as threads:
        answer = searching.cheapest(
            scenario, choices, goal, draws=args.draws, seed=args.seed, executor=threads, tell=progress.tell
        )
    progress.done()
    if args.json:
        forecast_writing.print_json({**asdict(answer), "goal": goal.words(), "notes": list(notes)})
    else:
        sys.stdout.write(forecast_words.cheapest(answer))
    return 0


def calibrate(args: argparse.Namespace) -> int:
    """Fit the doubtful figures to a history."""
    forecast_files.ready((), (args.out,))
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
        forecast_writing.print_json(_fitted(fitted))
    else:
        sys.stdout.write("\n".join(forecast_words.fitted(fitted)) + "\n")
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
        found = {"covered": tested.covered, "scores": scores, "held_out": held, **_fitted(tested.calibration)}
        forecast_writing.print_json(found)
    else:
        sys.stdout.write("\n".join(forecast_words.tested(tested)) + "\n")
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
    if not 0 <= args.workers <= MOST_WORKERS:
        raise Unusable(f"--workers: must be between 0 and {MOST_WORKERS}, here {args.workers}")
    with ThreadPoolExecutor(args.workers or os.cpu_count() or 1) as threads:
        yield threads


def _draws(args: argparse.Namespace, scenario: Scenario) -> Draws | int:
    return forecast_files.posterior(args.posterior, scenario) if args.posterior else int(args.draws)


def _with_history(args: argparse.Namespace) -> tuple[Scenario, history.History]:
    found = forecast_source.tables(args.file)
    scenario, _ = forecast_files.started(variants.variants(found)[0], args.from_return)
    return scenario, history.read(forecast_source.text(args.history))


def _fitted(fitted: calibrating.Calibration) -> dict[str, Any]:
    return {
        "simulations": fitted.simulations,
        "history_outside_prior": fitted.outside,
        "learned": [{**asdict(one), "words": one.words()} for one in fitted.learned],
    }
