# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words for what a return left in doubt, read once from held.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

NOTE = "Kept as a note. It changes no date by itself."


def title(pattern: str) -> str:
    return str(_said(pattern).get("title", pattern.replace("-", " ").capitalize()))


def why(pattern: str) -> str:
    return str(_said(pattern).get("why", ""))


def sentence(said: str) -> str:
    """With a capital; an empty choice opens the question again."""
    return said[:1].upper() + said[1:] if said else "Opened again"


def does(pattern: str, choice: str) -> str:
    """What this answer does to the record."""
    return str(_said(pattern).get("does", {}).get(choice, NOTE))


def offered(pattern: str, choice: str) -> str:
    """The answer as the form offers it: one that is only kept says so beside itself."""
    kept = does(pattern, choice) == NOTE
    return f"{sentence(choice)} (kept as a note, changes no date)" if kept else sentence(choice)


def patterns() -> tuple[str, ...]:
    return tuple(_words())


def _said(pattern: str) -> Mapping[str, Any]:
    return _words().get(pattern, {})


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("fingerpost.desks.casework").joinpath("held.toml").read_text(encoding="utf-8"))
