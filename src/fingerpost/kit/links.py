# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links of lists: the same page with one thing changed, pages of results, columns to sort by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fingerpost.kit.words import Link

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `key` makes it one to sort by."""

    title: str
    key: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as drawn: where its sort link leads, and how the rows stand now (as aria-sort says it)."""

    title: str
    href: str
    sorted: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to the pages of a list; None in `steps` stands for pages left out."""

    previous: str | None
    next: str | None
    steps: tuple[Link | None, ...]


def with_query(query: Query, **changes: object) -> str:
    """The query with these changes; a value of None or "" leaves the name out."""
    asked = {**query, **{name: str(value) for name, value in changes.items() if value is not None}}
    kept = {
        name: value for name, value in asked.items() if value and changes.get(name, value) not in (None, "")
    }
    return f"?{urlencode(kept)}"


def number(said: str) -> int:
    """The page that an address asks for; 1 if it makes no sense."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1


def headings(columns: Sequence[Column], query: Query, order: str) -> tuple[Heading, ...]:
    """`order` is the key sorted by, with a minus if the largest comes first. A new order opens page 1."""
    return tuple(_heading(column, query, order) for column in columns)


def _heading(column: Column, query: Query, order: str) -> Heading:
    if not column.key:
        return Heading(column.title, "", "", column.numeric)
    standing = {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "none")
    turned = f"-{column.key}" if standing == "ascending" else column.key
    return Heading(column.title, with_query(query, sort=turned, page=None), standing, column.numeric)


def paging(number: int, of: int, query: Query) -> Paging | None:
    """First, last, and the neighbours of page `number`; None when there is one page only."""
    if of <= 1:
        return None
    wanted = sorted({1, of, *range(max(1, number - 1), min(of, number + 1) + 1)})
    steps: list[Link | None] = []
    for before, page in zip([0, *wanted], wanted, strict=False):
        steps += [None] if page - before > 1 else []
        steps.append(Link(str(page), with_query(query, page=page), page == number))
    return Paging(
        previous=with_query(query, page=number - 1) if number > 1 else None,
        next=with_query(query, page=number + 1) if number < of else None,
        steps=tuple(steps),
    )
