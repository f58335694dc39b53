# SPDX-License-Identifier: Apache-2.0
"""The one scan over a text that finds roles, named methods and every phrase of the wording book together."""

import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any

from fingerpost.rules.plan_quality.parts.phrases import Hit, Phrases

_LEXICON = ("access", "amount", "escapes", "who", "what", "health", "hedges")


@cache
def data(name: str) -> dict[str, Any]:
    """One of this room's own data files."""
    folder = resources.files("fingerpost.rules.plan_quality.data")
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """One of the plain lists of words."""
    return frozenset(data("lists")[name].split())


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """Every entry of the wording book by id, in the book's order."""
    return {rule: entry for name in _LEXICON for rule, entry in data(f"lexicon/{name}").items()}


@cache
def phrases() -> Phrases:
    """Roles, methods and wording as one set."""
    pairs = [("role", form) for form in data("roles")["roles"]]
    pairs += [("method", form) for form in data("methods")["methods"]]
    pairs += [(rule, form) for rule, entry in lexicon().items() for form in entry["forms"]]
    return Phrases(pairs)


def scan(lower: str) -> dict[str, list[Hit]]:
    """All hits of the text by key, in order."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in phrases().find(lower):
        found[hit.key].append(hit)
    return found
