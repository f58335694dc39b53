# SPDX-License-Identifier: AGPL-3.0-or-later
"""Speed of the plan check as ratios in one run: text checks against one alternation, .docx against python-
docx, cores, length."""

import io
import re
import time
from collections.abc import Callable, Iterator

import docx

from bench import plans_folder
from bench.plans_made import plans
from fingerpost.rules.plan_quality import briefs, check
from fingerpost.rules.plan_quality.parts import phrases, words
from fingerpost.rules.plan_quality.reading import door
from fingerpost.rules.plan_quality.sections.names import LETTERS

BRIEF = briefs.of({"today": "2025-05-06"})


def main() -> None:
    """Print every ratio with its bar."""
    long = _long(500)
    document = door.read(long, name="plan.docx")
    lower = document.text.lower()
    alternation = _alternation()
    whole = best(lambda: check.check(document, BRIEF))
    one = best(lambda: sum(1 for _ in alternation.finditer(lower)))
    print(
        f"text checks, {len(lower):,} letters: {whole:.2f} s against one alternation {one:.2f} s: "
        f"{whole / one:.2f}x (bar 6)"
    )
    ours, theirs = best(lambda: door.read(long, name="plan.docx")), best(lambda: _python_docx(long))
    print(
        f"reading .docx: {ours:.2f} s against python-docx text walk {theirs:.2f} s: {ours / theirs:.2f}x "
        "(bar 2)"
    )
    _tail()
    plans_folder.main()


def _tail(count: int = 20) -> None:
    """Some different plans of 500 pages; processor time, so that neighbours on the machine do not count."""
    times = sorted(_spent(_long_text(500, seed)) for seed in range(count))
    print(
        f"{count} plans of 500 pages: median {times[count // 2]:.2f} s, slowest {times[-1]:.2f} s of processor time"
    )


def _spent(content: bytes) -> float:
    start = time.process_time()
    check.check(door.read(content, name="plan.md"), BRIEF)
    return time.process_time() - start


def _alternation() -> re.Pattern[str]:
    patterns = [
        pattern
        for entry in words.lexicon().values()
        for form in entry["forms"]
        for _, pattern in phrases._openings(form)
    ]
    return re.compile(rf"\b(?:{'|'.join(dict.fromkeys(patterns))})")


def _sections(pages: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """About so many pages, from made-up plans one after another under the same twelve headings."""
    texts = [
        line
        for made in plans(40, seed)
        if made.name == "plan.md"
        for line in made.content.decode().splitlines()
        if line and line[0] not in "#|"
    ]
    for letter in LETTERS:
        yield letter, [texts[(number * 7) % len(texts)] for number in range(pages * 2)]


def _long_text(pages: int, seed: int) -> bytes:
    """The same as Markdown, which is made quickly."""
    pieces = [f"# Section {letter}\n\n" + "\n\n".join(lines) for letter, lines in _sections(pages, seed)]
    return "\n\n".join(pieces).encode()


def _long(pages: int, seed: int = 3) -> bytes:
    """The same as a Word file."""
    out = docx.Document()
    for letter, lines in _sections(pages, seed):
        out.add_heading(f"Section {letter}", 1)
        for line in lines:
            out.add_paragraph(line)
    saved = io.BytesIO()
    out.save(saved)
    return saved.getvalue()


def _python_docx(content: bytes) -> int:
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return sum(len(paragraph.text) for paragraph in document.paragraphs) + sum(map(len, cells))


def best(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs."""
    return min(_timed(deed) for _ in range(times))


def _timed(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start
