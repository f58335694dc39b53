# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as written: names, aliases, dates and contradictions. Nothing is ignored and nothing is guessed."""

from datetime import date, time
from typing import Any

import pytest

from fingerpost.rules.duties import reading, vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts, Event

_ROW = {"event": "final_sent", "on": "2027-01-27"}


def _facts(**facts: object) -> dict[str, object]:
    return dict(reading.read_case({"facts": facts}).case.facts)


@pytest.mark.parametrize(
    "alias", [row for row in vocabulary.table().values() if row.alias_of and row.kind == "event"]
)
def test_every_second_spelling_of_an_event_is_read_under_its_main_name(alias: vocabulary.Name) -> None:
    case = reading.read_case({"events": {alias.name: "2027-01-27"}}).case
    assert case.events == (Event(alias.alias_of, date(2027, 1, 27)),)


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ({"dob": "2011-08-03"}, {"date_of_birth": date(2011, 8, 3)}),
        ({"over_csa": True}, {"over_compulsory_school_age": True}),
        ({"transfer": "Primary to-Secondary"}, {"phase_transfer_kind": "primary_to_secondary"}),
        ({"setting": "fe"}, {"setting_type": "FE"}),
        ({"cease_reason": 5}, {"cease_reason": "5"}),
        ({"order": "make plan"}, {"order_kind": "make_plan"}),
        ({"appeal_type": "51(2)(a)"}, {"appeal_grounds": ["51(2)(a)"]}),
        ({"other_timescale_in_writing": False}, {"agreed_timescale": False}),
        ({"representative": None}, {}),
        ({"request_withdrawn": True}, {"request_withdrawn": True}),
        ({"notice_given": True}, {"review_notice_given": True}),
        ({"age": 17, "age_months": 3}, {"age": 17, "age_months": 3}),
    ],
)
def test_facts_are_read_under_main_names_with_their_types(
    facts: dict[str, object], held: dict[str, object]
) -> None:
    assert _facts(**facts) == held


def test_an_event_without_its_day_is_kept_as_happened() -> None:
    case = reading.read_case({"events": {"final_sent": None}}).case
    assert (case.events, dict(case.facts)) == ((), {"final_sent": True})


def test_an_event_of_the_long_shape_keeps_its_other_days() -> None:
    row = {**_ROW, "sent_on": "2027-01-27", "channel": "post", "received_on": "2027-01-29", "of": "first"}
    case = reading.read_case({"events": [row]}).case
    assert case.events[0] == Event(
        "final_sent", date(2027, 1, 27), date(2027, 1, 27), "post", None, date(2027, 1, 29), "first"
    )


def test_a_tribunal_receipt_may_carry_its_time() -> None:
    case = reading.read_case({"events": {"appeal_received": "2027-03-01T16:59"}}).case
    assert case.events[0].at == time(16, 59)


