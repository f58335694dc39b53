# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers over time: every bar carries its value, the tallest fills the height, nought is still a line."""

import re

from fingerpost.kit import bars, sheets
from fingerpost.kit.bars import Bar


def _heights(drawing: str) -> list[float]:
    return [float(found) for found in re.findall(r'class="bar"[^>]* height="([\d.]+)"', drawing)]


def test_bars_keep_their_proportion_and_carry_their_numbers() -> None:
    drawing = str(
        bars.draw([Bar("1 Feb", 1200), Bar("2 Feb", 600), Bar("3 Feb", 0)], title="Errors", name="e")
    )
    assert _heights(drawing) == [bars.TALL, bars.TALL / 2, 2.0]
    assert re.findall(r">([\d,]+)</text>", drawing) == ["1,200", "600", "0"]
    assert "From 1,200 on 1 Feb to 0 on 3 Feb." in drawing


def test_only_the_latest_have_room() -> None:
    many = [Bar(f"{day} Feb", day) for day in range(1, 12)]
    drawing = str(bars.draw(many, title="Errors", name="e"))
    assert len(_heights(drawing)) == bars.MOST
    assert "11 Feb" in drawing
    assert "5 Feb" not in drawing


def test_words_are_escaped_and_nothing_draws_nothing() -> None:
    assert "<b>" not in str(bars.draw([Bar("<b>", 1)], title="<b>", name="e"))
    assert str(bars.draw([], title="Errors", name="e")) == ""


def test_no_cell_of_a_file_is_a_formula() -> None:
    content = sheets.as_csv(["What"], [["=1+1"], ["+44"], ["plain"], [-3]]).decode("utf-8-sig")
    assert content.split() == ["What", "'=1+1", "'+44", "plain", "-3"]
