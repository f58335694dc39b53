# SPDX-License-Identifier: AGPL-3.0-or-later
"""Status words and colours, read once from tags.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COLOURS = frozenset({"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"})


class UnknownStatus(Exception):
    """A page asked for a status that tags.toml does not name."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Words in a coloured box; the words alone say it all."""

    text: str
    colour: str


def status(kind: str, name: str, *, family: bool = False) -> Tag:
    """The tag of one status: `status("clock", "breach")`."""
    try:
        row = _rows()[kind][name]
    except KeyError:
        raise UnknownStatus(f"kit/tags.toml has no [{kind}.{name}]; add its words and colour there") from None
    return Tag(row["family" if family else "words"], row["colour"])


@cache
def _rows() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("fingerpost.kit").joinpath("tags.toml").read_text(encoding="utf-8"))
