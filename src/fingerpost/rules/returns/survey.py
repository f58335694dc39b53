# SPDX-License-Identifier: Apache-2.0
"""Reads a return as far as it goes, faults and all, and shows each person to those who count: no rule is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from fingerpost.rules.returns import header
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.opening import opened
from fingerpost.rules.returns.plain import Reader
from fingerpost.rules.returns.records import PersonRecord

Counting = Callable[[PersonRecord], None]


@dataclass(frozen=True, slots=True)
class Survey:
    """Whose return it was, and how many people it holds."""

    year: int
    la: str
    serial: str
    records: int


def survey(
    stream: BinaryIO, watch: Callable[[Layout], Iterable[Counting]], *, year: int | None = None
) -> Survey:
    """Read the return once; `watch` makes those who count for the layout of its year."""
    held = opened(stream)
    layout = header.layout_of(held.header, year)
    reader = Reader(layout)
    sender = header.values(held.header, reader.exact)
    counting = tuple(watch(layout))
    for _, people in held.read(reader.people):
        for person, _ in people:  # faults are for the check to name
            for count in counting:
                count(person)
    return Survey(layout.year, sender.get("LEA") or "", sender.get("SerialNo") or "", reader.many)
