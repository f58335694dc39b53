# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2`: the national SEN2 return, read, checked, measured and made. Each verb has its module."""

import argparse
import importlib
import sys

# Verb -> module with `add(parser)`, ending in set_defaults(run=...), and what it does in a line.
VERBS: dict[str, tuple[str, str]] = {
    "import": ("fingerpost.cli.sen2_import", "load a return into the record"),
    "check": ("fingerpost.cli.sen2_check", "check returns against the rule book; needs no database"),
    "readiness": (
        "fingerpost.cli.sen2_readiness",
        "could the return be handed in today? for a nightly timer",
    ),
    "export": ("fingerpost.cli.sen2_export", "make a return from the record, checked on the way"),
    "measures": ("fingerpost.cli.sen2_measures", "every official measure of returns; needs no database"),
}


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="sen2_verb", metavar="VERB", required=True)
    chosen = _chosen()
    for name, (module, summary) in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        if chosen in (name, None):  # an analyst's check starts without the web
            importlib.import_module(module).add(verb)


def _chosen() -> str | None:
    return next((word for word in sys.argv[1:] if word in VERBS), None)
