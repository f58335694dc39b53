# SPDX-License-Identifier: AGPL-3.0-or-later
"""SEN2 returns named on the command line: one by one or over an executor; one bad file stops no other."""

import csv
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from fingerpost.cli.errors import Unusable
from fingerpost.rules.returns.rounds import without_rounds
from fingerpost.rules.returns.rule_book import Establishment
from fingerpost.rules.returns.unreadable import Unreadable

T = TypeVar("T")
COLUMNS = (("URN", "TypeOfEstablishment (code)"), ("urn", "type_code"))  # the register, and our made-up one
EVERY = 2.0  # seconds between two lines on how far it is
PROVISION = "TypeOfResourcedProvision (name)"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of one file: an answer, or the one line that says why there is none."""

    file: str
    answer: T | None
    problem: str | None


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """A return as a stream of bytes; `-` is standard input."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as problem:
        reason = problem.strerror or "the system says no more"
        raise Unusable(f"{name}: cannot be opened ({reason}); give the XML file of a return, or -") from None


def one(work: Callable[[BinaryIO, str], T], name: str) -> Outcome[T]:
    """Do the work on one file."""
    try:
        with opened(name) as stream, without_rounds():
            return Outcome(name, work(stream, name), None)
    except Unreadable as problem:
        return Outcome(name, None, f"{name}: {problem}")
    except Unusable as problem:
        return Outcome(name, None, str(problem))
    except OSError as problem:
        return Outcome(
            name, None, f"{name}: cannot be read ({problem.strerror}); give the XML file of a return"
        )


def each(
    names: Sequence[str],
    work: Callable[[BinaryIO, str], T],
    *,
    jobs: int = 0,
    executor: Executor | None = None,
) -> Iterator[Outcome[T]]:
    """Every file in the order given, on all cores or on the executor handed in (any of `concurrent.futures` kind)."""
    doing = partial(one, work)
    if executor is not None:
        yield from _counted(executor.map(doing, names), len(names))
        return
    workers = min(jobs or os.cpu_count() or 1, len(names))
    if workers <= 1 or "-" in names:
        yield from _counted(map(doing, names), len(names))
        return
    try:
        with ProcessPoolExecutor(workers, initializer=_leave_stopping_to_the_first) as pool:
            yield from _counted(pool.map(doing, names), len(names))
    except BrokenProcessPool:
        raise Unusable(
            "a worker was stopped by the machine, perhaps for memory; try again with --jobs 1"
        ) from None


def _leave_stopping_to_the_first() -> None:
    """Ctrl-C reaches every process of the command; only the first answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _counted(outcomes: Iterator[Outcome[T]], total: int) -> Iterator[Outcome[T]]:
    """The outcomes, with a line on standard error now and then; who stops it hears that nothing is kept."""
    done, said = 0, time.monotonic()
    try:
        for outcome in outcomes:
            done += 1
            yield outcome
            if total > 1 and time.monotonic() - said >= EVERY:
                print(f"{done} of {total} files", file=sys.stderr, flush=True)
                said = time.monotonic()
    except KeyboardInterrupt:
        raise Unusable(
            f"stopped after {done} of {total} files; nothing is kept, so begin again or name fewer files"
        ) from None


def all_unreadable(outcomes: Sequence[Outcome[T]]) -> None:
    """When there is only one file and it cannot be read, that is the end of it."""
    if len(outcomes) == 1 and outcomes[0].problem is not None:
        raise Unusable(outcomes[0].problem)


def say_problems(outcomes: Sequence[Outcome[T]]) -> bool:
    """Name each file that could not be read, on standard error; True if there was one."""
    problems = [outcome.problem for outcome in outcomes if outcome.problem is not None]
    for problem in problems:
        print(f"fingerpost: {' '.join(problem.split())}", file=sys.stderr)
    return bool(problems)


def register(name: str | None) -> Mapping[str, Establishment] | None:
    """The schools register (the CSV of all establishments, in Windows-1252), by URN."""
    if name is None:
        return None
    try:
        text = Path(name).read_bytes().decode("cp1252", "replace")
    except OSError as problem:
        raise Unusable(
            f"{name}: cannot be read ({problem.strerror}); give the CSV of all establishments"
        ) from None
    rows = csv.DictReader(line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    columns = next((names for names in COLUMNS if set(names) <= set(rows.fieldnames or ())), None)
    if columns is None:
        raise Unusable(
            f"{name}: no columns URN and TypeOfEstablishment (code); give the CSV of all establishments"
        )
    return {row[columns[0]]: _establishment(row, columns[1]) for row in rows}


def _establishment(row: dict[str, str], type_code: str) -> Establishment:
    provision = (row.get(PROVISION) or "").casefold()
    both = not provision  # an old extract without the column condemns nobody
    return Establishment(
        type_code=row[type_code],
        sen_unit=both or "unit" in provision,
        resourced=both or "resourced" in provision,
    )
