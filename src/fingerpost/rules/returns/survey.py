# SPDX-License-Identifier: Apache-2.0
"""Reads a return as far as it goes, faults and all, and shows each person to those who count: no rule is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from fingerpost.rules.returns import header
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.reading import Fault, Walker
from fingerpost.rules.returns.records import PersonRecord
from fingerpost.rules.returns.stream import Unreadable, people

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
    elements = people(stream)
    first = next(elements, None)
    if first is None or first.tag != "Header":
        raise Unreadable("the document has no <Header> before its persons.")
    layout = header.layout_of(first, year)
    walker = Walker(layout, _overlook)
    sender = header.values(first, walker)
    counting, ordinal = tuple(watch(layout)), 0
    for ordinal, element in enumerate(elements, start=1):
        person = walker.person(element, ordinal)
        for count in counting:
            count(person)
    return Survey(layout.year, sender.get("LEA") or "", sender.get("SerialNo") or "", ordinal)


def _overlook(fault: Fault) -> None:
    """Faults are for the check to name."""
