# SPDX-License-Identifier: Apache-2.0
"""Spreads the parts of an ensemble over any executor: about a second's work each, and none lost with its worker."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.kept import Kept

PART_SECONDS = 1.0
PARTS_A_WORKER = 3  # at least, so that nobody waits long for the last one
Span = tuple[int, int]  # from the first replication to before the last
Work = TypeVar("Work")
RunPart = Callable[[Work, int, int], Kept]
Finished = Iterator[tuple[int, int, Kept]]


def parts(work: Work, missing: list[Span], run_part: RunPart[Work], executor: Executor | None) -> Finished:
    """Parts as they are finished: the first replication at home, to see how long one takes."""
    if not missing:
        return
    (first, last), *rest = missing
    began = time.perf_counter()
    yield first, first + 1, run_part(work, first, first + 1)
    seconds = time.perf_counter() - began
    left = _cut([(first + 1, last), *rest], seconds)
    if executor is not None:
        yield from _spread(work, left, run_part, executor)
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        yield from _spread(work, left, run_part, threads)


def _cut(spans: list[Span], seconds: float) -> list[Span]:
    """Spans in pieces that take about a second, and fewer where there would be too few pieces for every worker."""
    count, pieces = sum(last - first for first, last in spans), PARTS_A_WORKER * (os.cpu_count() or 1)
    size = max(1, min(round(PART_SECONDS / max(seconds, 1e-6)), -(-count // pieces)))
    return [(first, min(first + size, high)) for low, high in spans for first in range(low, high, size)]


def _spread(work: Work, spans: list[Span], run_part: RunPart[Work], executor: Executor) -> Finished:
    waiting = {executor.submit(run_part, work, first, last): (first, last) for first, last in spans}
    try:
        while waiting:
            for future in _finished(waiting):
                first, last = waiting.pop(future)
                yield first, last, _answer(work, future, run_part, first, last)
    finally:
        for future in waiting:
            future.cancel()


def _finished(waiting: Mapping[Future[Kept], Span]) -> list[Future[Kept]]:
    """Those that are done; executors from elsewhere may have futures of another kind."""
    if all(isinstance(future, Future) for future in waiting):
        return list(wait(waiting, return_when=FIRST_COMPLETED).done)
    return [next(iter(waiting))]


def _answer(work: Work, future: Future[Kept], run_part: RunPart[Work], first: int, last: int) -> Kept:
    """The part, run again at home if its worker was lost."""
    try:
        return future.result()
    except Unsuitable:
        raise
    except Exception:  # a killed worker, a broken line: the part is the same wherever it is run
        return run_part(work, first, last)
