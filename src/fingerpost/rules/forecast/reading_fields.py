# SPDX-License-Identifier: Apache-2.0
"""One table of a scenario file, field by field: right type or one clear line; a field nobody asked for is a fault."""

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from reprlib import repr as shown
from typing import Any, get_args

from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import BASES, COUNTS, NUMBERS, ONE, Figure, Shape
from fingerpost.rules.forecast.spans import Span, SpanShape

MISSING: Any = object()
MOST_LETTERS, MOST_IN_A_NAME = 2_000, 100


class Fields:
    """The fields of one table; remembers what was asked for."""

    def __init__(self, path: str, items: dict[str, Any]) -> None:
        self._path, self._items, self._asked = path, items, set[str]()

    def path(self, word: str) -> str:
        """The full name of a field."""
        return f"{self._path}.{word}".strip(".")

    def has(self, word: str) -> bool:
        """Is the field there?"""
        self._asked.add(word)
        return word in self._items

    def done(self) -> None:
        """Refuse fields that nobody asked for: they are most likely spelt wrongly."""
        for word in self._items:
            if word not in self._asked:
                near = difflib.get_close_matches(word, self._asked, 1)
                hint = f'; did you mean "{near[0]}"?' if near else ""
                raise Unsuitable(self.path(word), f"no such field{hint}")

    def _take(self, word: str, usual: Any) -> Any:
        if self.has(word):
            return self._items[word]
        if usual is MISSING:
            raise Unsuitable(self.path(word), "this field is missing")
        return usual

    def words(self, word: str, usual: Any = MISSING) -> Any:
        """A piece of text."""
        found = self._take(word, usual)
        if found is not usual and not (
            isinstance(found, str) and found.strip() and len(found) <= MOST_LETTERS
        ):
            raise Unsuitable(self.path(word), f"write text in quotation marks, not {shown(found)}")
        if isinstance(found, str):
            check_text(self.path(word), found)
        return found

    def is_words(self, word: str) -> bool:
        """Is the field a piece of text?"""
        return isinstance(self._items.get(word), str)

    def choice(self, word: str, of: Sequence[str], usual: Any = MISSING) -> Any:
        """One of some words."""
        found = self._take(word, usual)
        if found is not usual and found not in of:
            raise Unsuitable(self.path(word), f"{shown(found)} is none of {', '.join(of)}")
        return found

    def truth(self, word: str, usual: bool) -> bool:
        """True or false."""
        found = self._take(word, usual)
        if not isinstance(found, bool):
            raise Unsuitable(self.path(word), f"write true or false, not {shown(found)}")
        return found

    def number(self, word: str, usual: Any = MISSING) -> float:
        """A number."""
        return number_at(self.path(word), self._take(word, usual))

    def whole(self, word: str, usual: Any = MISSING) -> int | None:
        """A whole number."""
        found = self._take(word, usual)
        if found is not usual and (isinstance(found, bool) or not isinstance(found, int)):
            raise Unsuitable(self.path(word), f"write a whole number, not {shown(found)}")
        return found  # type: ignore[no-any-return]

    def numbers(self, word: str, usual: Any = MISSING) -> tuple[float, ...]:
        """A list of numbers."""
        found = self._take(word, usual)
        if not isinstance(found, list | tuple):
            raise Unsuitable(self.path(word), f"write a list of numbers, not {shown(found)}")
        return tuple(number_at(f"{self.path(word)}.{at}", item) for at, item in enumerate(found))

    def names(self, word: str) -> list[str]:
        """A list of names; nothing there is an empty list."""
        found = self._take(word, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise Unsuitable(self.path(word), f"write a list of names in quotation marks, not {shown(found)}")
        return found

    def day(self, word: str, usual: Any = MISSING) -> date:
        """A date."""
        found = self._take(word, usual)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise Unsuitable(
                self.path(word), f"write a date like 2026-03-31, without quotation marks, not {shown(found)}"
            )
        return found

    def table(self, word: str) -> dict[str, Any]:
        """A table; nothing there is an empty one."""
        found = self._take(word, {})
        if not isinstance(found, Mapping):
            raise Unsuitable(self.path(word), f"write it as a table, [{self.path(word)}]")
        return dict(found)

    def items(self, word: str) -> list[Any]:
        """A list of anything; nothing there is an empty one."""
        found = self._take(word, [])
        if not isinstance(found, list):
            raise Unsuitable(self.path(word), "write it as a list")
        return found

    def figure(self, word: str, usual: Any = MISSING) -> Figure:
        """A number, or a table that says how sure we are of it."""
        found = self._take(word, usual)
        return found if isinstance(found, Figure) else figure_at(self.path(word), found)

    def span(self, word: str) -> Span:
        """A spread between cases."""
        return span_at(self.path(word), self._take(word, MISSING))


def check_text(field: str, text: str) -> None:
    """Refuse what does not show: line ends and control characters would reach terminals, tables and pictures."""
    if not text.isprintable():
        raise Unsuitable(field, f"write it in one line without control characters, not {shown(text)}")


def check_name(field: str, name: str) -> None:
    """The name of a table: something to read, short enough for a legend."""
    check_text(field, name)
    if not name.strip() or len(name) > MOST_IN_A_NAME:
        raise Unsuitable(field, f"a name has 1 to {MOST_IN_A_NAME} letters, here {len(name)}")


def number_at(field: str, found: Any) -> float:
    """A number, or the fault."""
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise Unsuitable(field, f"write a number, not {shown(found)}")
    return float(found)


def figure_at(field: str, found: Any) -> Figure:
    """`1200`, or `{uniform = [900, 1400], basis = "assumed", source = "…"}`."""
    if not isinstance(found, Mapping):
        return Figure("value", (number_at(field, found),))
    fields = Fields(field, dict(found))
    basis = fields.choice("basis", BASES, "stated")
    source = fields.words("source", "")
    shapes = [shape for shape in get_args(Shape) if fields.has(shape)]
    fields.done()
    if len(shapes) != 1:
        raise Unsuitable(field, f"give exactly one of {', '.join(COUNTS)}")
    inner = found[shapes[0]]
    numbers = inner if isinstance(inner, list) else [inner]
    if len(numbers) != COUNTS[shapes[0]]:
        raise Unsuitable(f"{field}.{shapes[0]}", f"takes {NUMBERS[shapes[0]]}")
    path = f"{field}.{shapes[0]}"
    return Figure(shapes[0], tuple(number_at(path, item) for item in numbers), basis, source)


def span_at(field: str, found: Any) -> Span:
    """`5`, `{between = [5, 19], basis = "assumed"}`, `{triangular = [1, 3, 9]}` or `{mean = 17.4, spread = 0.45}`."""
    if not isinstance(found, Mapping):
        return Span("exactly", (number_at(field, found),))
    fields = Fields(field, dict(found))
    if fields.has("mean"):
        mean = _with_basis(fields, fields.figure("mean"))
        span = Span("lognormal", (fields.number("spread", 0.0),), mean)
        fields.done()
        return span
    level = _with_basis(fields, fields.figure("level", ONE))
    shapes = [shape for shape in get_args(SpanShape) if shape != "lognormal" and fields.has(shape)]
    if len(shapes) != 1:
        raise Unsuitable(field, "give exactly one of mean, between, triangular, exactly")
    inner = found[shapes[0]]
    numbers = fields.numbers(shapes[0]) if isinstance(inner, list) else (fields.number(shapes[0]),)
    fields.done()
    return Span(shapes[0], numbers, level)


def _with_basis(fields: Fields, level: Figure) -> Figure:
    """The level of a spread; its basis and source may stand beside the spread."""
    basis, source = fields.choice("basis", BASES, level.basis), fields.words("source", level.source)
    return replace(level, basis=basis, source=source)
