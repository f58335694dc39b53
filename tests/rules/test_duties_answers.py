# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public answer: which duties, which verdict, what an officer and a family are told, and what is never guessed."""

import sys
from datetime import date
from subprocess import run
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.rules.duties import clocks, family, reading, register, reply, vocabulary
from fingerpost.rules.duties.clocks import Clock
from fingerpost.rules.duties.facts import CaseFacts, Event
from fingerpost.rules.duties.vocabulary import UnknownName

_REQUEST = date(2026, 9, 9)


def _ask(duty: str, events: object = None, facts: object = None, today: str | None = None) -> Clock:
    asked = reading.read_case({"events": events or {}, "facts": facts or {}, "today": today})
    return clocks.answer(asked.case, today=asked.today, duties=[duty])[0]


def test_named_duties_are_answered_in_register_order_whatever_the_order_asked() -> None:
    case = CaseFacts((Event("request_received", _REQUEST),), {})
    answered = clocks.answer(case, today=date(2026, 9, 20), duties=reversed(register.FIRST_COLUMN))  # type: ignore[arg-type]
    assert tuple(clock.duty for clock in answered) == register.FIRST_COLUMN


def test_without_names_only_the_duties_that_the_case_calls_for_are_answered() -> None:
    case = CaseFacts((Event("request_received", _REQUEST),), {})
    ids = {clock.duty for clock in clocks.answer(case, today=None)}
    assert {"ehcna-decision-notice", "final-plan"} <= ids
    assert "annual-review-first" not in ids


def test_a_misspelt_duty_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="final-plan"):
        clocks.answer(CaseFacts((), {}), today=None, duties=["final-plans"])


def test_a_name_outside_the_vocabulary_is_refused_by_the_answer_too() -> None:
    with pytest.raises(UnknownName, match="request_received"):
        clocks.answer(CaseFacts((Event("requst_received", _REQUEST),), {}), today=None)


@pytest.mark.parametrize("duty", register.FIRST_COLUMN)
def test_no_start_is_unknown_or_not_started_and_never_overdue(duty: str) -> None:
    for case in (CaseFacts((), {}), CaseFacts((), {"history_before_return": True})):
        clock = clocks.answer(case, today=date(2030, 1, 1), duties=[duty])[0]
        assert clock.due is None
        assert clock.verdict in ("unknown", "not_started")
        assert not clock.days_late


@given(asked_on=st.dates(date(2017, 1, 1), date(2028, 1, 1)), wait=st.integers(0, 400))
def test_twenty_weeks_late_is_exactly_what_lies_beyond_them(asked_on: date, wait: int) -> None:
    sent = date.fromordinal(asked_on.toordinal() + wait)
    case = CaseFacts((Event("request_received", asked_on), Event("final_sent", sent)), {})
    clock = clocks.answer(case, today=None, duties=["final-plan"])[0]
    assert clock.days_late == max(0, wait - 140)
    assert clock.verdict == ("in_time" if wait <= 140 else "breach")


@given(today=st.dates(date(2026, 9, 9), date(2028, 1, 1)))
def test_an_open_clock_depends_on_today_alone(today: date) -> None:
    case = CaseFacts((Event("request_received", _REQUEST),), {})
    one = clocks.answer(case, today=today, duties=["final-plan"])
    assert one == clocks.answer(case, today=today, duties=["final-plan"])
    assert one[0].verdict == ("not_yet_due" if today <= date(2027, 1, 27) else "breach")


def test_because_leads_from_the_event_to_the_verdict() -> None:
    clock = _ask("final-plan", {"request_received": "2026-09-09"}, today="2027-02-01")
    assert clock.because == (
        "The request for an assessment reached the authority on Wed 9 Sep 2026.",
        "Limit: within 20 weeks; that day itself is left out"
        " (SEND Regulations 2014 reg 13(2); Children and Families Act 2014 s.39(8), 40(5)).",
        "So the last lawful day is Wed 27 Jan 2027; weekends, bank holidays and school holidays count.",
        "Not done by Mon 1 Feb 2027: 5 days late.",
    )


def test_a_family_is_told_in_plain_words_what_started_what_must_happen_and_what_to_do() -> None:
    clock = _ask("final-plan", {"request_received": "2026-09-09"}, today="2027-02-01")
    assert clock.family == (
        "The council received the request for an assessment on 9 September 2026.",
        "If there is to be a plan, the council must send you the final plan by 27 January 2027.",
        "This has not been done. It is 5 days late.",
        "What you can do: ask the council in writing when the final plan will be sent;"
        " you can complain about the delay.",
    )


@pytest.mark.parametrize(
    ("facts", "events", "words"),
    [
        ({}, {"request_received": "2026-09-09", "final_sent": "2027-01-28"}, "That was 1 day late."),
        ({}, {"request_received": "2026-09-09", "final_sent": "2027-01-20"}, "in time."),
        ({"request_withdrawn": True}, {"request_received": "2026-09-09"}, "This step is not needed now."),
        (
            {"exceptional_personal_circumstances": True, "impractical": True},
            {"request_received": "2026-09-09"},
            "must still be done",
        ),
    ],
)
def test_each_state_has_its_family_words(facts: object, events: object, words: str) -> None:
    clock = _ask("final-plan", events, facts, "2027-02-01")
    assert any(words in line for line in clock.family)


