# SPDX-License-Identifier: Apache-2.0
"""Checks a SEN2 return against the rule book as it streams past: every finding with person, item, value and line."""

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from fingerpost.rules.returns import header
from fingerpost.rules.returns.checking import Checking, Report, Watcher
from fingerpost.rules.returns.findings import Finding, Summary
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.opening import opened
from fingerpost.rules.returns.rule_book import Establishment

__all__ = ["Finding", "Summary", "Watcher", "check"]


def check(
    stream: BinaryIO,
    report: Report,
    *,
    year: int | None = None,
    register: Mapping[str, Establishment] | None = None,
    before: Mapping[str, int] | None = None,
    watch: Callable[[Layout], Iterable[Watcher]] | None = None,
) -> Summary:
    """Read the return once, handing each finding to `report`, then each person to the watchers of that layout.

    The records that the watchers see carry no line below the person.
    """
    held = opened(stream)
    layout = header.layout_of(held.header, year)
    checking = Checking(layout, report, register)
    checking.header(held.header)
    watching = tuple(watch(layout)) if watch is not None else ()
    for group, people in held.read(checking.reader.people):
        checking.people(group, people, watching)
    return checking.finish(before or {})
