# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was imported goes out again whole; what somebody changed since goes out as it is now."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fingerpost.postgres.address import Address
from fingerpost.rules.returns.records import NeedRecord, PersonRecord, RequestRecord
from tests.database import raw
from tests.records.returns_kept import exported, sen2
from tests.records.test_returns_import import HISTORY, asked, blank, child, load, record, with_plan, write
from tests.rules.small_return import SmallReturn

FIXTURES = (blank, record)
DAY = date(2024, 3, 1)
ADD_FACT = (
    'INSERT INTO cases_fact (id, area_id, team_id, person_id, case_id, name, "on", value, origin, certainty, retracts,'
    " by_id, at) SELECT gen_random_uuid(), area_id, team_id, person_id, case_id, %s, %s, %s::jsonb, 'entered',"
    " 'settled', false, by_id, now() FROM cases_fact WHERE name = 'request_received' LIMIT 1"
)
CORRECT = (
    'INSERT INTO cases_fact (id, area_id, team_id, person_id, case_id, name, "on", origin, certainty, reason,'
    " supersedes_id, retracts, by_id, at) SELECT gen_random_uuid(), area_id, team_id, person_id, case_id, name,"
    " %s, 'corrected', 'settled', 'the letter says so', id, false, by_id, now() FROM cases_fact WHERE name = %s"
)


def plain(persons: list[PersonRecord]) -> list[PersonRecord]:
    return sorted(persons, key=lambda person: person.surname)


def only_request(year: int, on: date | None = None) -> RequestRecord:
    (person,) = exported(year, on)[1]
    (request,) = person.requests
    return request


def change(server: Address, name: str, sql: str, *values: object) -> None:
    with raw(server, name, "loader") as loader:
        loader.execute(sql, values)


# -- as it came -----------------------------------------------------------------------------------------------------


def test_a_return_goes_out_as_it_came(record: str, tmp_path: Path) -> None:
    one = child(1, with_plan(asked(DAY, "Y", date(2024, 4, 1)), date(2024, 7, 1)))
    two = child(2, asked(date(2024, 12, 2)))
    load(write(tmp_path, 2025, one, two))
    header, persons = exported(2025)
    assert (header.dmo, header.dco, header.dsco, header.serial) == ("Y", "Y", "Y", "002")
    assert plain(persons) == [one, two]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_a_file_by_another_hand_goes_out_element_by_element(record: str, tmp_path: Path, year: int) -> None:
    file = tmp_path / "small.xml"
    file.write_bytes(SmallReturn(year).bytes())
    load(str(file))
    done = sen2("export", "--area", "888", "--year", str(year), "--output", str(tmp_path / "out.xml"))
    assert (done.code, done.err) == (0, ""), done.err
    assert elements(tmp_path / "out.xml") == elements(file)


def elements(file: Path) -> list[list[tuple[str, str]]]:
    """Every person's elements in order, tag and text, read by the standard library."""
    persons = ET.parse(file).getroot().iter("Person")  # noqa: S314 - our own file
    return sorted([(each.tag, (each.text or "").strip()) for each in person.iter()] for person in persons)


def test_items_that_no_room_owns_go_out_too(record: str, tmp_path: Path) -> None:
    plan = with_plan(HISTORY, None)
    assert plan.assessment is not None
    assert plan.assessment.plan is not None
    second = replace(plan.assessment.plan.settings[0], urn="999418", rank=2)
    both = replace(plan.assessment.plan, settings=(*plan.assessment.plan.settings, second))
    plan = replace(plan, assessment=replace(plan.assessment, plan=both))
    young = child(1, replace(asked(DAY), source="1", rya=True), plan, birth_on=date(2006, 5, 5))
    load(write(tmp_path, 2025, young))
    assert exported(2025)[1] == [young]


def test_a_record_that_was_set_aside_is_not_lost(record: str, tmp_path: Path) -> None:
    one = child(1, asked(DAY))
    other = child(2, asked(date(2024, 9, 1)), upn=one.upn, birth_on=date(2010, 1, 1), forename="Ellis")
    load(write(tmp_path, 2025, one, other))
    assert plain(exported(2025)[1]) == [one, other]


def test_a_child_given_twice_in_one_return_stops_nothing_and_loses_nothing(
    record: str, tmp_path: Path
) -> None:
    plan = with_plan(asked(DAY, "Y", date(2024, 4, 1)), date(2024, 7, 1))
    one = child(1, plan)
    again = replace(one, requests=(plan, asked(date(2024, 12, 2))))
    load(write(tmp_path, 2025, one, again))
    came = exported(2025)[1]
    assert len(came) == 2
    assert one in came
    assert again in came