def test_no_family_wording_uses_the_words_of_the_trade() -> None:
    trade = ("LA ", "EHCNA", "statutory", "RCB", "ICB", "reg ", "s.4", "authority")
    for duty in register.DUTIES.values():
        for words in (duty.family, duty.family_step, duty.family_title):
            assert not [term for term in trade if term in words], (duty.id, words)


def test_without_today_the_limit_is_shown_and_lateness_is_not_counted() -> None:
    clock = _ask("final-plan", {"request_received": "2026-09-09"})
    assert (clock.due, clock.verdict, clock.days_late) == (date(2027, 1, 27), "unknown", None)


def test_withdrawn_exported_and_refused_cases_owe_nothing_more() -> None:
    asked = {"request_received": "2026-09-09"}
    for facts in ({"request_withdrawn": True}, {"moved_to_la": "301"}, {"assessment_decision": "refuse"}):
        clock = _ask("final-plan", asked, facts, "2027-05-01")
        assert (clock.verdict, clock.due) == ("not_applicable", None)


def test_a_late_concession_without_an_order_leaves_the_twenty_weeks_standing() -> None:
    events = {"request_received": "2026-09-09", "concession_made": "2027-03-01"}
    clock = _ask("final-plan", events, {"assessment_decision": "refuse"}, "2027-03-10")
    assert (clock.verdict, clock.due) == ("breach", date(2027, 1, 27))


def test_an_exception_without_a_ground_makes_a_late_plan_unknown_and_leaves_a_timely_one() -> None:
    events = {"request_received": "2026-09-09", "final_sent": "2027-03-01"}
    claim = {"relief_claims": [{"ground": "not-stated"}]}
    assert _ask("final-plan", events, claim).verdict == "unknown"
    assert _ask("final-plan", {**events, "final_sent": "2027-01-20"}, claim).verdict == "in_time"
    assert (
        _ask("annual-review-first", {"plan_first_made": "2020-01-01"}, claim, "2022-01-01").verdict
        == "breach"
    )


def test_an_event_whose_day_is_not_held_closes_nothing_and_accuses_nobody() -> None:
    clock = _ask("final-plan", {"request_received": "2026-09-09", "final_sent": None}, today="2028-01-01")
    assert (clock.verdict, clock.days_late) == ("unknown", None)


def test_history_before_the_return_leaves_open_clocks_unknown() -> None:
    facts = {"history_before_return": True}
    clock = _ask("final-plan", {"request_received": "2022-09-09"}, facts, "2025-02-03")
    assert clock.verdict == "unknown"


def test_a_later_step_shows_that_an_undated_one_happened() -> None:
    events = {"request_received": "2026-09-09", "draft_served": "2027-01-05"}
    assert _ask("ehcna-decision-notice", events, today="2027-01-06").verdict == "unknown"


def test_a_decision_dated_before_its_request_is_unknown_and_both_are_named() -> None:
    case = CaseFacts((Event("request_received", _REQUEST), Event("final_sent", date(2026, 1, 1))), {})
    clock = clocks.answer(case, today=date(2027, 5, 1), duties=["final-plan"])[0]
    assert clock.verdict == "unknown"
    assert "correct one of the two days" in clock.because[-1]


def test_reviews_are_paired_by_their_matter_and_not_by_nearness() -> None:
    events = [
        {"event": "review_meeting", "on": "2025-09-30", "of": "2025"},
        {"event": "review_meeting", "on": "2026-09-29", "of": "2026"},
        {"event": "review_decision_notified", "on": "2026-10-05", "of": "2025"},
        {"event": "review_decision_notified", "on": "2026-10-20", "of": "2026"},
    ]
    clock = _ask("review-decision", events)
    assert (clock.started_on, clock.closed_on) == (date(2026, 9, 29), date(2026, 10, 20))


def test_a_decision_of_the_same_matter_before_its_meeting_is_doubtful() -> None:
    events = [
        {"event": "request_received", "on": "2026-09-29", "of": "second"},
        {"event": "final_sent", "on": "2026-09-20", "of": "second"},
    ]
    assert _ask("final-plan", events, today="2027-06-01").verdict in ("unknown", "breach")


def test_without_a_matter_repeated_events_are_paired_by_date_and_that_is_said() -> None:
    events = [
        {"event": "review_meeting", "on": "2025-09-30"},
        {"event": "review_decision_notified", "on": "2025-10-20"},
        {"event": "review_meeting", "on": "2026-09-29"},
        {"event": "review_decision_notified", "on": "2026-10-20"},
    ]
    clock = _ask("review-decision", events)
    assert (clock.started_on, clock.closed_on) == (date(2026, 9, 29), date(2026, 10, 20))
    assert "paired in order of date" in " ".join(clock.because)


