# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads many plans at once, one reading process for each core; this process only hands over bytes and takes bytes."""

import argparse
import os
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from fingerpost.cli import plan_inputs
from fingerpost.cli.errors import Unusable
from fingerpost.rules.plan_quality.reading.fence import Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused

# So many answers may wait for a slow file before them. Each is some ten thousand bytes; what is attached is on disk.
_AHEAD = 48
_SUFFIX = {"html": ".html", "word": ".docx"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one file: a report, or one line on why not."""

    file: str
    report: bytes = b"{}"
    error: str = ""
    blocked: bool = True

    def as_json(self) -> str:
        """The report with its file's name in front; the reading process wrote it, and nobody reads it again here."""
        named = orjson.dumps({"file": self.file} | ({"error": self.error} if self.error else {}))
        body = b"" if self.error else self.report[1:-1]
        return (named[:-1] + (b"," + body if body else b"") + b"}").decode()


class _Readers(threading.local):
    """One reading process for each thread; a list that the threads share holds all, to be closed at the end."""

    def __init__(self, opened: list[Fence], seconds: float) -> None:
        self.fence = Fence(seconds=seconds)
        opened.append(self.fence)


def answers(files: Sequence[str], brief: Mapping[str, Any], args: argparse.Namespace) -> Iterator[Answer]:
    """Answers in the order of the files; one slow file holds up only itself."""
    workers = max(1, min(args.workers or os.cpu_count() or 1, len(files)))
    opened: list[Fence] = []
    readers = _Readers(opened, args.seconds)
    several = len(files) > 1

    def one(name: str) -> Answer:
        return _ask(readers.fence, name, brief, args, several)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from _in_order(pool, one, files, _AHEAD * workers)
    finally:
        for fence in opened:
            fence.close()


def _in_order(pool: ThreadPoolExecutor, one: Any, files: Sequence[str], ahead: int) -> Iterator[Answer]:
    waiting: deque[Future[Answer]] = deque()
    for name in files:
        waiting.append(pool.submit(one, name))
        if len(waiting) >= ahead or waiting[0].done():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _ask(
    fence: Fence, name: str, brief: Mapping[str, Any], args: argparse.Namespace, several: bool
) -> Answer:
    kinds = [kind for kind in _SUFFIX if getattr(args, kind)]
    order: dict[str, Any] = {"do": "check", "name": Path(name).name, "title": Path(name).stem, "brief": brief}
    order |= {kind: kind in kinds for kind in _SUFFIX}
    try:
        said, (report, *attached) = fence.ask(order, [plan_inputs.content(name)])
    except (Refused, Unusable) as problem:
        return Answer(name, error=str(problem).removeprefix(f"{name}: "))
    for kind, content in zip(kinds, attached, strict=True):
        _write(Path(getattr(args, kind)), content, f"{Path(name).name}{_SUFFIX[kind]}" if several else "")
    return Answer(name, report, blocked=said["blocked"])


def _write(path: Path, content: bytes, inside: str) -> None:
    target = path / inside if inside else path
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise Unusable(
            f"{target}: cannot be written ({problem.strerror}). Check the folder and your rights."
        ) from problem
