# SPDX-License-Identifier: AGPL-3.0-or-later
"""A few numbers over time as bars with their values on top; the page puts a table beneath. Numbers in, SVG out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

# One unit is one pixel on a phone 320 wide, where the page leaves 290 to draw on.
WIDTH, TALL, ABOVE, BELOW, GAP = 290, 110, 20, 24, 8
MOST = 6  # as many as have room for a four-digit number and a date


@dataclass(frozen=True, slots=True)
class Bar:
    """One number, with the words that stand under it."""

    label: str
    number: int


def draw(bars: Sequence[Bar], *, title: str, name: str) -> Markup:
    """The last bars as one <svg>; the tallest fills the height. `name` must be its own on the page."""
    shown = bars[-MOST:]
    if not shown:
        return Markup("")
    drawn = Markup("").join(part for one in _placed(shown) for part in one)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img"'
        ' aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>{drawn}</svg>'
    ).format(w=WIDTH, h=ABOVE + TALL + BELOW, name=name, title=title, desc=describe(shown), drawn=drawn)


def describe(bars: Sequence[Bar]) -> str:
    """From where to where, in one sentence, for those who hear the picture."""
    first, last = bars[0], bars[-1]
    if len(bars) == 1:
        return f"{last.number:,} on {last.label}."
    return f"From {first.number:,} on {first.label} to {last.number:,} on {last.label}."


def _placed(bars: Sequence[Bar]) -> Iterator[tuple[Markup, ...]]:
    step = WIDTH / MOST
    most = max(1, *(bar.number for bar in bars))
    for place, bar in enumerate(bars):
        yield _bar(bar, place * step, step, max(2.0, bar.number / most * TALL))


def _bar(bar: Bar, left: float, step: float, height: float) -> tuple[Markup, ...]:
    foot, middle = ABOVE + TALL, left + step / 2
    return (
        Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            left + GAP / 2, foot - height, step - GAP, height
        ),
        _text(f"{bar.number:,}", middle, foot - height - 5, "number"),
        _text(bar.label, middle, foot + 17, "label"),
    )


def _text(words: str, x: float, y: float, kind: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
        kind, x, y, words
    )