def test_that_events_are_paired_by_date_is_said_once() -> None:
    names = ("assessment_refusal_sent", "decision_notified")
    rows = [{"event": name, "on": on} for name in names for on in ("2026-10-01", "2026-10-08")]
    events = [{"event": "request_received", "on": "2026-09-09"}, *rows]
    clock = _ask("ehcna-refusal-notice", events, {"assessment_decision": "refuse"}, today="2026-12-01")
    assert clock.closed_on == date(2026, 10, 1)
    assert sum("paired in order of date" in words for words in clock.because) == 1


def test_the_first_review_pairs_with_the_first_making_and_the_next_with_the_latest_review() -> None:
    events = [
        {"event": "plan_first_made", "on": "2024-01-10"},
        {"event": "last_review_completed", "on": "2025-01-05"},
        {"event": "last_review_completed", "on": "2026-01-02"},
    ]
    first = _ask("annual-review-first", events, today="2026-02-01")
    later = _ask("annual-review-subsequent", events, today="2026-02-01")
    assert (first.closed_on, first.verdict) == (date(2025, 1, 5), "in_time")
    assert (later.started_on, later.due) == (date(2026, 1, 2), date(2027, 1, 1))


def test_a_limit_on_a_day_off_says_that_it_does_not_move() -> None:
    clock = _ask("ehcna-decision-notice", {"request_received": "2026-11-13"}, today="2026-12-01")
    assert "bank holiday (Christmas Day) and does not move, so act by Thu 24 Dec 2026" in " ".join(
        clock.because
    )


def test_working_days_beyond_the_table_are_unknown_and_the_year_is_named() -> None:
    clock = _ask("dsa-disclosure", {"dsa_request_received": "2030-06-01"}, today="2030-06-02")
    assert clock.verdict == "unknown"
    assert "2030" in clock.because[0]


def test_post_beyond_the_table_hides_no_limit_that_can_be_counted() -> None:
    clock = _ask("final-plan", {"request_received": "2016-01-05", "draft_posted": "2016-05-05"})
    assert clock.due == date(2016, 5, 24)
    assert clock.because[-1].endswith("add the year to bank_holidays.csv.")


def test_a_weekend_beyond_the_table_still_has_a_working_day_before_it() -> None:
    clock = _ask("final-plan", {"request_received": "2029-02-03"}, today="2029-02-10")
    assert clock.due == date(2029, 6, 23)
    assert "act by Fri 22 Jun 2029" in " ".join(clock.because)


def test_a_rule_is_not_applied_before_it_was_in_force() -> None:
    assert _ask("final-plan", {"request_received": "2013-09-09"}).verdict == "not_applicable"
    assert _ask("review-meeting-notice", {"review_meeting": "2013-09-09"}).verdict == "not_applicable"
    assert _ask("draft-representations-window", {"draft_served": "2013-09-09"}).verdict == "not_applicable"


def test_a_name_that_two_duties_give_is_written_with_the_duty() -> None:
    answer = reply.of(
        reading.read_case(
            {
                "events": {"request_received": "2026-09-09", "reassess_decision_notified": "2026-10-12"},
                "today": "2026-11-01",
            }
        )
    )
    results = answer["results"]
    assert isinstance(results, dict)
    assert results["final-plan.final_due"] == "2027-01-27"
    assert results["reassessment-final-plan.final_due"] == "2027-01-18"
    assert "final_due" not in results


def test_three_duties_that_give_one_name_each_keep_their_own() -> None:
    events = {
        "request_received": "2026-09-09",
        "reassess_decision_notified": "2026-10-12",
        "amendment_notice_sent": "2026-10-20",
    }
    results: Any = reply.of(reading.read_case({"events": events}))["results"]
    ids = ("final-plan", "reassessment-final-plan", "amended-final-plan")
    days = [results[f"{name}.final_due"] for name in ids]
    assert days == ["2027-01-27", "2027-01-18", "2026-12-15"]


def test_explain_adds_the_family_and_the_compact_chain() -> None:
    asked = reading.read_case({"events": {"request_received": "2026-09-09"}, "today": "2026-09-20"})
    named = (register.DUTIES["final-plan"], register.DUTIES["local-offer-publish"])
    answer: Any = reply.of(asked, named=named, explain=True)
    plan, offer = answer["duties"]
    assert plan["count"] == {
        "start": "request_received",
        "started_on": "2026-09-09",
        "operator": "W+20",
        "closed_on": None,
    }
    assert offer["count"]["operator"] is None
    assert plan["family"]


def test_the_whole_engine_starts_without_the_web_framework() -> None:
    words = "import sys; from fingerpost.rules.duties import clocks; sys.exit('django' in sys.modules)"
    assert run([sys.executable, "-c", words], check=False).returncode == 0


def test_every_kind_of_doubt_has_its_words_for_a_family() -> None:
    assert family.DOUBT.keys() == set(vocabulary.table()["certainty"].values) - {"settled"}
