# SPDX-License-Identifier: Apache-2.0
"""What is written is read back the same, in every year's shape and spelling; an independent file is read right."""

import dataclasses
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.returns import layout, making, reader, writer
from fingerpost.rules.returns import records as r
from tests.rules.any_return import any_return
from tests.rules.small_return import SmallReturn


@settings(max_examples=60, deadline=None)
@given(any_return(), st.sampled_from(["SENSetting", "SENsetting"]))
def test_written_and_read_back(made: tuple[r.Header, list[r.PersonRecord]], spelling: str) -> None:
    header, persons = made
    out = io.BytesIO()
    writer.write(out, header, persons, setting_spelling=spelling)
    out.seek(0)
    header_read, persons_read = reader.read(out)
    assert header_read == header
    assert list(persons_read) == persons


@pytest.mark.parametrize("year", layout.years())
def test_an_independent_file_survives_reading_and_writing(year: int) -> None:
    first, again = io.BytesIO(SmallReturn(year).bytes()), io.BytesIO()
    header, persons = reader.read(first)
    writer.write(again, header, persons)
    first.seek(0)
    again.seek(0)
    assert list(reader.read(again)[1]) == list(reader.read(first)[1])


def test_what_an_independent_file_says() -> None:
    stream = io.BytesIO(SmallReturn(2023).bytes())
    header = reader.read_header(stream)
    people = list(reader.read_persons(stream, layout.of(header.year)))
    assert (header.la, header.year, header.census_on, header.serial) == (
        "888",
        2023,
        date(2023, 1, 19),
        "001",
    )
    wren, ash, ellis = people[:3]
    assert (wren.ordinal, wren.surname, wren.forename, wren.sex) == (1, "Sample", "Wren", "F")
    request = wren.requests[0]
    assert (request.received_on, request.outcome, request.rya) == (date(2022, 3, 17), "Y", False)
    assert request.assessment is not None
    assert request.assessment.plan is not None
    assert request.assessment.plan.settings[0].urn == "999417"
    assert request.active is not None
    assert request.active.placements[0].attendance == "FT"
    assert ash.requests[0].active is not None
    assert ash.requests[0].active.last_review_on == date(2022, 6, 25)
    assert ellis.requests[0].assessment is None
    assert wren.line < request.line < request.assessment.line


def test_both_spellings_and_any_case_of_the_setting() -> None:
    path = "p2/Requests/ActivePlans/PlacementDetail"
    for spelling in ("SENSetting", "SENsetting", "SENSETTING"):
        small = SmallReturn(2025).put(f"{path}/URN", None).put(f"{path}/SENSetting", "EHE")
        data = small.bytes().replace(b"SENSetting", spelling.encode())
        ash = list(reader.read(io.BytesIO(data))[1])[1]
        assert ash.requests[0].active is not None
        assert ash.requests[0].active.placements[0].setting == "EHE"


@pytest.mark.parametrize(
    ("year", "field"), [(2023, "review_meeting_on"), (2024, "phase_due_on"), (2024, "res")]
)
def test_what_a_year_cannot_hold_is_refused(year: int, field: str) -> None:
    value = "A" if field == "res" else date(2022, 5, 5)
    active = r.ActivePlanRecord(**{field: value})  # type: ignore[arg-type]
    plan = r.NamedPlanRecord(started_on=date(2020, 1, 1))
    request = r.RequestRecord(
        outcome="H", assessment=r.AssessmentRecord(outcome="H", plan=plan), active=active
    )
    person = r.PersonRecord(1, 0, "Sample", "Wren", date(2012, 1, 1), requests=(request,))
    header = r.Header("SEN2", year, layout.of(year).census_on, "888", "001")
    with pytest.raises(writer.Unwritable, match=field):
        writer.write(io.BytesIO(), header, [person])


def test_a_spelling_that_is_another_word_is_refused() -> None:
    header = r.Header("SEN2", 2025, date(2025, 1, 16), "888", "001")
    with pytest.raises(writer.Unwritable):
        writer.write(io.BytesIO(), header, [], setting_spelling="Setting")


@pytest.mark.parametrize("record", [r.RequestRecord, r.SettingRecord, r.ActivePlanRecord, r.NeedRecord])
def test_a_record_made_quickly_is_the_record(record: type[Any]) -> None:
    quick, plain = making.maker(record)(7, {}), record(7)
    assert type(quick) is record
    assert quick == plain
    assert hash(quick) == hash(plain)
    assert quick.line == 7
    with pytest.raises(dataclasses.FrozenInstanceError):
        quick.line = 8


def _named(surname: str) -> tuple[r.Header, list[r.PersonRecord]]:
    header = r.Header("SEN2", 2025, date(2025, 1, 16), "888", "001")
    request = r.RequestRecord(received_on=date(2024, 5, 5), outcome="A")
    return header, [r.PersonRecord(1, 0, surname, "Wren", date(2012, 1, 1), requests=(request,))]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_carry_is_refused(bad: str) -> None:
    with pytest.raises(writer.Unwritable, match="Surname"):
        writer.write(io.BytesIO(), *_named(f"Sam{bad}ple"))


@pytest.mark.parametrize("odd", ["a\rb", "a\nb", "<&>]]>", "\U0001f333"])
def test_odd_characters_survive(odd: str) -> None:
    out = io.BytesIO()
    assert writer.write(out, *_named(odd)) == 1
    out.seek(0)
    assert next(reader.read(out)[1]).surname == odd
