# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names from plants, birds, weather and trades; first and last are drawn apart, and no list of real people is used."""

import tomllib
from collections.abc import Collection
from importlib.resources import files

import numpy as np

_TEXT = files("fingerpost.demo").joinpath("data/words.toml").read_text(encoding="utf-8")
WORDS: dict[str, list[str]] = {name: text.split() for name, text in tomllib.loads(_TEXT).items()}
FIRST = WORDS["first"]
LAST = [f"{head}{tail}" for head in WORDS["last_heads"] for tail in WORDS["last_tails"]]


class Namer:
    """Deals names that no earlier child of this area bears together, and never a surname kept for somebody."""

    def __init__(self, rng: np.random.Generator, kept: Collection[str] = ()) -> None:
        self._rng = rng
        self._taken: set[tuple[str, str]] = set()
        self._kept = kept

    def next(self) -> tuple[str, str]:
        """Forename and surname."""
        while True:
            name = (FIRST[int(self._rng.integers(len(FIRST)))], LAST[int(self._rng.integers(len(LAST)))])
            if name not in self._taken and name[1] not in self._kept:
                self._taken.add(name)
                return name
