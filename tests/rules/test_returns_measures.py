# SPDX-License-Identifier: Apache-2.0
"""Measures: limits day by day, a naive recount of random returns, what must add up, last year, published figures."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.returns import (
    ages,
    check,
    comparison,
    layout,
    measures,
    placement_columns,
    published,
    survey,
)
from fingerpost.rules.returns.comparison import Comparison, LastYear
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.measures import Measure
from fingerpost.rules.returns.records import SettingRecord
from fingerpost.rules.returns.rule_book import Establishment
from fingerpost.rules.returns.survey import Counting
from fingerpost.rules.returns.tally import Tally
from tests.rules.small_return import SmallReturn

A, P, R = "Requests/Assessment", "Requests/Assessment/NamedPlan", "Requests/ActivePlans"


def _tally(
    small: SmallReturn, keep: tuple[str, ...] = (), register: dict[str, Establishment] | None = None
) -> Tally:
    made: list[Tally] = []

    def watch(held: Layout) -> list[Counting]:
        made.append(Tally(held, register, keep))
        return [made[0].watch]

    survey.survey(io.BytesIO(small.bytes()), watch)
    return made[0]


def _all(small: SmallReturn, register: dict[str, Establishment] | None = None) -> dict[str, Measure]:
    return {m.id: m for m in measures.of(_tally(small, register=register).counts, small.year)}


def _edited(year: int, **edits: str | None) -> SmallReturn:
    small = SmallReturn(year)
    for path, value in edits.items():
        small.put(path.replace("__", "/"), value)
    return small


def test_the_five_children_counted_by_hand() -> None:
    found = _all(SmallReturn(2025))
    by_hand = {
        "ehcplans": 2, "requests_received_in_year": 3, "requests_decided_to_assess": 1,
        "requests_decided_not_to_assess": 1, "requests_decision_not_made": 1, "requests_withdrawn": 0,
        "request_outcome_six_weeks": 2, "assess_in_year": 1, "assess_issued": 1, "new_ehc_plans": 1,
        "PC_plans_issued_20_weeks_ex": 0, "review_expected": 1, "review_not_expected": 1, "review_meeting_24": 1,
        "review_decision24": 1, "outcome_maintan": 1, "number_decsion_4weeks": 1, "total_ceased": 1, "needs_met": 1,
        "appealable_decisions": 1 + 0 + 2 + 1, "need:slcn": 2, "years:1": 1, "years:3": 1, "age:5": 1, "age:11": 1,
    }  # fmt: skip
    assert {name: found[name].numerator for name in by_hand} == by_hand


@pytest.mark.parametrize(
    ("days", "within", "to_a_year", "over_a_year"),
    [(139, 1, 0, 0), (140, 1, 0, 0), (141, 0, 1, 0), (364, 0, 1, 0), (365, 0, 0, 1)],
)
def test_twenty_weeks_day_by_day(days: int, within: int, to_a_year: int, over_a_year: int) -> None:
    received = date(2024, 12, 20) - timedelta(days=days)
    small = SmallReturn(2025).put("p1/Requests/ReceivedDate", received.isoformat())
    found = _all(small.put(f"p1/{A}/AssessmentOutcomeDate", "2024-12-20"))
    bands = [
        found[f"pc_plans_issued_{band}"] for band in ("within_20_weeks", "gt20weeks_ltYear", "gt_1_year")
    ]
    assert [band.numerator for band in bands] == [within, to_a_year, over_a_year]
    assert [band.denominator for band in bands] == [1, 1, 1]


def test_exceptions_drop_out_of_both_sides() -> None:
    small = _edited(2025, p1__Requests__ReceivedDate="2024-08-01").put(f"p1/{A}/Week20", "1")
    found = _all(small)
    assert (
        found["pc_plans_issued_within_20_weeks"].numerator,
        found["pc_plans_issued_within_20_weeks"].value,
    ) == (1, 100)
    without = found["PC_plans_issued_20_weeks_ex"]
    assert (without.numerator, without.denominator, without.value) == (0, 0, None)


@pytest.mark.parametrize(("days", "within"), [(42, 1), (43, 0)])
def test_six_weeks(days: int, within: int) -> None:
    decided = date(2024, 3, 17) + timedelta(days=days)
    found = _all(SmallReturn(2025).put("p4/Requests/RequestOutcomeDate", decided.isoformat()))
    assert found["request_outcome_six_weeks"].numerator == 1 + within
    assert found["request_outcome_six_weeks"].denominator == 2


@pytest.mark.parametrize(("days", "within"), [(112, 1), (113, 0)])
def test_sixteen_weeks_for_no_plan(days: int, within: int) -> None:
    told = date(2024, 3, 17) + timedelta(days=days)
    small = SmallReturn(2025).put(f"p1/{A}/AssessmentOutcome", "N").put(f"p1/{P}", None).put(f"p1/{R}", None)
    found = _all(small.put(f"p1/{A}/AssessmentOutcomeDate", told.isoformat()))
    assert (found["outcome_decision_within_time"].numerator, found["assess_not_issued"].numerator) == (
        within,
        1,
    )


@pytest.mark.parametrize(("days", "within"), [(28, 1), (29, 0)])
def test_four_weeks_from_the_meeting(days: int, within: int) -> None:
    decided = date(2024, 6, 2) + timedelta(days=days)
    found = _all(SmallReturn(2025).put(f"p2/{R}/LastReview", decided.isoformat()))
    assert (found["number_decsion_4weeks"].numerator, found["number_decision_gt_4weeks"].numerator) == (
        within,
        1 - within,
    )


@pytest.mark.parametrize(
    ("meeting", "tally"),
    [("2024-12-19", "review_decision_not_due"), ("2024-12-18", "review_decision_outstanding")],
)
def test_a_decision_awaited(meeting: str, tally: str) -> None:
    small = SmallReturn(2025).put(f"p2/{R}/ReviewMeeting", meeting)
    found = _all(small.put(f"p2/{R}/LastReview", None).put(f"p2/{R}/ReviewOutcome", None))
    assert found[tally].numerator == 1
    assert found["no_outcome"].numerator == 1


def test_stock_is_of_census_day_and_flow_of_the_year_before() -> None:
    assert _all(SmallReturn(2025).put(f"p1/{P}/StartDate", "2025-01-16"))["ehcplans"].numerator == 2
    assert _all(SmallReturn(2025).put(f"p1/{P}/StartDate", "2025-01-17"))["ehcplans"].numerator == 1
    assert _all(SmallReturn(2025).put(f"p5/{P}/CeaseDate", "2025-01-16"))["ehcplans"].numerator == 2
    assert _all(SmallReturn(2025).put(f"p5/{P}/CeaseDate", "2025-01-17"))["ehcplans"].numerator == 3
    assert (
        _all(SmallReturn(2025).put("p3/Requests/ReceivedDate", "2025-01-02"))[
            "requests_received_in_year"
        ].numerator
        == 2
    )
    assert (
        _all(SmallReturn(2025).put(f"p1/{A}/AssessmentOutcomeDate", "2025-01-02"))["assess_issued"].numerator
        == 0
    )


def test_a_plan_moved_in_is_not_new() -> None:
    small = SmallReturn(2025).put(f"p1/{A}/AssessmentOutcome", "H").put(f"p1/{R}/TransferLA", "201")
    assert _all(small)["new_ehc_plans"].numerator == 0


@pytest.mark.parametrize(("year", "need"), [(2024, "need:oth"), (2025, "need:oth"), (2026, "need:ds")])
def test_down_syndrome_has_its_own_column_from_2026(year: int, need: str) -> None:
    assert _all(SmallReturn(year).put(f"p1/{R}/SENneed/SENtype", "DS"))[need].numerator == 1


def test_measures_of_a_year_name_that_year() -> None:
    assert "review_meeting_25" in _all(SmallReturn(2026))
    assert "review_completed_2025" in _all(SmallReturn(2026))
    assert "review_completed_2024" not in _all(SmallReturn(2025))
    assert "outcome_amend" not in _all(SmallReturn(2023)), "the 2023 return holds no review meetings"


def test_who_is_counted() -> None:
    tally = _tally(SmallReturn(2025), keep=("ehcplans", "total_ceased"))
    assert [list(tally.members[name]) for name in ("ehcplans", "total_ceased")] == [[1, 2], [5]]


def test_who_is_counted_is_known_however_the_counts_are_asked_for() -> None:
    tally = _tally(SmallReturn(2025), keep=("days_to_issue", "plans_issued_den"))
    assert list(tally.members["days_to_issue"]) == list(tally.members["plans_issued_den"]) != []
    assert tally.counts == tally.counts == _tally(SmallReturn(2025)).counts


def test_residence_of_2023_stands_in_active_plans() -> None:
    assert _all(SmallReturn(2023).put(f"p2/{R}/Res", "B"))["Res_52"].numerator == 1
    assert _all(SmallReturn(2025).put(f"p2/{R}/PlacementDetail/Res", "B"))["Res_52"].numerator == 1


# -- placement columns ----------------------------------------------------------------------------------------------

BORN, CENSUS = date(2012, 2, 3), date(2025, 1, 16)


@pytest.mark.parametrize(
    ("setting", "type_code", "column"),
    [
        ({"setting": "EHE"}, "", "elective_home_education"),
        ({"setting": "EYP"}, "", "nm_early_years"),
        ({"setting": "NIEO"}, "", "neet_other_csa"),
        ({"ukprn": "10001234"}, "", "ukrlp_provider"),
        ({"urn": "123456"}, "1", "mainstream_la_maintained"),
        ({"urn": "123456", "sen_unit": True}, "34", "mainstream_academy_senunit"),
        ({"urn": "123456", "resourced": True}, "35", "mainstream_free_school_resourced_provision"),
        ({"urn": "123456", "sen_unit": True}, "7", "special_la_maintained"),
        ({"urn": "123456"}, "44", "special_academy_free"),
        ({"urn": "123456"}, "10", "special_independent"),
        ({"urn": "123456"}, "18", "general_fe_tertiary_colleges"),
        ({"urn": "123456"}, "777", "placement_unknown"),
        ({}, "", "placement_unknown"),
    ],
)
def test_placement_columns(setting: dict[str, object], type_code: str, column: str) -> None:
    register = {"123456": Establishment(type_code)}
    placement = SettingRecord(**setting)  # type: ignore[arg-type]
    found = placement_columns.column(placement, BORN, CENSUS, register)
    assert found == column
    assert found in placement_columns.groups()


def test_without_a_register_a_school_is_not_guessed() -> None:
    assert placement_columns.column(SettingRecord(urn="123456"), BORN, CENSUS, None) == "not_looked_up"
    assert (
        placement_columns.column(SettingRecord(setting="NIEO"), date(2006, 2, 3), CENSUS, None)
        == "neet_other"
    )


# -- adding up ------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2023, 6, 1), date(2025, 3, 1)).map(date.isoformat)
EDITS = st.one_of(
    st.tuples(
        st.sampled_from(["p1/Requests/ReceivedDate", f"p1/{A}/AssessmentOutcomeDate", f"p1/{P}/StartDate"]),
        DAYS,
    ),
    st.tuples(
        st.sampled_from(["p4/Requests/RequestOutcomeDate", f"p5/{P}/CeaseDate", f"p2/{P}/StartDate"]), DAYS
    ),
    st.tuples(st.sampled_from([f"p2/{R}/ReviewMeeting", f"p2/{R}/LastReview"]), st.none() | DAYS),
    st.tuples(
        st.sampled_from(["p1/Requests/RequestOutcome", "p3/Requests/RequestOutcome"]), st.sampled_from("YNAW")
    ),
    st.tuples(st.just(f"p1/{A}/AssessmentOutcome"), st.sampled_from("YNAWH")),
    st.tuples(st.just(f"p5/{P}/CeaseReason"), st.none() | st.sampled_from("123456789")),
    st.tuples(st.just(f"p2/{R}/ReviewOutcome"), st.none() | st.sampled_from("MAC")),
    st.tuples(st.sampled_from([f"p1/{A}/Week20", f"p1/{P}/PB", f"p1/{P}/OA"]), st.sampled_from("01")),
    st.tuples(st.sampled_from([f"p1/{R}/SENneed", f"p1/{R}/PlacementDetail", f"p1/{R}"]), st.none()),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(EDITS, max_size=5))
def test_whatever_the_return_says_the_parts_add_up(edits: list[tuple[str, str | None]]) -> None:
    small = SmallReturn(2025)
    for path, value in edits:
        small.put(path, value)
        if path == f"p1/{R}":
            break  # nothing can hang on it any more
    wrong = [one for one in measures.sums(_tally(small).counts) if not one.holds]
    assert not wrong


def test_a_sum_that_fails_is_said() -> None:
    counts = Counter({"requests_received_in_year": 10, "requests_decided_to_assess": 8})
    (first, *_) = measures.sums(counts)
    assert (first.holds, first.difference) == (False, 2)


def test_counting_within_the_check_is_counting_alone() -> None:
    alone, within = _tally(SmallReturn(2025)), Tally(layout.of(2025))
    data = io.BytesIO(SmallReturn(2025).bytes())
    check.check(data, lambda _: None, watch=lambda _: [within.watch])
    assert within.counts == alone.counts


@pytest.mark.parametrize(
    ("value", "shown"), [(2.85, 2.9), (46.449, 46.4), (0.05, 0.1), (100.0, 100.0), (-2.25, -2.3)]
)
def test_halves_go_up(value: float, shown: float) -> None:
    assert measures.half_up(value) == shown


# -- last year ------------------------------------------------------------------------------------------------------


def _compared(before: SmallReturn, now: SmallReturn) -> list[comparison.Difference]:
    held = LastYear(layout.of(before.year))
    survey.survey(io.BytesIO(before.bytes()), lambda _: [held.watch])
    against = Comparison(held, layout.of(now.year))
    survey.survey(io.BytesIO(now.bytes()), lambda _: [against.watch])
    return against.finish()


def _same_children(year: int) -> SmallReturn:
    """The children of the 2024 return, a year on: nobody new, the ended plan gone, the open request decided."""
    small = SmallReturn(2024)
    again = SmallReturn(year)
    for name in ("p1", "p2", "p3", "p4", "p5"):
        again.put(f"{name}/PersonBirthDate", small.at(f"{name}/PersonBirthDate").text)
    again.put("p1/Requests/RequestOutcome", "H").put("p1/Requests/RequestOutcomeDate", None)
    again.put(f"p1/{A}/AssessmentOutcome", "H").put(f"p1/{A}/AssessmentOutcomeDate", None)
    again.put(f"p1/{P}/StartDate", "2023-08-20").put("p1/Requests/ReceivedDate", "2023-03-17")
    again.put(f"p2/{P}/StartDate", "2021-06-10").put("p3/Requests/ReceivedDate", "2023-12-19")
    again.put(f"p5/{P}/StartDate", "2021-06-10")
    return again.put("p4/UPNunknown", None).put("p4/UPN", "K88829992242A")


def test_a_quiet_year_shows_only_what_cannot_be_explained() -> None:
    found = Counter(one.kind for one in _compared(SmallReturn(2024), _same_children(2025)))
    assert found == {"appeared": 1}, "the ended plan of the small return was not active last year"


def test_who_vanished_and_what_changed() -> None:
    now = (
        _same_children(2025)
        .put("p2/PersonBirthDate", "2012-03-02")
        .put("p3/Requests/ReceivedDate", "2023-12-18")
    )
    now.put("p1/Requests/RequestOutcome", "N").put(f"p1/{A}/AssessmentOutcomeDate", "2023-08-21")
    kinds = Counter(one.kind for one in _compared(SmallReturn(2024), now))
    assert kinds["birth-date-changed"] == 1
    assert kinds["request-vanished"] == 1
    assert kinds["outcome-changed"] == 1
    assert kinds["date-changed"] == 1


def test_a_plan_gone_without_an_end_and_one_that_starts_earlier() -> None:
    now = _same_children(2025).put(f"p1/{P}/StartDate", "2023-08-19")
    now.at("Persons").remove(now.at("p2"))
    kinds = Counter(one.kind for one in _compared(SmallReturn(2024), now))
    assert kinds["plan-vanished"] == 1
    assert kinds["start-earlier"] == 1


# -- published ------------------------------------------------------------------------------------------------------


def test_published_figures_stand_beside() -> None:
    stock = {name: count for name, count, _ in published.beside("888", "jan_ehcplans", 2025, ("890",))}
    assert stock == {"England": 638745, "North West": 92839, "Lancashire": 12317, "Blackpool": 1661}
    headline = {name: rate for name, _, rate in published.beside("888", "cy_plans_issued_20_weeks_ex", 2025)}
    assert (headline["England"], headline["Lancashire"]) == (46.4, 17.3)


def test_every_headline_is_a_column_of_the_published_table() -> None:
    columns = set(layout.table("published.csv")[0])
    headlines = {m.headline for m in measures.of(_tally(SmallReturn(2025)).counts, 2025)} - {""}
    assert headlines <= columns
    assert len(headlines) > 20


# -- ages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2012, 2, 3), date(2025, 2, 3), 13),
        (date(2012, 2, 3), date(2025, 2, 2), 12),
    ],
)
def test_age(born: date, on: date, age: int) -> None:
    assert ages.age_on(born, on) == age


def test_age_of_the_published_tables_is_that_of_31_august() -> None:
    assert ages.school_age(date(2013, 8, 31), date(2025, 1, 16)) == 11
    assert ages.school_age(date(2013, 9, 1), date(2025, 1, 16)) == 10


@pytest.mark.parametrize(
    ("born", "on", "compulsory"),
    [
        (date(2020, 1, 5), date(2025, 3, 30), False),
        (date(2020, 1, 5), date(2025, 3, 31), True),
        (date(2019, 12, 31), date(2024, 12, 31), True),
        (date(2008, 8, 31), date(2024, 6, 28), True),
        (date(2008, 8, 31), date(2024, 6, 29), False),
        (date(2008, 9, 1), date(2025, 6, 27), True),
        (date(2008, 9, 1), date(2025, 6, 28), False),
    ],
)
def test_compulsory_school_age(born: date, on: date, compulsory: bool) -> None:
    assert ages.of_school_age(born, on) is compulsory
