# SPDX-License-Identifier: Apache-2.0
"""Hostile and broken files: the strict reader ends on each with one short clear line, and never with anything else."""

import io

import pytest

from fingerpost.rules.returns import reader
from tests.rules.hostile_returns import HOSTILE
from tests.rules.small_return import SmallReturn


def _read_all(data: bytes) -> int:
    _, persons = reader.read(io.BytesIO(data))
    return sum(1 for _ in persons)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_in_one_clear_line(name: str) -> None:
    with pytest.raises(reader.Unreadable) as problem:
        _read_all(HOSTILE[name])
    message = str(problem.value)
    assert message
    assert "\n" not in message
    assert len(message) < 330
    assert "root:" not in message, "nothing of the machine leaks into the message"


def test_there_are_many_kinds() -> None:
    assert len(HOSTILE) >= 35


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_the_file_they_were_made_from_is_read(year: int) -> None:
    assert _read_all(SmallReturn(year).bytes()) == 5


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gzip", "gzip"),
        ("excel workbook", "Excel"),
        ("a web page", "web page"),
        ("billion laughs", "DOCTYPE"),
        ("external entity", "DOCTYPE"),
        ("cut in the middle", "stops in the middle"),
        ("pilot year", "2023 to 2027"),
        ("not the census day", "2025-01-16"),
        ("welsh sender", "660"),
        ("no birth date", "PersonBirthDate"),
        ("attendance in 2025", "AttendancePattern"),
        ("slip of an item", "PlanWPB"),
        ("urn and setting code", "more than one of URN"),
        ("one person without end", "more than 8 MB"),
        ("active plan without a plan", "NamedPlan"),
    ],
)
def test_the_line_names_the_fault(name: str, words: str) -> None:
    with pytest.raises(reader.Unreadable, match=words):
        _read_all(HOSTILE[name])


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig", "windows-1252"])
def test_other_encodings_are_read_when_declared(encoding: str) -> None:
    text = SmallReturn(2025).put("p1/Surname", "Sm\u00edth").bytes().decode()
    declared = text.replace("utf-8", encoding.removesuffix("-sig"), 1)
    _, persons = reader.read(io.BytesIO(declared.encode(encoding)))
    assert next(persons).surname == "Sm\u00edth"


def test_lines_are_named() -> None:
    text = SmallReturn(2025).put("p3/Requests/ReceivedDate", "2024-13-01").bytes()
    line = 1 + text[: text.index(b"2024-13-01")].count(b"\n")
    with pytest.raises(reader.Unreadable, match=rf"^line {line}: ReceivedDate '2024-13-01'"):
        _read_all(text)
