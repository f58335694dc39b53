# SPDX-License-Identifier: Apache-2.0
"""Reads the step table of a pathway from TOML."""

from collections.abc import Callable, Mapping
from typing import Any

from fingerpost.rules.forecast import statutory
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.reading_fields import Fields, check_name
from fingerpost.rules.forecast.steps import OPS, Branch, Clock, Delay, End, Fork, Join, Mark, Step, Work


def read_steps(table: Mapping[str, Any]) -> list[Step]:
    """The steps of a table of tables."""
    steps = []
    for name, item in table.items():
        check_name("pathway", name)
        if not isinstance(item, Mapping):
            raise Unsuitable(f"pathway.{name}", f"write it as a table, [pathway.{name}]")
        fields = Fields(f"pathway.{name}", dict(item))
        op = fields.words("op")
        if op not in OPS:
            raise Unsuitable(
                f"pathway.{name}.op", f'"{op}" is not a kind of step; there are {", ".join(OPS)}'
            )
        steps.append(_MAKERS[op](name, fields))
        fields.done()
    return steps


def _work(name: str, f: Fields) -> Step:
    return Work(name, f.words("pool"), f.span("hours"), f.span("days"), f.words("next"), days_at(f, "due"))


def _fork(name: str, f: Fields) -> Step:
    return Fork(name, tuple(f.names("steps")), f.words("join"))


def _mark(name: str, f: Fields) -> Step:
    return Mark(name, f.words("milestone", name), f.words("next"), days_at(f, "target"))


def days_at(f: Fields, word: str) -> int | None:
    """A number of days, or the name of the duty that fixes them."""
    if not f.has(word):
        return None
    if f.is_words(word):
        return statutory.days(f.path(word), f.words(word))
    return f.whole(word)


_MAKERS: dict[str, Callable[[str, Fields], Step]] = {
    "work": _work,
    "delay": lambda name, f: Delay(name, f.span("days"), f.words("next")),
    "branch": lambda name, f: Branch(name, f.figure("share"), f.words("yes"), f.words("no")),
    "fork": _fork,
    "join": lambda name, f: Join(name, f.words("next")),
    "mark": _mark,
    "clock": lambda name, f: Clock(name, f.words("next")),
    "end": lambda name, f: End(name, f.words("outcome", name)),
}
