# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost plan`: check EHC plans and compare two versions. Opens the files; the reading is done behind a fence."""

import argparse
import json
from datetime import date
from pathlib import Path

from fingerpost.cli import plan_beside, plan_inputs, plan_run, plan_words
from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.reading.fence import SECONDS, Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused

_BESIDE = {
    "before": "the plan as it was before this amendment",
    "review": "the report of the last annual review",
    "letter": "the letter that goes with the plan",
    "case": "the dates of the case, as `fingerpost clocks` takes them",
    "dispatch": "how the plan is sent, JSON: to, address, case_number, attachments, bcc, copies",
    "marks": "a person's marks for the criteria, JSON: by, on, marks; gives a local grade",
    "dismissals": "findings set aside, JSON list of {mark, reason, by, on}",
}


def add(parser: argparse.ArgumentParser) -> None:
    """The two verbs and their options."""
    verbs = parser.add_subparsers(dest="plan_verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="say what is weak in plans, and why")
    check.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=".docx, .pdf, .md, .txt or .json; a folder; or - for standard input",
    )
    check.add_argument("--child", metavar="FILE", help="the child's own record, JSON")
    check.add_argument(
        "--others",
        metavar="FILE",
        help="other children, one a line: first, last, UPN, NHS number, case number, address",
    )
    check.add_argument("--advice", metavar="DIR", help="folder with the advice the plan rests on")
    for option, what in _BESIDE.items():
        check.add_argument(f"--{option}", metavar="FILE", help=what)
    check.add_argument(
        "--stage", choices=("draft", "final"), help="what the plan is, when it does not say so itself"
    )
    check.add_argument(
        "--html",
        metavar="FILE",
        help="write a page with the plan's text and highlights (a folder for several plans)",
    )
    check.add_argument(
        "--word", metavar="FILE", help="write a Word copy with comments (a folder for several plans)"
    )
    check.add_argument(
        "--workers", type=int, metavar="N", help="reading processes at once (default: one for each core)"
    )
    check.add_argument(
        "--level",
        choices=("BLOCK", "FIX", "HINT"),
        default="HINT",
        help="leave out findings below this level in the readable report",
    )
    _shared(check)
    check.set_defaults(run=run)
    compare = verbs.add_parser("compare", help="say in plain words what changed between two plans")
    compare.add_argument("old", metavar="OLD")
    compare.add_argument("new", metavar="NEW")
    _shared(compare)
    compare.set_defaults(run=run_compare)


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument(
        "--today", type=_day, default=None, help="the day to check on (YYYY-MM-DD; default: today)"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="longest time for one file")


def run(args: argparse.Namespace) -> int:
    """Check each plan. 0 nothing blocks; 1 a BLOCK finding, or a file of several that could not be read; 2 unusable."""
    files = plan_inputs.files(args.files)
    with_fence = Fence(seconds=args.seconds)
    try:
        brief = plan_beside.brief(args, with_fence, _today(args))
    except Refused as problem:
        raise Unusable(str(problem)) from problem
    finally:
        with_fence.close()
    return plan_run.check(files, brief, args)


def run_compare(args: argparse.Namespace) -> int:
    """Say what changed."""
    names = (args.old, args.new)
    fence = Fence(seconds=args.seconds)
    order = {
        "do": "compare",
        "names": [Path(name).name for name in names],
        "brief": {"today": _today(args).isoformat()},
    }
    try:
        said, _ = fence.ask(order, [plan_inputs.content(name) for name in names])
    except Refused as problem:
        raise Unusable(f"{names[0]} or {names[1]}: {problem}") from problem
    finally:
        fence.close()
    print(json.dumps(said, ensure_ascii=False) if args.json else plan_words.changes(said))
    return 0


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as problem:
        raise argparse.ArgumentTypeError("not a date; write YYYY-MM-DD") from problem


def _today(args: argparse.Namespace) -> date:
    return args.today or date.today()  # noqa: DTZ011  the office's own calendar day
