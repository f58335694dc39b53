# SPDX-License-Identifier: Apache-2.0
"""The worked examples that come with the law files: three a duty, with literal dates and the count in words."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

SORTS = ("ordinary", "edge", "trap")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: the case as asked and the fields that the answer must have."""

    duty: str
    sort: str
    title: str
    count: str
    case: dict[str, object]
    expect: dict[str, object]


@cache
def of(duty: str) -> tuple[Example, ...]:
    """The examples of one duty."""
    return tuple(example for example in every() if example.duty == duty)


@cache
def every() -> tuple[Example, ...]:
    """All examples, in the order of the files."""
    folder = files(__package__).joinpath("worked")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(example for name in names for example in _read(folder.joinpath(name).read_text("utf-8")))


def _read(text: str) -> Iterator[Example]:
    for duty, rows in tomllib.loads(text).items():
        for sort in SORTS:
            title, count, case, expect = rows[sort]
            yield Example(duty, sort, title, count, orjson.loads(case), orjson.loads(expect))
