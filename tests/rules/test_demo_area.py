# SPDX-License-Identifier: AGPL-3.0-or-later
"""The small made-up area as files: nobody can be real, one life runs through three returns, doubts are there."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fingerpost.demo import names, postcodes, returns
from fingerpost.demo.figures import BANNER, CENSUS_DAYS
from fingerpost.demo.identities import NEVER_ISSUED_SCHOOL
from fingerpost.demo.people import CAST, WREN_RECEIVED_ON
from fingerpost.demo.returns import Written
from fingerpost.rules.identifiers.upn import check_upn
from fingerpost.rules.returns import doubts, reader
from fingerpost.rules.returns.records import PersonRecord, RequestRecord, SettingRecord

SMALL = 0.02
Years = dict[int, list[PersonRecord]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return returns.write_returns(tmp_path_factory.mktemp("made-up"), scale=SMALL)


@pytest.fixture(scope="module")
def years(written: Written) -> Years:
    found: Years = {}
    for year, path in written.returns.items():
        with path.open("rb") as stream:
            found[year] = list(reader.read(stream)[1])
    return found


def everybody(years: Years) -> Iterator[PersonRecord]:
    for persons in years.values():
        yield from persons


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


# --- nobody and nothing is real ------------------------------------------------------------------------------------


def test_every_upn_has_the_right_form_and_a_school_that_never_was(years: Years) -> None:
    numbers = [person.upn for person in everybody(years) if person.upn]
    assert numbers
    assert [number for number in numbers if check_upn(number)] == []
    assert {number[1:8] for number in numbers} == {"888" + NEVER_ISSUED_SCHOOL}


def test_establishment_numbers_begin_at_1000() -> None:
    assert int(NEVER_ISSUED_SCHOOL) < 1000


def test_no_learner_numbers_are_made(years: Years) -> None:
    assert {person.uln for person in everybody(years)} == {None}


def test_every_home_is_in_the_table_of_pseudo_postcodes(written: Written, years: Years) -> None:
    table = {row["postcode"]: row for row in rows(written.folder / "postcodes.csv")}
    assert {person.postcode for person in everybody(years)} <= set(table)
    assert all(code.startswith("ZZ99 ") for code in table)
    assert len(table) == 1200
    assert {row["district"] for row in table.values()} == {d.name for d in postcodes.DISTRICTS}


def test_every_point_lies_in_its_district() -> None:
    for postcode in (p for block in postcodes.BLOCKS for p in block):
        inside = postcode.district
        assert inside.south < postcode.latitude < inside.north
        assert inside.west < postcode.longitude < inside.east


def test_settings_have_numbers_outside_the_issued_ranges(written: Written, years: Years) -> None:
    settings = rows(written.folder / "establishments.csv")
    assert 500 < len(settings) < 700
    assert all(990000 < int(s["urn"]) <= 999999 and s["ukprn"].startswith("1999") for s in settings)
    assert len({s["urn"] for s in settings}) == len({s["name"] for s in settings}) == len(settings)
    used = {stay.urn for person in everybody(years) for stay in _settings(person) if stay.urn}
    assert used <= {s["urn"] for s in settings}
    assert {stay.ukprn for person in everybody(years) for stay in _settings(person)} == {None}


def _settings(person: PersonRecord) -> Iterator[SettingRecord]:
    for request in person.requests:
        if request.assessment and request.assessment.plan:
            yield from request.assessment.plan.settings
        if request.active:
            yield from request.active.placements


def test_names_come_from_the_word_lists(years: Years) -> None:
    first = {*names.FIRST, *(child.forename for child in CAST)}
    last = {*names.LAST, *(child.surname for child in CAST)}
    assert {person.forename for person in everybody(years)} <= first
    assert {person.surname for person in everybody(years)} <= last


def test_the_banner_stands_in_every_list_and_beside_the_returns(written: Written) -> None:
    for name in ("README.txt", "caseload.csv", "establishments.csv", "postcodes.csv", "planted.json"):
        assert BANNER in (written.folder / name).read_text("utf-8"), name


# --- the same every time -------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    again = returns.write_returns(tmp_path, scale=SMALL)
    names_made = sorted(path.name for path in again.folder.iterdir())
    assert names_made == sorted(path.name for path in written.folder.iterdir())
    for name in names_made:
        assert (tmp_path / name).read_bytes() == (written.folder / name).read_bytes(), name


def test_another_seed_makes_other_children_and_the_same_cast(years: Years, tmp_path: Path) -> None:
    other = returns.write_returns(tmp_path, seed=7, scale=SMALL)
    with other.returns[2025].open("rb") as stream:
        people = list(reader.read(stream)[1])
    upns = {child.upn for child in CAST}
    assert upns <= {person.upn for person in people}
    assert {p.surname for p in people} != {p.surname for p in years[2025]}


@pytest.mark.parametrize("scale", [0.004, 0.01, 0.05])
def test_other_sizes_can_be_made_and_read(scale: float, tmp_path: Path) -> None:
    made = returns.write_returns(tmp_path, scale=scale)
    for year, path in made.returns.items():
        with path.open("rb") as stream:
            assert len(list(reader.read(stream)[1])) == made.persons[year]


# --- one life through three returns --------------------------------------------------------------------------------


def planted(written: Written) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = json.loads((written.folder / "planted.json").read_text("utf-8"))["planted"]
    return lines


def requests(years: Years, year: int, skip: set[str]) -> dict[tuple[str, date | None, str], RequestRecord]:
    """By child and what tells its requests apart: the received date, or the beginning of the plan."""
    return {
        (person.upn or f"{person.surname} {person.forename}", request.received_on, _began(request)): request
        for person in years[year]
        if person.surname + person.forename not in skip
        for request in person.requests
    }


def _began(request: RequestRecord) -> str:
    plan = request.assessment.plan if request.assessment else None
    return "" if request.received_on or plan is None else str(plan.started_on)


def is_open(request: RequestRecord) -> bool:
    made = request.assessment
    return request.outcome == "A" or (made is not None and made.plan is None and made.outcome in "AY")


@pytest.mark.parametrize("year", [2023, 2024])
def test_what_was_open_or_active_is_told_of_in_the_next_return(
    written: Written, years: Years, year: int
) -> None:
    skip = {line["surname"] + line["forename"] for line in planted(written)}
    before, after = requests(years, year, skip), requests(years, year + 1, skip)
    census = CENSUS_DAYS[year]
    going_on = {
        key
        for key, request in before.items()
        if is_open(request)
        or (request.assessment and request.assessment.plan and not _ended(request, census))
    }
    assert going_on
    assert going_on - set(after) == set()


def _ended(request: RequestRecord, census: date) -> bool:
    plan = request.assessment.plan if request.assessment else None
    return plan is None or (plan.ceased_on is not None and plan.ceased_on <= census)


@pytest.mark.parametrize("year", [2023, 2024])
def test_what_two_returns_say_of_one_request_agrees(written: Written, years: Years, year: int) -> None:
    skip = {line["surname"] + line["forename"] for line in planted(written)}
    before, after = requests(years, year, skip), requests(years, year + 1, skip)
    for key in set(before) & set(after):
        one, two = before[key], after[key]
        if one.outcome_on and two.outcome_on:
            assert one.outcome_on == two.outcome_on
        if one.assessment and two.assessment and one.assessment.outcome_on and two.assessment.outcome_on:
            assert one.assessment.outcome_on == two.assessment.outcome_on
        if one.outcome in "YN" and two.outcome != one.outcome:
            assert two.outcome == "H"


def test_no_day_is_later_than_census_day_or_before_its_cause(written: Written, years: Years) -> None:
    skip = {line["surname"] + line["forename"] for line in planted(written)}
    for year in years:
        for request in requests(years, year, skip).values():
            made = request.assessment
            days = [request.received_on, request.outcome_on, made.outcome_on if made else None]
            known = [day for day in days if day]
            assert known == sorted(known)
            assert all(day <= CENSUS_DAYS[year] for day in known)


def test_everybody_has_a_team_and_every_live_case_an_officer(written: Written, years: Years) -> None:
    lines = rows(written.folder / "caseload.csv")
    by_child = {(r["upn"], r["surname"], r["forename"], r["birth_on"]): r for r in lines}
    assert len(by_child) == len(lines)
    assert {line["team"] for line in lines} == {"North", "South", "East"}
    for person in years[2025]:
        line = by_child[person.upn or "", person.surname, person.forename, person.birth_on.isoformat()]
        assert bool(line["officer_name"]) == any(is_live(request) for request in person.requests)
        assert line["officer_code"][:1] in ("", line["team"][0])


def is_live(request: RequestRecord) -> bool:
    return is_open(request) or (request.active is not None and not _ended(request, CENSUS_DAYS[2025]))


def test_the_caseload_list_says_which_move_is_due(written: Written) -> None:
    skye = next(r for r in rows(written.folder / "caseload.csv") if r["upn"] == CAST[2].upn)
    assert (skye["phase_transfer_kind"], skye["phase_transfer_year"]) == ("primary_to_secondary", "2025")


# --- the cast ------------------------------------------------------------------------------------------------------


def of_cast(years: Years, place: int) -> PersonRecord:
    return next(person for person in years[2025] if person.upn == CAST[place].upn)


def test_wren_has_waited_longest_for_a_decision_in_the_east(written: Written, years: Years) -> None:
    wren = of_cast(years, 0)
    assert (wren.requests[0].outcome, wren.requests[0].received_on) == ("A", WREN_RECEIVED_ON)
    east = {r["upn"] for r in rows(written.folder / "caseload.csv") if r["team"] == "East"}
    waits = [
        request.received_on
        for person in years[2025]
        if person.upn in east
        for request in person.requests
        if request.outcome == "A" and request.received_on
    ]
    assert min(waits) == WREN_RECEIVED_ON


def test_rowan_is_at_college_and_his_review_awaits_its_decision(years: Years) -> None:
    active = of_cast(years, 1).requests[0].active
    assert active
    assert active.review_meeting_on == date(2025, 1, 8)
    assert active.last_review_on is None
    assert [stay.urn is not None for stay in active.placements if stay.left_on is None] == [True]


def test_skye_moves_to_secondary_school_and_her_plan_is_not_ready(years: Years) -> None:
    active = of_cast(years, 2).requests[0].active
    assert active
    assert (active.phase_due_on, active.phase_final_on) == (date(2025, 2, 15), None)


def test_the_last_review_of_ash_was_over_a_year_ago(years: Years) -> None:
    active = of_cast(years, 3).requests[0].active
    assert active
    assert active.last_review_on
    assert active.last_review_on < CENSUS_DAYS[2025] - timedelta(days=366)


# --- the doubts ----------------------------------------------------------------------------------------------------


def test_the_rule_book_finds_what_was_planted_and_nothing_else(written: Written, years: Years) -> None:
    seen = {line["pattern"] for line in planted(written)} & set(doubts.CHOICES)
    assert {"two-active-plans", "negative-time", "request-twice", "review-before-plan"} <= seen
    wanted = {
        (int(line["return"]), line["surname"], line["forename"])
        for line in planted(written)
        if line["pattern"] in doubts.CHOICES
    }
    found = set()
    for year, persons in years.items():
        with written.returns[year].open("rb") as stream:
            header = reader.read_header(stream)
        together = doubts.Together(header.census_on)
        for person in persons:
            doubtful = (*doubts.in_record(person, header), *together.add(person))
            if {doubt.pattern for doubt in doubtful} - {"namesake-without-number"}:
                found.add((year, person.surname, person.forename))
    assert found == wanted
