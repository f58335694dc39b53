# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worked examples and the traps that every reader of this law should know, each as one question and answer."""

from typing import Any

import pytest

from fingerpost.rules.duties import reading, register, reply

# duty, events, facts, then what must hold (fields of the entry or named results)
WORKED: list[tuple[str, dict[str, str], dict[str, Any], dict[str, Any]]] = [
    ("ehcna-decision-notice", {"request_received": "2026-09-09"}, {}, {"due": "2026-10-21"}),
    ("plan-refusal-notice", {"request_received": "2026-09-09"}, {}, {"due": "2026-12-30"}),
    ("final-plan", {"request_received": "2026-09-09"}, {}, {"due": "2027-01-27"}),
    ("draft-representations-window", {"draft_served": "2027-01-11"}, {}, {"earliest": "2027-01-26"}),
    ("annual-review-first", {"plan_first_made": "2025-11-04"}, {}, {"due": "2026-11-03"}),
    ("review-report", {"review_meeting": "2026-09-29"}, {}, {"due": "2026-10-13"}),
    ("review-decision", {"review_meeting": "2026-09-29"}, {}, {"due": "2026-10-27"}),
    (
        "amended-final-plan",
        {"review_meeting": "2026-09-29", "amendment_notice_sent": "2026-10-20"},
        {},
        {"due": "2026-12-15", "outer_final_limit": "2026-12-22"},
    ),
    (
        "review-meeting-notice",
        {"review_meeting": "2026-11-04"},
        {},
        {"latest_safe": "2026-10-20", "latest_arguable": "2026-10-21"},
    ),
    ("appeal-deadline", {"notice_sent": "2026-12-30"}, {}, {"two_month_date": "2027-02-28"}),
    ("appeal-deadline", {"notice_sent": "2026-11-30"}, {}, {"two_month_date": "2027-01-30"}),
    (
        "cease-earliest-date",
        {"cease_notice_sent": "2026-12-23", "certificate_issued": "2027-01-30"},
        {},
        {"earliest": "2027-03-02"},
    ),
    ("cease-earliest-date", {"cease_notice_sent": "2027-06-12"}, {}, {"earliest": "2027-09-02"}),
    ("reassessment-decision", {"reassess_request_received": "2026-10-01"}, {}, {"due": "2026-10-16"}),
    ("reassessment-final-plan", {"reassess_decision_notified": "2026-10-12"}, {}, {"due": "2027-01-18"}),
    (
        "order-assess",
        {"order_made": "2027-06-04"},
        {"order": "assess"},
        {"due": "2027-06-18", "refusal_due": "2027-08-13", "final_due": "2027-09-10"},
    ),
    (
        "order-make-plan",
        {"order_made": "2027-06-04"},
        {"order": "make_plan"},
        {"due": "2027-07-09", "final_due": "2027-08-20"},
    ),
    ("recommendation-health-response", {"recommendation_dated": "2027-06-04"}, {}, {"due": "2027-07-08"}),
    ("transfer-plan", {"old_la_aware": "2027-04-14", "move_date": "2027-04-01"}, {}, {"due": "2027-05-05"}),
    ("transfer-inform-family", {"transfer_date": "2027-05-05"}, {}, {"due": "2027-06-16"}),
    (
        "transfer-review",
        {"transfer_date": "2027-05-05", "last_review_completed": "2026-03-01"},
        {},
        {"due": "2027-08-04"},
    ),
    (
        "phase-transfer-15-february",
        {"phase_transfer_on": "2028-09-04"},
        {"transfer": "primary_to_secondary"},
        {"due": "2028-02-14"},
    ),
    ("right-holder", {}, {"dob": "2011-08-03"}, {"young_person_from": "2027-06-26"}),
    ("right-holder", {}, {"dob": "2010-11-03"}, {"young_person_from": "2027-06-26"}),
    ("plan-end-age-25", {}, {"dob": "2002-01-15", "setting": "FE"}, {"may_maintain_until": "2027-07-31"}),
    ("la-response-appeal", {"appeal_received_by_la": "2027-07-19"}, {}, {"due": "2027-09-29"}),
]
TRAPS: list[tuple[str, dict[str, str], dict[str, Any], dict[str, Any]]] = [
    (
        "draft-representations-window",
        {"draft_served": "2026-10-01", "final_sent": "2026-10-15"},
        {},
        {"verdict": "unlawful"},
    ),
    (
        "reassessment-decision",
        {"reassess_request_received": "2026-10-01", "reassess_decision_notified": "2026-10-16"},
        {},
        {"verdict": "in_time"},
    ),
    (
        "annual-review-first",
        {"plan_first_made": "2025-11-04", "last_review_completed": "2026-11-04"},
        {},
        {"days_late": 1},
    ),
    (
        "phase-transfer-31-march",
        {"amended_final_sent": "2028-03-31"},
        {"transfer": "secondary_to_post_16_institution", "transfer_year": 2028},
        {"due": "2028-03-30", "days_late": 1},
    ),
    (
        "final-plan",
        {"request_received": "2026-09-09"},
        {"relief_claims": [{"ground": "ep-shortage", "impractical": True}]},
        {"verdict": "not_relieved", "due": "2027-01-27"},
    ),
    (
        "final-plan",
        {"request_received": "2026-09-09", "draft_served": "2027-02-01", "decision_notified": "2026-11-30"},
        {},
        {"due": "2027-01-27"},
    ),
    (
        "review-amendment-notice",
        {"review_meeting": "2026-09-29", "amendment_notice_sent": "2026-10-20"},
        {"review_outcome": "amend", "proposed_amendments_enclosed": False},
        {"verdict": "breach"},
    ),
    (
        "ehcna-decision-notice",
        {"request_received": "2026-09-13", "decision_notified": "2026-10-26"},
        {},
        {"due": "2026-10-25", "days_late": 1},
    ),
    ("appeal-deadline", {"notice_sent": "2027-02-28"}, {}, {"due": "2027-04-28"}),
    ("appeal-deadline", {"notice_sent": "2027-06-05"}, {}, {"due": "2027-09-01"}),
    ("right-holder", {}, {"dob": "2010-11-03"}, {"right_holder": "parent"}),
    (
        "order-amend-provision",
        {"order_made": "2027-06-04"},
        {"order": "amend_provision"},
        {"due": "2027-07-09"},
    ),
    ("recommendation-care-response", {"recommendation_dated": "2027-06-04"}, {}, {"due": "2027-07-08"}),
    (
        "review-report",
        {"review_meeting": "2026-09-29"},
        {"setting": "FE"},
        {"report_author": "local_authority"},
    ),
    (
        "phase-transfer-31-march",
        {},
        {"transfer": "own_sixth_form", "transfer_year": 2028},
        {"verdict": "not_applicable"},
    ),
    (
        "plan-refusal-notice",
        {"request_received": "2026-09-09", "plan_agreed": "2027-01-20"},
        {},
        {"verdict": "not_applicable"},
    ),
    (
        "ehcna-refusal-contents",
        {"assessment_refusal_sent": "2026-10-01"},
        {"letter_has": ["reasons", "appeal_right", "time_limits", "mediation_reg32", "drs", "ias"]},
        {"verdict": "complete"},
    ),
    (
        "final-plan-notice",
        {"final_sent": "2026-10-01"},
        {"letter_has": ["reasons", "appeal_right", "time_limits", "mediation_reg32", "drs", "ias"]},
        {"verdict": "defective"},
    ),
]


@pytest.mark.parametrize(("duty", "events", "facts", "wanted"), WORKED + TRAPS)
def test_the_sheet_is_answered(
    duty: str, events: dict[str, str], facts: dict[str, Any], wanted: dict[str, Any]
) -> None:
    today = max(["2027-03-01", *(on[:10] for on in events.values())])
    asked = reading.read_case({"events": events, "facts": facts, "today": today})
    answer: Any = reply.of(asked, named=(register.DUTIES[duty],))
    entry, results = answer["duties"][0], answer["results"]
    for name, value in wanted.items():
        assert (entry[name] if name in entry else results[name]) == value, entry
