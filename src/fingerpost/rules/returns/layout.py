# SPDX-License-Identifier: Apache-2.0
"""The shape of the SEN2 return in each year: elements in order, how each is read, code sets, census days."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

NOTHING: dict[str | None, Any] = {None: None}  # an item that is not given has no value
FLAGS = NOTHING | {"0": False, "1": True}
GENDERS = NOTHING | {"1": "M", "2": "F", "0": "0", "9": "9"}
ELSEWHERE = "XXX"  # unknown, or outside England: allowed where a person moved, never as the sender


class UnknownYear(LookupError):
    """No shape is held for this year's return."""


class _Dates(dict[str | None, date | None]):
    """Days as written, ccyy-mm-dd; a KeyError means that the text is no real day."""

    def __missing__(self, text: str) -> date:
        if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
            raise KeyError(text)
        try:
            on = self[text] = date.fromisoformat(text)
        except ValueError:
            raise KeyError(text) from None
        return on


class _Texts(dict[str | None, str | None]):
    """Free text stands as written, without the blanks around it; a KeyError means that there is nothing but blanks."""

    def __missing__(self, text: str) -> str:
        stripped = text.strip()
        if not stripped:
            raise KeyError(text)
        return stripped


DATES, TEXTS = _Dates(NOTHING), _Texts(NOTHING)


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a record: its place, the field it fills, and the values it may take."""

    element: str
    place: int
    kind: str
    field: str
    values: Mapping[str | None, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """The return of one year."""

    year: int
    shape: int
    census_on: date
    activity_from: date
    activity_to: date
    records: Mapping[str, Mapping[str, Item]]
    authorities: Mapping[str, str]

    def elements(self, record: str) -> tuple[str, ...]:
        """The elements of a record in the order of this year."""
        return tuple(self.records[record])


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the data files beside this one."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def codes(name: str) -> Mapping[str, str]:
    """Code -> label of one code set, all years together (when a code came or went is for the rule book)."""
    return {row["code"]: row["label"] for row in table("codes.csv") if row["set"] == name}


@cache
def authorities(year: int) -> Mapping[str, str]:
    """Number -> name of the English authorities that send the return of that year."""
    return {
        row["la_number"]: row["name"]
        for row in table("authorities.csv")
        if int(row["first_return"]) <= year <= int(row["last_return"] or 9999)
    }


@cache
def every_authority() -> Mapping[str, str]:
    """Number -> name of every English authority held, past ones too."""
    return {row["la_number"]: row["name"] for row in table("authorities.csv")}


@cache
def _shapes() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("shapes.toml").read_text("utf-8"))


def years() -> tuple[int, ...]:
    """The years whose shape is held."""
    return tuple(int(year) for year in _shapes()["years"])


def moment(text: str | None) -> datetime | None:
    """A moment as the header writes it, ccyy-mm-ddThh:mm:ss and without a zone; None when it is not one."""
    if text is None or len(text) != 19:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - the return writes no zone
    except ValueError:
        return None


def _values(kind: str) -> Mapping[str | None, Any]:
    if kind == "authority":
        return NOTHING | {code: code for code in (*every_authority(), ELSEWHERE)}
    if kind in ("placement_rank", "sen_type_rank"):
        return NOTHING | {code: int(code) for code in codes(kind)}
    fixed: dict[str, Mapping[str | None, Any]] = {
        "date": DATES, "text": TEXTS, "flag": FLAGS, "gender": GENDERS, "record": {}
    }  # fmt: skip
    return fixed[kind] if kind in fixed else NOTHING | {code: code for code in codes(kind)}


def _items(elements: list[str]) -> dict[str, Item]:
    kinds, fields = _shapes()["kinds"], _shapes()["fields"]
    return {
        name: Item(name, place, kinds[name], fields.get(name, name), _values(kinds[name]))
        for place, name in enumerate(elements)
    }


@cache
def of(year: int) -> Layout:
    """The layout of one year's return; `UnknownYear` says which years are held."""
    known = _shapes()["years"].get(str(year))
    if known is None:
        held = f"{years()[0]} to {years()[-1]}"
        raise UnknownYear(f"{year} is not a return we know the shape of; known are the returns of {held}")
    elements: dict[str, list[str]] = {}
    for shape, records in _shapes()["shapes"].items():
        if int(shape) <= known["shape"]:
            elements |= records
    return Layout(
        year=year,
        shape=known["shape"],
        census_on=known["census_on"],
        activity_from=date(year - 1, 1, 1),
        activity_to=date(year - 1, 12, 31),
        records={record: _items(names) for record, names in elements.items()},
        authorities=authorities(year),
    )
