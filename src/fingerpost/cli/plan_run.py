# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks plans and prints each answer as it comes, so that memory stays flat."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from fingerpost.cli import plan_pool, plan_words
from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.version import RULES_VERSION


def check(files: Sequence[str], brief: Mapping[str, Any], args: argparse.Namespace) -> int:
    """Check and print; the exit code."""
    several = len(files) > 1
    if several:
        _folders(args)
        print(*_opening(args), sep="\n", end="")
    blocked = unread = 0
    for number, answer in enumerate(plan_pool.answers(files, brief, args), start=1):
        if answer.error and not several:
            raise Unusable(f"{answer.file}: {answer.error}")
        blocked += answer.blocked
        unread += bool(answer.error)
        print(_said(answer, args, several, number), flush=True)
        _progress(number, len(files))
    if several:
        print(*_closing(args, len(files), blocked, unread), sep="\n")
    if unread == len(files):
        return 2
    return 1 if blocked else 0


def _folders(args: argparse.Namespace) -> None:
    for target in filter(None, (args.html, args.word)):
        try:
            Path(target).mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Unusable(
                f"{target}: with several plans this must be a folder. Give the name of a folder."
            ) from problem


def _said(answer: plan_pool.Answer, args: argparse.Namespace, several: bool, number: int) -> str:
    if not args.json:
        return plan_words.report(answer.file, orjson.loads(answer.report), answer.error, level=args.level)
    return ("," if several and number > 1 else "") + answer.as_json()


def _opening(args: argparse.Namespace) -> tuple[str, ...]:
    return (f'{{"rules_version": {json.dumps(RULES_VERSION)}, "plans": [', "") if args.json else ()


def _closing(args: argparse.Namespace, count: int, blocked: int, unread: int) -> tuple[str, ...]:
    if args.json:
        return ("]}",)
    return ("", f"{count} plans: {blocked - unread} with a BLOCK finding, {unread} could not be read.")


def _progress(number: int, count: int) -> None:
    if count > 1 and sys.stderr.isatty() and (number % 10 == 0 or number == count):
        print(
            f"\r{number} of {count} plans", end="\n" if number == count else "", file=sys.stderr, flush=True
        )
    elif count >= 100 and (number % 100 == 0 or number == count):
        print(f"{number} of {count} plans", file=sys.stderr, flush=True)
