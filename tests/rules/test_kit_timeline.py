# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case timeline: in order, to scale, never one label over another, nothing unescaped."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from fingerpost.kit import timeline
from fingerpost.kit.timeline import TimelineEvent, TimelineLimit

TODAY = date(2025, 2, 3)
ASKED = TimelineEvent(date(2024, 9, 2), "Request received")
DECIDE = TimelineLimit(date(2024, 10, 14), "Decision whether to assess", "missed")
FINAL = TimelineLimit(date(2025, 2, 20), "Final plan")
SVG = "{http://www.w3.org/2000/svg}"

days = some.dates(date(2015, 1, 1), date(2030, 12, 31))
events = some.lists(
    some.builds(TimelineEvent, days, some.text("ab cdefgh", max_size=120)), min_size=1, max_size=25
)


def test_everything_stands_in_order_of_time_with_words_for_its_state() -> None:
    rows = timeline.entries([ASKED], [FINAL, DECIDE], TODAY)

    assert [(row.when, row.label) for row in rows] == [
        ("2 September 2024", "Request received"),
        ("14 October 2024", "Decision whether to assess (was due, and was missed)"),
        ("Today, 3 February 2025", ""),
        ("20 February 2025", "Final plan (due)"),
    ]


def test_an_imprecise_date_says_only_what_is_known() -> None:
    assert (
        timeline.entries([TimelineEvent(date(2018, 5, 1), "Launched", when="May 2018")])[0].when == "May 2018"
    )


def test_the_drawing_names_itself_and_marks_each_kind() -> None:
    drawn = etree.fromstring(
        timeline.draw([ASKED], [DECIDE, FINAL], TODAY, title="Timeline of this case", name="t")
    )

    assert drawn.findtext(f"{SVG}title") == "Timeline of this case"
    assert drawn.get("aria-labelledby") == "t-t t-d"
    marks = [
        one.get("class") for one in drawn if one.get("class") not in ("axis", "lead", "date", "label", None)
    ]
    assert marks == ["happening", "limit missed", "cross", "today", "limit open"]


def test_words_of_a_record_cannot_become_markup() -> None:
    drawn = timeline.draw([TimelineEvent(TODAY, "<script>x</script>")], title='"><b>')

    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_nothing_to_show_draws_nothing() -> None:
    assert timeline.draw([], title="Empty") == ""


@given(events)
def test_labels_never_overlap_and_stay_inside(found: list[TimelineEvent]) -> None:
    placed = timeline.place(timeline.entries(found))
    foot = timeline.EDGE + sum(one.entry.height for one in placed)

    assert placed[0].top >= timeline.EDGE - 0.01
    assert placed[-1].top + placed[-1].entry.height <= foot + 0.01
    for above, below in pairwise(placed):
        assert above.top + above.entry.height <= below.top + 0.01


@given(events)
def test_marks_keep_the_scale_of_time(found: list[TimelineEvent]) -> None:
    placed = timeline.place(timeline.entries(found))
    first, last = placed[0], placed[-1]
    span = (last.entry.on - first.entry.on) / timedelta(days=1)

    for one in placed:
        share = (one.entry.on - first.entry.on) / timedelta(days=1) / (span or 1)
        assert abs(one.mark - first.mark - share * (last.mark - first.mark)) < 0.01


@given(events)
def test_no_line_is_wider_than_a_phone_shows(found: list[TimelineEvent]) -> None:
    assert all(len(line) <= timeline.LETTERS for row in timeline.entries(found) for line in row.lines)
