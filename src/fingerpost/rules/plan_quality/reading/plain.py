# SPDX-License-Identifier: Apache-2.0
"""Reads plain text and Markdown: wrapped lines become paragraphs again, tables become rows and cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.rules.plan_quality.document import Document, Manuscript
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.sections import headings, letters

_HASHES = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^\s*(?:[-*+\u2022\u25cf\u25aa\u2013\uf0b7]|\d{1,2}[.)]|[a-z][.)]|\(\w\))\s+(?=\S)")
_RULE = re.compile(r"^\s*([-=_*~])(?:\s*\1){2,}\s*$")
_DASHES = re.compile(r"^[\s|:+=-]+$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LABEL = re.compile(r"^\s*(?:[BCDEFGHK]\d{1,2}|(?:Need|Outcome) \d{1,2})\b")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


# A hard-wrapped line is no longer than this, and a file that is not wrapped has several that are.
_WIDEST = 140
_SEVERAL = 4


@dataclass(slots=True)
class _State:
    in_table: bool = False
    table: int = -1
    row: int = -1
    pending: str = ""
    kind: str = "paragraph"
    width: int = 0
    wrapped: bool = True


def decoded(content: bytes) -> str:
    """The words of a text file in the encodings offices use."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if len(_BINARY.findall(text[:4000])) > 3:
        raise Refused("The file is not text, Word, PDF or JSON. Save the plan as one of these.")
    return text


def read(text: str, *, markdown: bool = False) -> Document:
    """Read running text."""
    out = Manuscript("markdown" if markdown else "text")
    lines = text.replace("\x0c", "\n").splitlines()
    state = _State(width=min(90, max(map(len, lines), default=0)), wrapped=_wrapped(lines))
    for line in lines:
        _take(out, state, line.rstrip())
    _flush(out, state)
    return out.finish()


def _wrapped(lines: list[str]) -> bool:
    """No program wraps at such a width: in a file with several lines as long, every line is a paragraph."""
    return sum(len(line) > _WIDEST for line in lines) < _SEVERAL


def _take(out: Manuscript, state: _State, line: str) -> None:
    if not line.strip() or _RULE.match(line):
        _flush(out, state)
        state.in_table = False
        return
    if cells := _cells(line):
        _flush(out, state)
        _row(out, state, cells)
        return
    state.in_table = False
    if mark := _HASHES.match(line.strip()):
        _flush(out, state)
        out.add(_bare(mark[2]), "heading", level=len(mark[1]))
    else:
        _prose(out, state, line)


def _prose(out: Manuscript, state: _State, line: str) -> None:
    if headings.shape(_bare(line.strip())) is not None:
        _flush(out, state)
        out.add(_bare(line.strip()), "heading", level=1)
    elif _LABEL.match(line) or letters.of_line(line.strip()) is not None:
        _flush(out, state)
        _labelled(out, state, line.strip())
    elif mark := _BULLET.match(line):
        _flush(out, state)
        state.kind = "bullet"
        state.pending = line if mark[0].strip()[-1] in ".)" else line[mark.end() :]
    elif state.pending and (not state.wrapped or _stands_alone(state.pending, line) or _short(state, line)):
        _flush(out, state)
        state.pending = line
    else:
        state.pending = _joined(state.pending, line)


def _labelled(out: Manuscript, state: _State, line: str) -> None:
    """ "B  NEEDS" stands alone; "B1 Erin finds it" may be the first line of a wrapped paragraph."""
    if not _LABEL.match(line) and letters.title_only(line):
        out.add(_bare(line))
    else:
        state.pending = line


def _stands_alone(before: str, line: str) -> bool:
    """A short line such as "Name: Erin" is a field, not the first half of a wrapped sentence."""
    return (
        len(before.rsplit("\n", maxsplit=1)[-1]) < 60
        and bool(re.match(r"^\s*[A-Z][\w /'()]{1,40}:(?:\s|$)", line))
    ) or (bool(re.match(r"^\s*[A-Z][\w /'()]{1,40}:\s", before)) and len(before) < 60)


def _short(state: _State, line: str) -> bool:
    """A line much shorter than the page's width, with a capital after it, was not wrapped."""
    last = state.pending.split("\n")[-1]
    return len(last) < 0.55 * state.width and line.lstrip()[:1].isupper() and last[-1:] not in ",-"


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if before.endswith("-") and re.match(r"^\s*[a-z]", line) and re.search(r"[a-z]-$", before):
        return (
            before[:-1] + line.strip()
            if not re.search(r"\b(?:non|self|one|well|half|pre|co)-$", before)
            else before + line.strip()
        )
    return before + "\n" + line.strip()


def _flush(out: Manuscript, state: _State) -> None:
    out.add(_bare(state.pending), state.kind)
    state.pending, state.kind = "", "paragraph"


def _bare(line: str) -> str:
    return _BOLD.sub(r"\2", line)


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return [cell.strip() for cell in stripped.strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")] if line.count("\t") > 1 else []


def _row(out: Manuscript, state: _State, cells: list[str]) -> None:
    if all(_DASHES.match(cell) or not cell for cell in cells):
        return
    if not state.in_table:
        state.in_table, state.table, state.row = True, out.next_table(), -1
    state.row += 1
    for column, cell in enumerate(cells):
        for piece in _lines(cell):
            out.add(_bare(piece), "cell", table=state.table, row=state.row, column=column)


def _lines(cell: str) -> Iterator[str]:
    yield from re.split(r"<br\s*/?>", cell)
