# SPDX-License-Identifier: AGPL-3.0-or-later
"""Relief: the closed list, each ground against each limit by itself, and what it never does."""

from typing import Any

import pytest

from fingerpost.rules.duties import reading, register, reply

_ASKED = {"request_received": "2027-07-20"}
_CLOSED = {"school_closed_from": "2027-07-22", "school_reopens_on": "2027-09-02"}


def _entry(
    duty: str, events: dict[str, str], facts: dict[str, Any], today: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    asked = reading.read_case({"events": events, "facts": facts, "today": today})
    answer: Any = reply.of(asked, named=(register.DUTIES[duty],))
    return answer["duties"][0], answer["results"]


def _claim(ground: str, **more: object) -> dict[str, Any]:
    return {"relief_claims": [{"ground": ground, "impractical": True, **more}]}


@pytest.mark.parametrize(
    ("asked_on", "verdict"),
    [
        ("2027-07-14", "not_relieved"),
        ("2027-07-15", "relieved"),
        ("2027-08-26", "relieved"),
        ("2027-08-27", "not_relieved"),
    ],
)
def test_the_head_must_be_asked_inside_the_closure_window(asked_on: str, verdict: str) -> None:
    events = {"request_received": "2027-07-10", "advice_requested_from_head": asked_on, **_CLOSED}
    entry, results = _entry("final-plan", events, _claim("closure-school"), "2028-02-01")
    assert entry["verdict"] == verdict
    assert results["closure_days"] == 42
    assert results["relief_window"] == ["2027-07-15", "2027-08-26"]


def test_relief_removes_the_number_and_adds_no_days() -> None:
    events = {**_ASKED, "advice_requested_from_head": "2027-07-21", **_CLOSED}
    entry, results = _entry("final-plan", events, _claim("closure-school"), "2028-02-01")
    assert (entry["due"], entry["residual_duty"], entry["days_late"]) == (None, "as_soon_as_practicable", 0)
    assert (results["limit_without_relief"], results["fixed_extension_days"]) == ("2027-12-07", None)


def test_asking_the_psychologist_engages_no_closure() -> None:
    events = {**_ASKED, "advice_requested_from_ep": "2027-07-21", **_CLOSED}
    entry, _ = _entry("final-plan", events, _claim("closure-school"), "2028-02-01")
    assert entry["verdict"] == "not_relieved"
    assert "asking anyone else does not count" in entry["relief"][0]["why"]


def test_a_christmas_break_is_too_short_a_closure() -> None:
    events = {
        "request_received": "2026-12-01",
        "advice_requested_from_head": "2026-12-15",
        "school_closed_from": "2026-12-19",
        "school_reopens_on": "2027-01-04",
    }
    entry, results = _entry("final-plan", events, _claim("closure-school"), "2027-06-01")
    assert (entry["verdict"], results["closure_days"]) == ("not_relieved", 16)


def test_a_closure_without_its_days_cannot_be_tested() -> None:
    entry, _ = _entry("final-plan", _ASKED, _claim("closure-school"), "2028-02-01")
    assert "not held" in entry["relief"][0]["why"]


def test_facts_that_point_to_a_closure_are_shown_but_relieve_nothing_by_themselves() -> None:
    events = {**_ASKED, "advice_requested_from_head": "2027-07-21", **_CLOSED}
    entry, _ = _entry("final-plan", events, {}, "2028-02-01")
    assert entry["verdict"] == "breach"
    assert entry["relief"] == [
        {
            "ground": "closure-school",
            "applies": "no",
            "why": "closed 42 days, and the head was asked on Wed 21 Jul 2027,"
            " inside Thu 15 Jul 2027 to Thu 26 Aug 2027; but it is not stated"
            " that this made it impractical to keep the limit",
        }
    ]


def test_a_shorthand_claim_is_about_the_closure_that_the_case_holds() -> None:
    events = {**_ASKED, "advice_requested_from_head": "2027-07-21", **_CLOSED}
    assert _entry("final-plan", events, {"impractical": True}, "2028-02-01")[0]["verdict"] == "relieved"


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"absence": ["2027-08-01", "2027-08-28"], "impractical": True}, "relieved"),
        ({"absence": ["2027-08-01", "2027-08-27"], "impractical": True}, "not_relieved"),
        ({"absence": ["2027-06-01", "2027-08-16"], "impractical": True}, "not_relieved"),
        ({"absence": ["2027-06-01", "2027-08-17"], "impractical": True}, "relieved"),
        ({"absence": ["2027-11-10", "2027-12-31"], "impractical": True}, "relieved"),
        ({"absence": ["2027-11-11", "2027-12-31"], "impractical": True}, "not_relieved"),
        ({"absence_days": 28, "impractical": True}, "relieved"),
        ({"absence_days": 40, "days_inside_period": 27, "impractical": True}, "not_relieved"),
        ({"absence_days": 28, "impractical": False}, "not_relieved"),
        ({"absence_days": 28}, "not_relieved"),
        ({"exceptional_personal_circumstances": True, "impractical": True}, "relieved"),
        ({"exceptional_personal_circumstances": False, "impractical": True}, "breach"),
        ({"reason": "no educational psychologist", "impractical": True}, "not_relieved"),
        ({"relief_claims": [{"ground": "ep-shortage", "impractical": True}]}, "not_relieved"),
        (
            {"relief_claims": [{"ground": "missed appointment", "impractical": True, "on": "2027-08-01"}]},
            "not_relieved",
        ),
        ({"relief_claims": [{"ground": "absence-4w", "impractical": True}]}, "not_relieved"),
    ],
)
def test_every_ground_is_tested_against_the_twenty_weeks(facts: dict[str, Any], verdict: str) -> None:
    # the limit period runs from 21 July to 7 December 2027
    wanted = "unknown" if verdict == "breach" else verdict
    assert _entry("final-plan", _ASKED, facts, "2028-02-01")[0]["verdict"] == wanted


