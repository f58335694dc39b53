# SPDX-License-Identifier: Apache-2.0
"""The ready-made pathways that come with the program."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fingerpost.rules.forecast.faults import Unsuitable


@cache
def names() -> tuple[str, ...]:
    """The names of the ready-made pathways."""
    folder = files(__package__).joinpath("pathways")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath("pathways", f"{name}.toml").read_text("utf-8")


def tables(name: str, field: str = "pathways") -> dict[str, Any]:
    """The tables of one ready-made pathway."""
    if name not in names():
        raise Unsuitable(field, f'there is no ready-made pathway "{name}"; there are {", ".join(names())}')
    return tomllib.loads(_text(name))
