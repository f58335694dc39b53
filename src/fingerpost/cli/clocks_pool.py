# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers many lines for `fingerpost clocks`, chunk by chunk and in order; over all cores if they are many."""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from fingerpost.cli.clocks_answers import Ask, Part, chunk
from fingerpost.rules.duties import register

_SELDOM = 100_000  # objects made and not yet let go before the collector looks
_ALONE = 32  # chunks answered here before a pool is worth its start


def lines(chunks: Iterable[list[bytes]], ask: Ask, jobs: int) -> Iterator[Part]:
    """Answer in order; many chunks go over a pool, a few at a time so that memory stays constant."""
    _collect_seldom()
    numbered = _numbered(chunks)
    for block, first in islice(numbered, _ALONE):
        yield chunk(block, first, ask)
    following = next(numbered, None)
    if following is None:
        return
    workers = jobs or os.cpu_count() or 1
    rest = _chain(following, numbered)
    yield from _pooled(rest, ask, workers) if workers > 1 else (chunk(*block, ask) for block in rest)


def _collect_seldom() -> None:
    """Answers hold no circles, so looking for some after every few cases only costs time."""
    gc.set_threshold(_SELDOM)


def _chain(
    first: tuple[list[bytes], int], rest: Iterator[tuple[list[bytes], int]]
) -> Iterator[tuple[list[bytes], int]]:
    yield first
    yield from rest


def _numbered(chunks: Iterable[list[bytes]]) -> Iterator[tuple[list[bytes], int]]:
    number = 1
    for block in chunks:
        yield block, number
        number += len(block)


def _pooled(blocks: Iterator[tuple[list[bytes], int]], ask: Ask, workers: int) -> Iterator[Part]:
    register.current()
    waiting: deque[Future[Part]] = deque()
    with ProcessPoolExecutor(workers, initializer=_collect_seldom) as pool:
        for block, first in blocks:
            waiting.append(pool.submit(chunk, block, first, ask))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