def test_the_day_of_asking_has_two_spellings_and_an_id_is_kept() -> None:
    asked = reading.read_case({"id": 7, "on": "2027-01-01", "events": {}})
    assert (asked.today, asked.id) == (date(2027, 1, 1), 7)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ([], "must be an object"),
        ({}, "'events'"),
        ({"event": {}}, "nearest listed name: 'events'"),
        ({"events": {}, "today": "2027-01-01", "on": "2027-01-02"}, "'today' and 'on'"),
        ({"events": {}, "today": "soon"}, "today: 'soon'"),
        ({"events": 3}, "'events' must be"),
        ({"events": {"requst_received": "2027-01-01"}}, "nearest listed name: 'request_received'"),
        ({"events": {"zzzzzzzzzzzz": "2027-01-01"}}, "'zzzzzzzzzzzz' is not a listed event"),
        ({"events": {"final_sent": 20270101}}, "events.final_sent: 20270101"),
        ({"events": {"final_sent": "2027-02-30"}}, "events.final_sent: '2027-02-30' is not a day"),
        ({"events": {"final_sent": "2027-02-20T25:00"}}, "not a time of day"),
        ({"events": ["final_sent"]}, r"events\[0\] must be an object"),
        ({"events": [3]}, r"events\[0\] must be an object"),
        ({"events": [{"event": "finl_sent", "on": "2027-01-01"}]}, "nearest listed name: 'final_sent'"),
        ({"events": [{"event": "final_sent", "on": 20270101}]}, "final_sent: 20270101"),
        ({"events": [{"on": "2027-01-01"}]}, r"events\[0\].event"),
        ({"events": [{"event": "final_sent"}]}, r"final_sent.on: None"),
        ({"events": [{**_ROW, "sentt_on": "2027-01-27"}]}, "nearest listed name: 'sent_on'"),
        ({"facts": []}, "'facts' must be"),
        ({"facts": {"date_of_brith": "2011-01-01"}}, "nearest listed name: 'date_of_birth'"),
        ({"facts": {"final_sent": "2027-01-01"}}, "this is an event"),
        ({"facts": {"today": "2027-01-01"}}, "field of the case itself"),
        ({"facts": {"review_held": "yes"}}, "must be true or false"),
        ({"facts": {"age": -1}}, "whole number"),
        ({"facts": {"age": True}}, "whole number"),
        ({"facts": {"requester": "pupil"}}, "is none of parent"),
        ({"facts": {"requester": "yung person"}}, "nearest listed name: 'young_person'"),
        ({"facts": {"case_stage": ["draft"]}}, "must be text"),
        ({"facts": {"date_of_birth": "3 August 2011"}}, "facts.date_of_birth"),
        ({"facts": {"relief_claims": ["personal"]}}, "each claim is an object"),
        ({"facts": {"relief_claims": [{"grounds": "personal"}]}}, "nearest listed name: 'ground'"),
        ({"facts": {"relief_claims": [{"ground": "personnal"}]}}, "nearest listed name: 'personal'"),
        (
            {"facts": {"relief_claims": [{"ground": "absence-4w", "from": "2027-13-01"}]}},
            "relief_claims.from",
        ),
        ({"facts": {"absence": "2027-01-01"}}, "facts.absence"),
    ],
)
def test_a_case_that_cannot_be_used_says_which_field(case: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        reading.read_case(case)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            {"events": {"request_received": "2026-09-09", "final_sent": "2026-09-01"}},
            "lies before request_received",
        ),
        (
            {"events": {"review_notice_given": "2026-09-09", "notice_given": "2026-09-10"}},
            "under another name",
        ),
        ({"events": [{**_ROW, "sent_on": "2027-01-26"}]}, "contradicts"),
        ({"events": [{**_ROW, "event": "draft_served", "deemed_served_on": "2027-01-28"}]}, "contradicts"),
        ({"events": [{**_ROW, "event": "request_received", "received_on": "2027-01-28"}]}, "contradicts"),
        ({"events": [{**_ROW, "sent_on": "2027-01-27", "received_on": "2027-01-26"}]}, "before sent_on"),
        ({"events": [{**_ROW, "event": "decision_notified", "sent_on": "2027-01-28"}]}, "before sent_on"),
        ({"facts": {"dob": "2011-01-01", "date_of_birth": "2011-01-02"}}, "under another name"),
        (
            {"facts": {"relief_claims": [{"ground": "personal", "from": "2027-02-01", "to": "2027-01-01"}]}},
            "before 'from'",
        ),
        (
            {"events": {"request_received": "2026-09-09"}, "facts": {"dob": "2026-10-01"}},
            "facts.date_of_birth",
        ),
        ({"facts": {"dob": "2010-05-01", "age": 12}, "today": "2026-09-09"}, "facts.age"),
        (
            {"events": {"school_closed_from": "2026-09-09", "school_reopens_on": "2026-09-01"}},
            "school_reopens_on",
        ),
    ],
)
def test_contradictions_name_both_sides(case: Any, words: str) -> None:
    with pytest.raises(ContradictoryFacts, match=words):
        reading.read_case(case)


@pytest.mark.parametrize(
    "events",
    [
        {"review_notice_given": "2026-09-09", "notice_given": "2026-09-09"},
        {"final_sent": "2026-09-01"},
        {"review_meeting": "2026-09-29", "last_review_completed": "2025-10-01"},
    ],
)
def test_what_only_looks_like_a_contradiction_is_read(events: dict[str, str]) -> None:
    assert reading.read_case({"events": events}).case.events


def test_each_shorthand_becomes_a_claim_with_the_shared_words() -> None:
    facts = _facts(
        exceptional_personal_circumstances=True,
        missed_appointment_on="2026-02-20",
        absence=["2026-02-01", "2026-03-10"],
        impractical=True,
        reason="illness",
    )
    claims: Any = facts["relief_claims"]
    assert [claim["ground"] for claim in claims] == ["personal", "missed-appointment", "absence-4w"]
    assert all(claim["impractical"] is True and claim["reason"] == "illness" for claim in claims)


def test_claims_and_shorthands_stand_side_by_side() -> None:
    claims: Any = _facts(relief_claims={"ground": "EP shortage"}, absence_days=30)["relief_claims"]
    assert [claim["ground"] for claim in claims] == ["ep-shortage", "absence-4w"]


def test_a_bare_reason_is_no_ground_and_a_bare_impractical_names_none() -> None:
    reason: Any = _facts(reason="no psychologist")["relief_claims"]
    bare: Any = _facts(impractical=True)["relief_claims"]
    assert (reason[0]["ground"], bare[0]["ground"]) == ("other", "not-stated")


@pytest.mark.parametrize("event", ["request_received", "final_sent", "draft_served", "decision_notified"])
def test_what_cannot_be_planned_cannot_lie_after_today(event: str) -> None:
    told = {"today": "2026-09-08", "events": {event: "2026-09-09"}}
    with pytest.raises(ContradictoryFacts, match=f"events.{event}: 2026-09-09 lies after today 2026-09-08"):
        reading.read_case(told)
    assert reading.read_case({**told, "today": "2026-09-09"}).today is not None


def test_a_meeting_may_lie_ahead() -> None:
    asked = reading.read_case({"today": "2026-09-08", "events": {"review_meeting": "2026-10-09"}})
    assert asked.case.events[0].name == "review_meeting"
