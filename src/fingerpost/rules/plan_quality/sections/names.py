# SPDX-License-Identifier: Apache-2.0
"""The names councils give to sections A to K, as ready patterns."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
UNPLACED = "unplaced"
CLOSING = "closing"
# "Erin's health needs" and "Provision for Erin" are named as the plain titles are.
_OWNED = re.compile(r"^(?:[a-z-]+(?:'s|\u2019s|s'|s\u2019)|my|our|the) | (?:for|of) [a-z-]+(?: [a-z-]+)?$")


@cache
def book() -> dict[str, dict[str, object]]:
    """The data file, read once."""
    source = resources.files("fingerpost.rules.plan_quality.data") / "sections.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each section."""
    return {
        letter: re.compile("|".join(f"(?:{name})" for name in entry["names"]))  # type: ignore[attr-defined]
        for letter, entry in book().items()
    }


@lru_cache(maxsize=2_000)
def named(title: str) -> str | None:
    """The section a heading's words name, or None."""
    words = re.sub(r"[\s:.\-\u2013]+$", "", title.lower()).strip()
    if not words or len(words) > 110:
        return None
    return _known(words) or _known(_OWNED.sub("", words))


def _known(words: str) -> str | None:
    return next((letter for letter, pattern in patterns().items() if pattern.fullmatch(words)), None)


@cache
def title_of(section: str) -> str:
    """What a reader calls the section."""
    return str(book()[section]["title"]) if section in LETTERS else "Outside the sections"
