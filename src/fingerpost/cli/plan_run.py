# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks many plans at once, one reading process for each core, and writes each answer as it comes, so
memory stays flat."""

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from fingerpost.cli import plan_inputs, plan_words
from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.reading.fence import Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.version import RULES_VERSION


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one file: a report, or one line on why not."""

    file: str
    report: bytes = b"{}"
    attached: Mapping[str, bytes] = field(default_factory=dict)
    error: str = ""
    blocked: bool = True

    def as_json(self) -> str:
        """The report with its file's name in front; the reading process wrote it, and nobody reads it again here."""
        named = orjson.dumps({"file": self.file} | ({"error": self.error} if self.error else {}))
        body = b"" if self.error else self.report[1:-1]
        return (named[:-1] + (b"," + body if body else b"") + b"}").decode()


def check(files: Sequence[str], brief: Mapping[str, Any], args: argparse.Namespace) -> int:
    """Check and print; the exit code."""
    several = len(files) > 1
    if several:
        _folders(args)
        print(*_opening(args), sep="\n", end="")
    blocked = unread = 0
    for number, answer in enumerate(_answers(files, brief, args), start=1):
        if answer.error and not several:
            raise Unusable(f"{answer.file}: {answer.error}")
        blocked += answer.blocked
        unread += bool(answer.error)
        _write(answer, args, several)
        print(_said(answer, args, several, number), flush=True)
        _progress(number, len(files))
    if several:
        print(*_closing(args, len(files), blocked, unread), sep="\n")
    if unread == len(files):
        return 2
    return 1 if blocked else 0


def _answers(files: Sequence[str], brief: Mapping[str, Any], args: argparse.Namespace) -> Iterator[Answer]:
    """Answers in the order of the files, with only a few files in memory at a time."""
    workers = max(1, min(args.workers or os.cpu_count() or 1, len(files)))
    own = threading.local()
    fences: list[Fence] = []

    def one(name: str) -> Answer:
        if not hasattr(own, "fence"):
            own.fence = Fence(seconds=args.seconds)
            fences.append(own.fence)
        return _ask(own.fence, name, brief, args)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from _in_order(pool, one, files, 3 * workers)
    finally:
        for fence in fences:
            fence.close()


def _in_order(pool: ThreadPoolExecutor, one: Any, files: Sequence[str], ahead: int) -> Iterator[Answer]:
    waiting: list[Future[Answer]] = []
    for name in files:
        waiting.append(pool.submit(one, name))
        if len(waiting) >= ahead:
            yield waiting.pop(0).result()
    while waiting:
        yield waiting.pop(0).result()


def _ask(fence: Fence, name: str, brief: Mapping[str, Any], args: argparse.Namespace) -> Answer:
    order = {
        "do": "check",
        "name": Path(name).name,
        "title": Path(name).stem,
        "brief": brief,
        "html": bool(args.html),
        "word": bool(args.word),
    }
    try:
        said, (report, *attached) = fence.ask(order, [plan_inputs.content(name)])
    except (Refused, Unusable) as problem:
        return Answer(name, error=str(problem).removeprefix(f"{name}: "))
    kinds = [kind for kind in ("html", "word") if getattr(args, kind)]
    return Answer(name, report, dict(zip(kinds, attached, strict=True)), blocked=said["blocked"])


def _folders(args: argparse.Namespace) -> None:
    for target in filter(None, (args.html, args.word)):
        try:
            Path(target).mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Unusable(
                f"{target}: with several plans this must be a folder. Give the name of a folder."
            ) from problem


def _write(answer: Answer, args: argparse.Namespace, several: bool) -> None:
    for kind, suffix in (("html", ".html"), ("word", ".docx")):
        if kind in answer.attached:
            path = Path(getattr(args, kind))
            target = path / f"{Path(answer.file).name}{suffix}" if several else path
            try:
                target.write_bytes(answer.attached[kind])
            except OSError as problem:
                raise Unusable(
                    f"{target}: cannot be written ({problem.strerror}). Check the folder and your rights."
                ) from problem


def _said(answer: Answer, args: argparse.Namespace, several: bool, number: int) -> str:
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