def test_a_request_that_was_held_back_is_not_lost(record: str, tmp_path: Path) -> None:
    twice = child(1, asked(DAY), asked(DAY, "N", date(2024, 4, 1)))
    load(write(tmp_path, 2025, twice))
    assert exported(2025)[1] == [twice]


def test_a_name_in_question_goes_out_as_the_return_said_it(record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2024, child(1, asked(date(2023, 3, 1)))))
    renamed = child(1, asked(date(2023, 3, 1), "N", date(2024, 2, 1)), surname="Renamed")
    load(write(tmp_path, 2025, renamed))
    assert exported(2025)[1] == [renamed]


# -- as it is now ---------------------------------------------------------------------------------------------------


def test_a_decision_that_somebody_entered_goes_out(server: Address, record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2025, child(1, asked(DAY))))
    change(server, record, ADD_FACT, "decision_notified", date(2024, 4, 2), None)
    change(server, record, ADD_FACT, "assessment_decision", None, '"refuse"')
    request = only_request(2025)
    assert (request.outcome, request.outcome_on) == ("N", date(2024, 4, 2))
    assert (request.mediation, request.tribunal, request.rya) == (False, False, False)


def test_what_happened_after_census_day_waits_for_the_next_return(
    server: Address, record: str, tmp_path: Path
) -> None:
    load(write(tmp_path, 2025, child(1, asked(DAY))))
    change(server, record, ADD_FACT, "decision_notified", date(2025, 1, 20), None)
    change(server, record, ADD_FACT, "assessment_decision", None, '"assess"')
    assert only_request(2025).outcome == "A"


def test_a_day_that_was_corrected_goes_out_and_the_rest_as_it_came(
    server: Address, record: str, tmp_path: Path
) -> None:
    issued = with_plan(asked(DAY, "Y", date(2024, 4, 1)), date(2024, 7, 1))
    load(write(tmp_path, 2025, child(1, issued)))
    change(server, record, CORRECT, date(2024, 4, 9), "decision_notified")
    assert only_request(2025) == replace(issued, outcome_on=date(2024, 4, 9))


def test_a_room_that_says_something_else_is_believed(server: Address, record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2025, child(1, with_plan(HISTORY, None))))
    change(server, record, "UPDATE people_person SET postcode = 'PR2 9XX', uln = '9990000017'")
    change(server, record, "UPDATE placements_placement SET left_on = '2024-12-20'")
    change(server, record, "UPDATE plans_need SET kind = 'ASD'")
    change(server, record, "UPDATE plans_plan SET personal_budget = true")
    (person,) = exported(2025)[1]
    assert (person.postcode, person.uln) == ("PR2 9XX", "9990000017")
    active, assessment = person.requests[0].active, person.requests[0].assessment
    assert active is not None
    assert active.placements[0].left_on == date(2024, 12, 20)
    assert active.needs == (NeedRecord(kind="ASD", rank=1),)
    assert assessment is not None
    assert assessment.plan is not None
    assert assessment.plan.pb is True


# -- the next year's ------------------------------------------------------------------------------------------------


def test_next_years_return_is_told_from_the_facts(record: str, tmp_path: Path) -> None:
    issued = with_plan(asked(DAY, "Y", date(2024, 4, 1)), date(2024, 7, 1))
    refused = child(2, asked(DAY, "N", date(2024, 5, 1)))
    waiting = child(3, asked(date(2024, 12, 2)))
    load(write(tmp_path, 2025, child(1, issued), refused, waiting))
    one, three = plain(exported(2026, date(2026, 1, 15))[1])
    assert three.requests == waiting.requests
    (request,) = one.requests
    assert (request.received_on, request.outcome, request.outcome_on) == (DAY, "H", None)
    assert request.assessment is not None
    assert (request.assessment.outcome, request.assessment.outcome_on) == ("H", None)
    assert request.active == issued.active
    assert issued.assessment is not None
    assert request.assessment.plan == issued.assessment.plan


def test_an_older_return_does_not_know_what_came_later(record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2024, child(1, asked(date(2023, 11, 1)))))
    later = with_plan(asked(date(2023, 11, 1), "Y", date(2024, 1, 25)), date(2024, 3, 15))
    moved_in = child(2, with_plan(HISTORY, None, transfer_la="889"))
    load(write(tmp_path, 2025, child(1, later), moved_in))
    assert exported(2024)[1] == [child(1, asked(date(2023, 11, 1)))]


def test_a_plan_of_2024_fits_the_shape_of_2023_and_back(record: str, tmp_path: Path) -> None:
    plan = with_plan(HISTORY, None)
    assert plan.active is not None
    boarding = replace(plan, active=replace(plan.active, res="A"))
    load(write(tmp_path, 2023, child(1, boarding)))
    assert exported(2023)[1] == [child(1, boarding)]
    request = only_request(2024)
    assert request.active is not None
    assert request.active.res is None
    assert request.active.placements[0].res == "A"
