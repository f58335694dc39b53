# SPDX-License-Identifier: AGPL-3.0-or-later
"""What if, forwards and backwards, and the round trip between the two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.rules.duties import clocks, what_if
from fingerpost.rules.duties.facts import CaseFacts, Event

_CASE = CaseFacts((Event("request_received", date(2026, 9, 9)),), {})


def test_forwards_says_what_an_assumed_draft_does_to_the_limits() -> None:
    assumed = (Event("draft_served", date(2027, 1, 14)),)
    changes = {
        change.after.duty: change for change in what_if.forwards(_CASE, assumed, today=date(2027, 1, 5))
    }
    assert changes["final-plan"].after.verdict == "breach_unavoidable"
    assert changes["final-plan"].words == (
        "If the draft plan was served on Thu 14 Jan 2027: final-plan is breach unavoidable (was not yet due),"
        " last day Wed 27 Jan 2027, first lawful day Fri 29 Jan 2027."
    )
    assert changes["draft-representations-window"].before is None
    assert "ehcna-consult-family" not in changes


def test_forwards_leaves_the_case_as_it_was() -> None:
    before = clocks.answer(_CASE, today=date(2027, 1, 5))
    what_if.forwards(_CASE, (Event("final_sent", date(2027, 1, 14)),), today=date(2027, 1, 5))
    assert clocks.answer(_CASE, today=date(2027, 1, 5)) == before


def test_backwards_from_14_february_gives_the_planned_days() -> None:
    latest = {step.event: step.on for step in what_if.backwards("amended_final_sent", date(2028, 2, 14))}
    assert latest == {
        "amendment_notice_served": date(2028, 1, 30),
        "amendment_notice_sent": date(2027, 12, 20),
        "review_meeting": date(2027, 11, 22),
        "review_notice_given": date(2027, 11, 7),
    }


def test_backwards_from_the_end_of_a_plan_counts_as_the_tribunal_counts() -> None:
    (notice,) = what_if.backwards("plan_ended", date(2027, 9, 2))
    assert notice.on == date(2027, 7, 1)
    assert notice.words == (
        "Plan ended by Thu 2 Sep 2027: cease notice sent by Thu 1 Jul 2027"
        " (appeal-deadline: First-tier Tribunal (HESC) Rules 2008 rule 20(1)(c), 12)."
    )


@given(by=st.dates(date(2025, 1, 1), date(2027, 6, 1)))
def test_a_draft_served_on_the_latest_day_can_still_be_finalised_and_a_day_later_cannot(by: date) -> None:
    (draft,) = what_if.backwards("final_sent", by)
    for late, verdict in ((0, "lawful"), (1, "unlawful")):
        events = (Event("draft_served", draft.on + timedelta(days=late)), Event("final_sent", by))
        (clock,) = clocks.answer(CaseFacts(events, {}), today=None, duties=["draft-representations-window"])
        assert clock.verdict == verdict


@given(by=st.dates(date(2025, 1, 1), date(2027, 6, 1)))
def test_a_plan_may_end_on_the_day_counted_back_from_and_not_with_a_notice_a_day_later(by: date) -> None:
    (notice,) = what_if.backwards("plan_ended", by)
    events = (Event("cease_notice_sent", notice.on), Event("plan_ended", by))
    (clock,) = clocks.answer(CaseFacts(events, {}), today=None, duties=["cease-earliest-date"])
    assert clock.verdict == "lawful"
    later = (Event("cease_notice_sent", notice.on + timedelta(days=1)), Event("plan_ended", by))
    (clock,) = clocks.answer(CaseFacts(later, {}), today=None, duties=["cease-earliest-date"])
    assert clock.verdict == "unlawful"


@pytest.mark.parametrize("target", what_if.targets())
def test_every_target_counts_back_to_days_before_it(target: str) -> None:
    by = date(2027, 6, 1)
    assert all(step.on < by for step in what_if.backwards(target, by))
