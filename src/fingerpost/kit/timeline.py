# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case timeline as a drawing: what happened, what is due, where today stands. Pure: dates in, SVG out.

Time runs down the page and keeps its scale. Labels keep their order and never overlap; a thin line leads each to
its day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Literal

from markupsafe import Markup

from fingerpost.kit import words

# One unit is one pixel on a phone 320 wide, where the page leaves 290 to draw on.
WIDTH, AXIS, LABELS, EDGE = 290, 16, 52, 16
LINE, GAP, LETTERS = 19, 14, 28

State = Literal["open", "met", "missed"]
STATES: dict[State, str] = {
    "open": "due",
    "met": "due, and done in time",
    "missed": "was due, and was missed",
}


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened. `when` replaces the date where only the month or year is known."""

    on: date
    label: str
    kind: str = "happening"
    when: str = ""


@dataclass(frozen=True, slots=True)
class TimelineLimit:
    """A day by which something must be done."""

    due: date
    label: str
    state: State = "open"


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of the drawing and one line of the list, in order of time."""

    on: date
    kind: str
    when: str
    label: str

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(wrap(self.label, LETTERS, break_long_words=True)) or ("",)

    @property
    def height(self) -> int:
        return LINE * (1 + len(self.lines)) + GAP


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the height of its mark on the axis and of its label."""

    entry: Entry
    mark: float
    top: float


def entries(
    events: Sequence[TimelineEvent], limits: Sequence[TimelineLimit] = (), today: date | None = None
) -> tuple[Entry, ...]:
    """Everything on the timeline in order; what happened on a day stands before what was due on it."""
    rows = [Entry(one.on, one.kind, one.when or words.day(one.on), one.label) for one in events]
    rows += [
        Entry(one.due, one.state, words.day(one.due), f"{one.label} ({STATES[one.state]})") for one in limits
    ]
    rows += [Entry(today, "today", f"Today, {words.day(today)}", "")] if today else []
    return tuple(sorted(rows, key=lambda row: (row.on, row.kind == "today", row.kind in STATES)))


def draw(
    events: Sequence[TimelineEvent],
    limits: Sequence[TimelineLimit] = (),
    today: date | None = None,
    *,
    title: str,
    name: str = "timeline",
) -> Markup:
    """The drawing as one <svg> with title and description. `name` must be its own on the page."""
    rows = entries(events, limits, today)
    if not rows:
        return Markup("")
    placed = place(rows)
    height = EDGE * 2 + sum(row.height for row in rows)
    drawn = Markup("").join(part for one in placed for part in _drawn(one))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img"'
        ' aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>'
        '<line class="axis" x1="{x}" y1="{top}" x2="{x}" y2="{foot}"/>{drawn}</svg>'
    ).format(
        w=WIDTH, h=height, name=name, title=title, desc=describe(rows), x=AXIS, top=EDGE, foot=height - EDGE,
        drawn=drawn,
    )  # fmt: skip


def describe(rows: Sequence[Entry]) -> str:
    """The span in one sentence, for those who hear the drawing; the list beneath says the rest."""
    return f"{words.plural(len(rows), 'entry', 'entries')}, from {rows[0].when} to {rows[-1].when}."


def place(rows: Sequence[Entry]) -> tuple[Placed, ...]:
    """Marks to scale, labels as near to their marks as their neighbours allow."""
    length = sum(row.height for row in rows)
    days = (rows[-1].on - rows[0].on).days or 1
    marks = [EDGE + (row.on - rows[0].on).days / days * length for row in rows]
    tops = _apart(marks, [row.height for row in rows], EDGE + length)
    return tuple(Placed(row, mark, top) for row, mark, top in zip(rows, marks, tops, strict=True))


def _apart(marks: Sequence[float], heights: Sequence[int], foot: float) -> list[float]:
    """Push labels down off each other, then up from the foot. Together they fit exactly, so both succeed."""
    tops: list[float] = []
    free: float = EDGE
    for mark, height in zip(marks, heights, strict=True):
        tops.append(max(free, mark - LINE / 2))
        free = tops[-1] + height
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], foot - heights[at])
        foot = tops[at]
    return tops


def _drawn(one: Placed) -> Iterator[Markup]:
    middle = one.top + LINE / 2
    yield Markup('<path class="lead" d="M{} {:.1f}L{} {:.1f}"/>').format(
        AXIS + 9, one.mark, LABELS - 5, middle
    )
    yield _mark(one.entry.kind, one.mark)
    yield _words(one.entry.when, one.top + LINE - 4, "date")
    for number, line in enumerate(one.entry.lines, start=2):
        yield _words(line, one.top + LINE * number - 4, "label") if line else Markup("")


def _words(text: str, y: float, kind: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{:.1f}">{}</text>').format(kind, LABELS, y, text)


def _mark(kind: str, y: float) -> Markup:
    if kind == "today":
        return Markup('<path class="today" d="M0 {0:.1f}H{1}"/>').format(y, LABELS - 5)
    if kind not in STATES:
        return Markup('<circle class="happening" cx="{}" cy="{:.1f}" r="7"/>').format(AXIS, y)
    shape = Markup('<path class="limit {}" d="M{} {:.1f}l9 9l-9 9l-9 -9z"/>').format(kind, AXIS, y - 9)
    cross = Markup('<path class="cross" d="M{} {:.1f}l8 8m0 -8l-8 8"/>').format(AXIS - 4, y - 4)
    return shape + cross if kind == "missed" else shape
