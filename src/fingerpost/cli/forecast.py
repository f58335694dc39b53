# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost forecast`: what a capacity decision will do to the waits; no database, no web."""

import argparse
from collections.abc import Callable
from importlib import import_module

from fingerpost.cli import forecast_source
from fingerpost.cli.errors import Unusable
from fingerpost.rules.forecast.faults import Unsuitable

VERBS: dict[str, str] = {
    "run": "forecast one scenario",
    "compare": "forecast scenarios with the same chances, and their differences",
    "cheapest": "the cheapest extra hours that reach the goal of the file",
    "calibrate": "fit the doubtful figures of a scenario to a history",
    "backtest": "hide the last months of a history, forecast them, and score the forecast",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    nested = parser.add_subparsers(dest="forecast_verb", metavar="VERB", required=True)
    for name, summary in VERBS.items():
        verb = nested.add_parser(name, help=summary, description=summary)
        many = "+" if name == "compare" else None
        verb.add_argument(
            "file", metavar="FILE", nargs=many, help="a scenario in TOML; - reads standard input"
        )
        _add_shared(verb)
        _OWN[name](verb)
        verb.set_defaults(run=_guarded(name))


def _add_shared(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--until", metavar="DATE", help="last day of the forecast, instead of the file's")
    verb.add_argument("--seed", type=int, default=1, help="the same seed gives the same figures (1)")
    verb.add_argument("--workers", type=int, default=0, metavar="N", help="threads (0: all cores)")
    verb.add_argument("--from-return", metavar="XML", help="start from the open cases of this SEN2 return")
    verb.add_argument("--json", action="store_true", help="one JSON document on standard output")
    verb.add_argument("--quiet", action="store_true", help="no progress on standard error")


def _add_ensemble(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--draws", type=int, default=200, metavar="N", help="draws of the doubtful figures (200)"
    )
    verb.add_argument("--reps", type=int, default=1, metavar="N", help="replications of each draw (1)")
    verb.add_argument("--posterior", metavar="PARQUET", help="draws that `calibrate --out` has written")


def _add_answers(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--parquet", metavar="FILE", help="write the tidy table, by month and district")
    verb.add_argument(
        "--charts", metavar="FOLDER", help="write fan charts as SVG, and their figures as Markdown"
    )
    verb.add_argument(
        "--keep", metavar="FOLDER", help="keep finished parts here; run again to go on from them"
    )


def _own_run(verb: argparse.ArgumentParser) -> None:
    _add_ensemble(verb)
    _add_answers(verb)
    verb.add_argument(
        "--by", choices=["month", "district"], default="month", help="detail of the JSON (month)"
    )


def _own_compare(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--only", metavar="NAME", action="append", help="only this variant beside the base; may be repeated"
    )
    _add_ensemble(verb)
    _add_answers(verb)


def _own_cheapest(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--draws", type=int, default=100, metavar="N", help="draws of the doubtful figures (100)"
    )


def _own_calibrate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--history", metavar="CSV", required=True, help="month,measure,subject,value")
    verb.add_argument("--sims", type=int, default=2000, metavar="N", help="simulated histories (2000)")
    verb.add_argument("--out", metavar="PARQUET", help="write the posterior draws")


def _own_backtest(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--history", metavar="CSV", required=True, help="month,measure,subject,value")
    verb.add_argument("--sims", type=int, default=2000, metavar="N", help="simulated histories (2000)")
    verb.add_argument("--hold-out", type=int, default=12, metavar="MONTHS", help="months to hide (12)")


_OWN: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "run": _own_run,
    "compare": _own_compare,
    "cheapest": _own_cheapest,
    "calibrate": _own_calibrate,
    "backtest": _own_backtest,
}


def _guarded(verb: str) -> Callable[[argparse.Namespace], int]:
    """A scenario that cannot be run is input that cannot be used: one line, exit code 2."""

    def run(args: argparse.Namespace) -> int:
        if args.seed < 0:
            raise Unusable(f"--seed: must not be negative, here {args.seed}")
        try:
            forecast_source.check([args.file] if isinstance(args.file, str) else args.file)
            return _act(verb)(args)
        except Unsuitable as fault:
            raise Unusable(f"scenario: {fault}") from None

    return run


def _act(verb: str) -> Callable[[argparse.Namespace], int]:
    """The function of a verb; its module compiles the engine, which takes seconds, so it is loaded last."""
    act: Callable[[argparse.Namespace], int] = getattr(import_module("fingerpost.cli.forecast_verbs"), verb)
    return act
