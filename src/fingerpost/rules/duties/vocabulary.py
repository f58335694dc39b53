# SPDX-License-Identifier: Apache-2.0
"""The closed list of names: what a case may say, what an answer may say, and the nearest name to a misspelling."""

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


class UnknownName(ValueError):
    """A name or a value is not in the vocabulary; says which field and what is nearest."""


@dataclass(frozen=True, slots=True)
class Name:
    """One row: `values` holds the choices of an enumeration."""

    name: str
    kind: str
    type: str
    alias_of: str
    values: tuple[str, ...]


@cache
def table() -> dict[str, Name]:
    """Every accepted spelling with its row."""
    text = files(__package__).joinpath("vocabulary.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["name"]: _name(row) for row in rows}


def _name(row: dict[str, str]) -> Name:
    kind, _, choices = row["type"].rstrip(")").partition("(")
    values = tuple(choices.split("|")) if kind == "enum" and "see " not in choices else ()
    return Name(row["name"], row["kind"], kind, row["alias_of"], values)


@cache
def spellings(kind: str) -> dict[str, str]:
    """Accepted spelling -> main name, for one kind of name. The shorthands of relief keep their own name."""
    rows = (row for row in table().values() if row.kind == kind)
    return {row.name: row.name if row.alias_of in ("", "relief_claims") else row.alias_of for row in rows}


def nearest(word: str, choices: list[str]) -> str:
    """A hint for a misspelling, or nothing."""
    close = difflib.get_close_matches(word.lower().replace("-", "_"), choices, n=1, cutoff=0.5)
    return f"; nearest listed name: '{close[0]}'" if close else ""


def unknown(field: str, word: str, kind: str) -> UnknownName:
    """The error for a name of one kind that is not listed."""
    return UnknownName(f"{field}: '{word}' is not a listed {kind}{nearest(word, list(spellings(kind)))}")


def folded(word: str) -> str:
    """Blanks, hyphens and underscores read alike, and case does not matter."""
    return word.strip().lower().replace("-", "_").replace(" ", "_")


@cache
def choices(name: str) -> dict[str, str]:
    """Folded spelling -> value as listed, for an enumeration."""
    return {folded(value): value for value in table()[name].values}
