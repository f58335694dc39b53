# SPDX-License-Identifier: AGPL-3.0-or-later
"""The layouts of made-up plans: headings and tables as councils write them, as text, Word and JSON."""

import io
import json
import textwrap
from collections.abc import Mapping
from random import Random
from typing import Any

import docx

TITLES = {
    "A": "The views, interests and aspirations of the child and their parents",
    "B": "Special educational needs",
    "C": "Health needs",
    "D": "Social care needs",
    "E": "Outcomes",
    "F": "Special educational provision",
    "G": "Health provision",
    "H1": "Social care provision under the Chronically Sick and Disabled Persons Act 1970",
    "H2": "Any other social care provision",
    "I": "Placement",
    "J": "Personal budget",
    "K": "Advice and information",
}
LAYOUTS = ("md", "caps", "wrapped", "numbered", "letters", "table", "word", "word-table", "json")


def laid_out(layout: str, front: list[str], body: Mapping[str, list[str]], rng: Random) -> tuple[str, bytes]:
    """The file's name and its bytes in one of the layouts."""
    makers = {
        "md": _md,
        "caps": _caps,
        "wrapped": _wrapped,
        "numbered": _numbered,
        "letters": _letters,
        "table": _table,
        "word": _word,
        "word-table": _word_table,
        "json": _json,
    }
    return makers[layout](front, body) if layout != "md" else _md(front, body, rng.choice((":", " -", " –")))


def _md(front: list[str], body: Mapping[str, list[str]], mark: str = ":") -> tuple[str, bytes]:
    parts = [f"# {front[0]}", *front[1:]]
    for letter, lines in body.items():
        parts += [f"## Section {letter}{mark} {TITLES[letter]}", *lines]
    return "plan.md", "\n\n".join(parts).encode()


def _caps(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    parts = [
        *front,
        *(
            text
            for letter, lines in body.items()
            for text in (f"SECTION {letter}", *(f"- {line}" for line in lines))
        ),
    ]
    return "plan.txt", "\n".join(parts).encode()


def _wrapped(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    parts = list(front)
    for letter, lines in body.items():
        parts += [
            f"Section {letter}: {TITLES[letter]}",
            *(textwrap.fill(line, 38, break_on_hyphens=False) for line in lines),
        ]
    return "plan.txt", "\n\n".join(parts).encode()


def _numbered(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    contents = [f"{n}. Section {letter} {TITLES[letter]} ...... {n}" for n, letter in enumerate(body, 1)]
    parts = [*front, "Contents", *contents]
    for number, (letter, lines) in enumerate(body.items(), 1):
        parts += [f"{number}. Section {letter}: {TITLES[letter]}", *lines]
    return "plan.txt", "\n\n".join(parts).encode()


def _letters(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    parts = [
        *front,
        *(text for letter, lines in body.items() for text in (f"{letter}. {TITLES[letter]}", *lines)),
    ]
    return "plan.txt", "\n\n".join(parts).encode()


def _table(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    parts = list(front)
    for letter, lines in body.items():
        rows = "\n".join(f"| {number} | {line.replace('|', '/')} |" for number, line in enumerate(lines, 1))
        parts.append(f"## {TITLES[letter]} (Section {letter})\n\n{rows}")
    return "plan.md", "\n\n".join(parts).encode()


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _begun(front: list[str]) -> Any:
    """A document without an author, with its front matter."""
    document = docx.Document()
    document.core_properties.author = ""
    for line in front:
        document.add_paragraph(line)
    return document


def _word(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    document = _begun(front)
    for letter, lines in body.items():
        document.add_heading(f"Section {letter} {TITLES[letter]}", 2)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")
    return "plan.docx", _saved(document)


def _word_table(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    """Sections B, E and F side by side; the others under banner rows."""
    document = _begun(front)
    for letter, lines in body.items():
        if letter == "B":
            _beside(document, body)
        elif letter not in {"E", "F"}:
            table = document.add_table(0, 1)
            for line in (f"Section {letter} – {TITLES[letter]}", *lines):
                table.add_row().cells[0].text = line
    return "plan.docx", _saved(document)


def _beside(document: Any, body: Mapping[str, list[str]]) -> None:
    document.add_heading("Sections B, E and F", 2)
    columns = [body[letter] for letter in ("B", "E", "F")]
    table = document.add_table(1, 3)
    for cell, head in zip(
        table.rows[0].cells,
        ("Needs (Section B)", "Outcomes (Section E)", "Provision (Section F)"),
        strict=True,
    ):
        cell.text = head
    for place in range(max(map(len, columns))):
        for cell, lines in zip(table.add_row().cells, columns, strict=True):
            cell.text = lines[place] if place < len(lines) else ""


def _json(front: list[str], body: Mapping[str, list[str]]) -> tuple[str, bytes]:
    return "plan.json", json.dumps({"front": front, "sections": dict(body)}).encode()
