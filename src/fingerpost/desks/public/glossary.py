# SPDX-License-Identifier: AGPL-3.0-or-later
"""The glossary: one source (glossary.toml), shown as a public page and written out as docs/glossary.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.desks.public.sheets import sheet

GROUPS = {"everyone": "Words about special educational needs", "builders": "Words about this system"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its one meaning. `anchor` is its address on the page."""

    word: str
    means: str
    short: str
    law: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    terms: tuple[Term, ...]


def groups() -> tuple[Group, ...]:
    """Every term in order of the alphabet, by who needs it."""
    return tuple(Group(title, tuple(_terms(kind))) for kind, title in GROUPS.items())


def markdown() -> str:
    """The text of docs/glossary.md."""
    return "\n".join(_lines())


def _terms(kind: str) -> Iterator[Term]:
    rows = (row for row in sheet("glossary")["term"] if row["for"] == kind)
    for row in sorted(rows, key=lambda row: row["word"].lower()):
        anchor = re.sub(r"[^a-z0-9]+", "-", row["word"].lower())
        yield Term(row["word"], row["means"], row.get("short", ""), row.get("law", ""), anchor)


def _lines() -> Iterator[str]:
    yield "<!-- SPDX-License-Identifier: CC-BY-4.0 -->"
    yield "<!-- Written by `python -m fingerpost.desks.public.glossary`: change glossary.toml beside it instead. -->"
    yield "# Words we use\n"
    yield "One word, one meaning: in folders, classes, addresses and pages. The law's own terms win.\n"
    for group in groups():
        yield f"## {group.title}\n\n| Word | Meaning |\n| --- | --- |"
        for term in group.terms:
            short = f" ({term.short})" if term.short else ""
            law = f" {term.law}." if term.law else ""
            yield f"| {term.word}{short} | {term.means}{law} |"
        yield ""


if __name__ == "__main__":
    print(markdown(), end="")
