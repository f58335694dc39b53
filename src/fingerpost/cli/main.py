# SPDX-License-Identifier: AGPL-3.0-or-later
"""The `fingerpost` command: finds the verb, runs it, turns its errors into one line and an exit code."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from fingerpost.cli.errors import Unusable

# Verb -> the module that carries it. Each has `add(parser)` and `run(args)`, or nested verbs of its own.
VERBS: dict[str, tuple[str, str]] = {
    "clocks": ("fingerpost.cli.clocks", "legal clocks of cases, with the reason for each date"),
    "sen2": ("fingerpost.cli.sen2", "the national SEN2 return: import, check, measures, export"),
    "plan": ("fingerpost.cli.plan", "read an EHC plan and say what is weak, and why"),
    "forecast": ("fingerpost.cli.forecast", "what a capacity decision will do to the waits"),
    "demo": ("fingerpost.cli.demo", "the made-up area"),
    "database": ("fingerpost.cli.database", "start, stop and look at the zero set-up database"),
    "migrate": ("fingerpost.cli.migrate", "bring the database to this version"),
    "serve": ("fingerpost.cli.serve", "serve the pages"),
    "worker": ("fingerpost.cli.worker", "do the jobs that pages ask for, and the nightly ones"),
    "account": ("fingerpost.cli.account", "areas, teams, users, and who may see a child"),
    "docs": ("fingerpost.cli.docs", "write the pages of the documents that are generated"),
    "log": ("fingerpost.cli.log", "seal and verify the journal"),
}


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fingerpost", description="The open system for a SEND local area partnership."
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, (module, summary) in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        if name == chosen:  # only the chosen room is imported, so that a rule verb starts without the web
            importlib.import_module(module).add(verb)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Exit codes: 0 done, 1 done with findings, 2 input unusable, 130 interrupted."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in words if not word.startswith("-")), None)
    args = _parser(chosen).parse_args(words)
    return _guarded(args.run, args)


def _guarded(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    try:
        code = run(args)
        sys.stdout.flush()
        return code
    except Unusable as problem:
        print(f"fingerpost: {' '.join(str(problem).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("fingerpost: interrupted; what was already written stays", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
