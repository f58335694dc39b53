# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost clocks`: the legal clocks of cases in a file, with the reason for each date; no database, no web."""

import argparse
import sys
from collections.abc import Iterable
from typing import BinaryIO

from fingerpost.cli import (
    clocks_answers,
    clocks_input,
    clocks_next,
    clocks_pages,
    clocks_pool,
    clocks_what_if,
)
from fingerpost.cli.clocks_answers import Ask, Part
from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import register


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a case, a list of cases or JSON lines; - reads standard input",
    )
    parser.add_argument(
        "--json", action="store_true", help="answer in JSON; JSON lines are answered line by line"
    )
    parser.add_argument(
        "--explain", action="store_true", help="add the reasons, and in JSON the family's wording"
    )
    parser.add_argument(
        "--duties", metavar="IDS", help="only these duties, comma separated, or 'first-column'"
    )
    parser.add_argument(
        "--family",
        action="store_true",
        help="the readable answer in the family's words instead of the officer's",
    )
    parser.add_argument("--fail-on", choices=["breach"], help="end with exit code 1 if a case holds a breach")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes for big inputs (0: all cores)"
    )
    parser.add_argument(
        "--what-if", metavar="EVENT=DAY", action="append", help="what would change in one case, forwards"
    )
    parser.add_argument(
        "--back-from", metavar="EVENT=DAY", help="the latest day for each step before it, backwards"
    )
    parser.add_argument(
        "--next",
        action="store_true",
        help="where one case stands, and which steps are lawful from there today",
    )
    parser.add_argument("--may", metavar="EVENT", help="may this step be taken today in one case, or why not")
    parser.add_argument("--write-law-pages", metavar="DIR", help="write the law pages of the documents")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer every case; 0 done, 1 a case could not be answered (or a breach, if asked for)."""
    if args.write_law_pages:
        return clocks_pages.write(args.write_law_pages)
    if args.back_from:
        return clocks_what_if.backwards(args.back_from, as_json=args.json)
    if not args.file:
        raise Unusable("clocks: give a FILE of cases, or - for standard input; see fingerpost clocks --help")
    if args.what_if:
        return clocks_what_if.forwards(args.file, args.what_if, as_json=args.json)
    if args.next:
        return clocks_next.steps(args.file, as_json=args.json)
    if args.may:
        return clocks_next.may(args.file, args.may, as_json=args.json)
    ask = Ask(*_chosen(args.duties), args.explain, args.json, bool(args.fail_on), args.family)
    with clocks_input.opened(args.file) as stream:
        return _answer(stream, ask, args)


def _answer(stream: BinaryIO, ask: Ask, args: argparse.Namespace) -> int:
    found = clocks_input.read(stream, args.file)
    if isinstance(found, clocks_input.Whole):
        parts: Iterable[Part] = clocks_answers.document(found.value, ask)
    else:
        parts = clocks_pool.lines(found, ask, args.jobs)
    failed = False
    for part in parts:
        sys.stdout.buffer.write(part.text)
        failed |= part.errors > 0 or (args.fail_on == "breach" and part.breaches > 0)
    sys.stdout.buffer.flush()
    return int(failed)


def _chosen(words: str | None) -> tuple[int, tuple[str, ...]]:
    """All duties that a case calls for; those of the first column; or exactly the ones named."""
    law = register.current()
    if not words:
        return -1, ()
    if words == "first-column":
        return law.mask(register.FIRST_COLUMN), ()
    for name in words.split(","):
        if name not in law.duties:
            raise Unusable(f"--duties: '{name}' is not in the register; docs/law lists the ids")
    return -1, tuple(words.split(","))