@pytest.mark.parametrize(
    "duty", ["ehcna-refusal-notice", "reassessment-decision", "annual-review-first", "review-decision"]
)
def test_limits_without_relief_say_so(duty: str) -> None:
    start = register.DUTIES[duty].starts[0]
    refused = {"assessment_decision": "refuse"} if duty == "ehcna-refusal-notice" else {}
    entry, _ = _entry(duty, {start: "2026-01-05"}, _claim("personal") | refused, "2028-01-05")
    assert entry["verdict"] == "not_relieved"
    assert "no relief at all" in entry["relief"][0]["why"]


def test_a_missed_appointment_needs_its_day() -> None:
    events = {"cooperation_request_received": "2026-02-02"}
    entry, _ = _entry("advice-cooperation-response", events, _claim("missed-appointment"), "2026-04-01")
    assert entry["relief"][0]["why"] == "the day of the missed appointment is not held"


def test_two_weeks_away_are_enough_for_an_order_and_four_weeks_are_two() -> None:
    events, facts = {"order_made": "2027-06-04"}, {"order_kind": "make_plan"}
    for ground, last, verdict in (
        ("absence-2w", "2027-06-18", "relieved"),
        ("absence-4w", "2027-06-18", "relieved"),
    ):
        claim = _claim(ground, **{"from": "2027-06-05", "to": last})
        assert _entry("order-make-plan", events, {**facts, **claim}, "2027-07-20")[0]["verdict"] == verdict
    short = _claim("absence-2w", **{"from": "2027-06-05", "to": "2027-06-17"})
    assert _entry("order-make-plan", events, {**facts, **short}, "2027-07-20")[0]["verdict"] == "not_relieved"


def test_a_step_done_in_time_needs_no_relief() -> None:
    entry, _ = _entry("final-plan", {**_ASKED, "final_sent": "2027-12-01"}, _claim("personal"), "2028-02-01")
    assert entry["verdict"] == "in_time"
    assert entry["relief"][0]["applies"] == "yes"


def test_a_claim_against_a_limit_that_is_not_yet_due_is_answered_now() -> None:
    entry, _ = _entry("final-plan", _ASKED, _claim("other"), "2027-08-01")
    assert (entry["verdict"], entry["days_late"]) == ("not_relieved", 0)


def test_guidance_knows_no_relief() -> None:
    events = {"advice_requested_from_head": "2026-02-02"}
    assert "relief" not in _entry("advice-guidance-response", events, _claim("personal"), "2026-05-01")[0]


@pytest.mark.parametrize(
    ("span", "verdict"),
    [
        ({"from": "2027-06-01", "to": "2027-07-20"}, "not_relieved"),  # over before the first day that counts
        ({"from": "2027-06-01", "to": "2027-07-21"}, "relieved"),
        ({"from": "2027-12-07", "to": "2028-01-31"}, "relieved"),
        ({"from": "2027-12-08", "to": "2028-01-31"}, "not_relieved"),  # began after the last lawful day
        ({"from": "2027-12-08"}, "not_relieved"),
        ({"to": "2027-07-20"}, "not_relieved"),
        ({"on": "2027-08-02"}, "relieved"),
        ({}, "relieved"),
    ],
)
def test_personal_circumstances_must_touch_the_period(span: dict[str, str], verdict: str) -> None:
    entry, _ = _entry("final-plan", _ASKED, _claim("personal", **span), "2028-02-01")
    assert entry["verdict"] == verdict


@pytest.mark.parametrize(("born", "verdict"), [("2011-05-01", "relieved"), ("2010-05-01", "not_relieved")])
def test_in_detention_only_the_absence_of_a_childs_parent_counts(born: str, verdict: str) -> None:
    events = {"brought_to_attention": "2026-07-20"}
    claim = _claim("absence-4w", **{"from": "2026-07-25", "to": "2026-08-24"})
    entry, _ = _entry("detained-decision", events, {"date_of_birth": born, **claim}, "2026-10-01")
    assert entry["verdict"] == verdict


@pytest.mark.parametrize("duty", ["review-meeting-notice", "mediation-date-notice"])
def test_a_limit_counted_back_has_no_relief_either(duty: str) -> None:
    start = register.DUTIES[duty].starts[0]
    entry, _ = _entry(duty, {start: "2027-03-15"}, _claim("personal"), "2027-03-12")
    assert (entry["verdict"], entry["relief"][0]["applies"]) == ("not_relieved", "no")


def test_a_claim_without_a_ground_leaves_every_limit_that_has_relief_unknown() -> None:
    facts = {"relief_claims": [{"ground": "not-stated"}]}
    assert _entry("ehcna-decision-notice", _ASKED, facts, "2028-02-01")[0]["verdict"] == "unknown"
    assert (
        _entry("reassessment-decision", {"reassess_request_received": "2027-07-20"}, facts, "2028-02-01")[0][
            "verdict"
        ]
        == "breach"
    )
