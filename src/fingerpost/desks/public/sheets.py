# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the desk's own data files, once each."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Sheet = dict[str, Any]


@cache
def sheet(name: str) -> Sheet:
    """The data file `name`.toml beside this module."""
    return tomllib.loads(
        files("fingerpost.desks.public").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    )
