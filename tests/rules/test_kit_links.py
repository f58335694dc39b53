# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links of lists: one thing changes, the rest of the question stays."""

import pytest

from fingerpost.kit import links
from fingerpost.kit.links import Column

COLUMNS = (Column("Due", "due"), Column("Days late", "late", numeric=True), Column("Status"))


def test_a_change_keeps_the_rest_and_an_empty_one_drops_the_name() -> None:
    assert links.with_query({"duty": "final-plan", "page": "3"}, page=4) == "?duty=final-plan&page=4"
    assert links.with_query({"duty": "final-plan", "page": "3"}, page=None) == "?duty=final-plan"
    assert links.with_query({"duty": "final-plan"}, duty="") == "?"


def test_words_typed_by_a_reader_are_quoted() -> None:
    assert links.with_query({"q": "a&b=c"}, page=2) == "?q=a%26b%3Dc&page=2"


def test_sorting_turns_round_and_starts_on_the_first_page() -> None:
    due, late, status = links.headings(COLUMNS, {"page": "4", "duty": "x"}, "due")

    assert (due.sorted, due.href) == ("ascending", "?duty=x&sort=-due")
    assert (late.sorted, late.href, late.numeric) == ("none", "?duty=x&sort=late", True)
    assert (status.sorted, status.href) == ("", "")


def test_sorted_the_other_way() -> None:
    assert links.headings(COLUMNS, {}, "-due")[0] == links.Heading("Due", "?sort=due", "descending", False)


@pytest.mark.parametrize(
    ("number", "of", "shown"),
    [
        (1, 2, "[1] 2"),
        (1, 40, "[1] 2 ... 40"),
        (6, 40, "1 ... 5 [6] 7 ... 40"),
        (40, 40, "1 ... 39 [40]"),
        (3, 4, "1 2 [3] 4"),
    ],
)
def test_pages_shown(number: int, of: int, shown: str) -> None:
    pages = links.paging(number, of, {})

    assert pages is not None
    drawn = [
        "..." if step is None else f"[{step.text}]" if step.current else step.text for step in pages.steps
    ]
    assert " ".join(drawn) == shown


def test_no_way_back_from_the_first_page_nor_on_from_the_last() -> None:
    first, last = links.paging(1, 3, {}), links.paging(3, 3, {})

    assert first is not None
    assert last is not None
    assert (first.previous, first.next) == (None, "?page=2")
    assert (last.previous, last.next) == ("?page=2", None)


def test_one_page_needs_no_links() -> None:
    assert links.paging(1, 1, {}) is None
    assert links.paging(1, 0, {}) is None
