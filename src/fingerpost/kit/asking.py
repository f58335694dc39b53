# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the address of a list asks for: which rows, in which order, which page. What makes no sense is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from fingerpost.kit import links

F = TypeVar("F")
MINE = "mine"


@dataclass(frozen=True, slots=True)
class Asked(Generic[F]):
    """What the address asks for; `query` is as much of it as the links of the page keep."""

    filters: F
    sort: str
    page: int
    query: Mapping[str, str]


def said(cleaned: Mapping[str, Any], names: Sequence[str], *, reader: UUID) -> dict[str, str]:
    """Each filter by its name, empty where it is not set; an officer called "mine" is the reader."""
    found = {name: str(cleaned.get(name) or "") for name in names}
    officer = str(reader) if found["officer"] == MINE else found["officer"]
    return found | {"officer": officer, "text": found["text"].replace(",", " ")}


def asked(filters: F, query: Mapping[str, str], names: Sequence[str], *, first: str) -> Asked[F]:
    """The filters with the order, `first` unless another is asked for, and the page."""
    kept = {name: value for name, value in query.items() if name in (*names, "sort") and value}
    return Asked(filters, query.get("sort", first), links.number(query.get("page", "1")), kept)
