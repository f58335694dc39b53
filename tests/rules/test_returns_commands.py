# SPDX-License-Identifier: AGPL-3.0-or-later
"""`sen2 check` and `sen2 measures` as commands: exit codes, JSON, tables, many files, one of them damaged."""

import argparse
import csv
import gc
import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import openpyxl
import pytest

from fingerpost.cli import sen2_check, sen2_files, sen2_measures
from fingerpost.cli.errors import Unusable
from fingerpost.rules.returns import reader
from tests.rules.hostile_returns import HOSTILE
from tests.rules.small_return import SmallReturn

A = "Requests/Assessment"


def run(verb: ModuleType, *words: object) -> int:
    """Run one verb as the command would."""
    parser = argparse.ArgumentParser()
    verb.add(parser)
    args = parser.parse_args([str(word) for word in words])
    code = args.run(args)
    assert isinstance(code, int)
    return code


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return _file(tmp_path, "good.xml", SmallReturn(2025))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    small = SmallReturn(2025).put("p4/Requests/RequestOutcomeDate", "2024-03-16").put("p1/PostCode", None)
    return _file(tmp_path, "faulty.xml", small)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.xml"
    path.write_bytes(HOSTILE["cut in the middle"])
    return path


def _file(folder: Path, name: str, small: SmallReturn) -> Path:
    path = folder / name
    path.write_bytes(small.bytes())
    return path


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


# -- check ----------------------------------------------------------------------------------------------------------


def test_a_right_return_ends_with_nothing_to_do(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sen2_check, good) == 0
    assert "0 errors to correct, 0 queries" in capsys.readouterr().out


def test_queries_alone_are_no_error(tmp_path: Path) -> None:
    assert run(sen2_check, _file(tmp_path, "q.xml", SmallReturn(2025).put("p1/PostCode", None))) == 0


def test_a_faulty_return_in_words(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sen2_check, faulty) == 1
    out = capsys.readouterr().out
    assert "1 error to correct, 1 query to correct or explain" in out
    assert out.index("L208") < out.index("Each finding"), "the summary comes first"
    assert "person 4: error L208: RequestOutcomeDate 2024-03-16" in out


def test_a_faulty_return_in_json(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sen2_check, faulty, "--json") == 1
    answer = _json(capsys)
    assert answer["records"] == 5
    assert [f["rule"] for f in answer["findings"]] == ["L108", "L208"]
    assert answer["findings"][1].keys() == {
        "rule", "level", "person", "request", "item", "value", "line", "message",
    }  # fmt: skip


def test_findings_as_csv_and_workbook(faulty: Path, tmp_path: Path) -> None:
    table, book = tmp_path / "f.csv", tmp_path / "f.xlsx"
    assert run(sen2_check, faulty, "--csv", table, "--xlsx", book) == 1
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    assert [row["rule"] for row in rows] == ["L108", "L208"]
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Summary", "Findings"]
    assert sheets["Findings"].max_row == 3


def test_a_value_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = _file(tmp_path, "x.xml", SmallReturn(2025).put("p1/Ethnicity", "=1+1"))
    table = tmp_path / "f.csv"
    run(sen2_check, path, "--csv", table)
    (row,) = csv.DictReader(table.read_text("utf-8-sig").splitlines())
    assert row["value"] == "'=1+1"


def test_standard_input(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(good.read_bytes())))
    assert run(sen2_check, "-", "--json") == 0
    assert _json(capsys)["records"] == 5


def test_last_year_and_register(
    faulty: Path, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "register.csv"
    register.write_bytes(
        'URN,EstablishmentName,TypeOfEstablishment (code)\n123456,"Sm\xedth\x92s",1\n'.encode(
            "cp1252", "replace"
        )
    )
    run(sen2_check, good, "--json", "--register", register, "--last-year", faulty)
    assert {f["rule"] for f in _json(capsys)["findings"]} == {"L408", "L507"}


@pytest.mark.parametrize("verb", [sen2_check, sen2_measures])
@pytest.mark.parametrize(
    "kind", ["empty file", "gzip", "billion laughs", "cut in the middle", "no year", "giant text"]
)
def test_what_is_no_return_is_refused_in_one_line(verb: ModuleType, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_bytes(HOSTILE[kind])
    with pytest.raises(Unusable) as problem:
        run(verb, path)
    assert str(problem.value).startswith(str(path))
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("verb", [sen2_check, sen2_measures])
def test_no_such_file_and_a_folder(verb: ModuleType, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.xml", tmp_path):
        with pytest.raises(Unusable, match="cannot be"):
            run(verb, path)


def test_a_damaged_file_is_named_and_the_rest_done(
    good: Path, faulty: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sen2_check, good, broken, faulty, "--json", "--jobs", "2") == 2
    held = capsys.readouterr()
    answer = json.loads(held.out)
    assert answer["records"] == 10
    assert [("problem" in file) for file in answer["files"]] == [False, True, False]
    assert {f["file"] for f in answer["findings"]} == {str(faulty)}
    assert held.err.count("\n") == 1
    assert "broken.xml: line" in held.err


def test_measures_in_the_same_reading(
    good: Path, faulty: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sen2_check, good, broken, faulty, "--measures", "--json", "--jobs", "2") == 2
    both = _json(capsys)
    assert run(sen2_measures, good, broken, faulty, "--json") == 2
    alone = _json(capsys)
    assert (both["measures"], both["sums"]) == (alone["measures"], alone["sums"])
    assert len(both["findings"]) == 2
    assert run(sen2_check, good, "--measures") == 0
    assert "What must add up: 24 of 24 do." in capsys.readouterr().out


# -- measures -------------------------------------------------------------------------------------------------------


def test_measures_in_json(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sen2_measures, good, "--json", "--members", "ehcplans", "--published") == 0
    answer = _json(capsys)
    first = answer["measures"][0]
    assert (first["id"], first["numerator"], first["members"]) == ("ehcplans", 2, [1, 2])
    assert {"area": "England", "count": 638745, "value": None} in first["published"]
    assert all(one["holds"] for one in answer["sums"])
    assert (answer["year"], answer["la"], answer["records"]) == (2025, "888", 5)


def test_measures_in_words(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sen2_measures, good) == 0
    out = capsys.readouterr().out
    assert "Issued within 20 weeks, exceptions left out (the headline)" in out
    assert "What must add up: 24 of 24 do." in out


def test_many_returns_add_up_and_a_damaged_one_is_named(
    good: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sen2_measures, good, good, broken, good, "--json", "--jobs", "2") == 2
    held = capsys.readouterr()
    answer = json.loads(held.out)
    plans = {m["id"]: m["numerator"] for m in answer["measures"]}["ehcplans"]
    assert (plans, answer["records"]) == (6, 15)
    assert sum("problem" in file for file in answer["files"]) == 1
    assert "broken.xml" in held.err


def test_returns_of_two_years_are_not_added(good: Path, tmp_path: Path) -> None:
    other = _file(tmp_path, "2024.xml", SmallReturn(2024))
    with pytest.raises(Unusable, match="different years"):
        run(sen2_measures, good, other)


def test_measures_as_csv(good: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    run(sen2_measures, good, "--csv", table)
    rows = {row["id"]: row for row in csv.DictReader(table.read_text("utf-8-sig").splitlines())}
    assert (rows["ehcplans"]["numerator"], rows["ehcplans"]["la"]) == ("2", "888")


def test_against_last_year(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _file(tmp_path, "2024.xml", SmallReturn(2024))
    assert run(sen2_measures, good, "--compare", before, "--json") == 0
    found = _json(capsys)["compare"]
    assert sum(found["counts"].values()) == len(found["differences"]) > 0


def test_a_measure_nobody_knows(good: Path) -> None:
    with pytest.raises(Unusable, match="no measure is called shoes"):
        run(sen2_measures, good, "--members", "shoes")


def test_any_executor_of_the_futures_kind_will_do(good: Path, broken: Path) -> None:
    work = partial(sen2_measures.measure, sen2_measures.Ask(None, None, ()))
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(sen2_files.each([str(good), str(broken), str(good)], work, executor=pool))
    assert [outcome.problem is None for outcome in outcomes] == [True, False, True]


def test_who_stops_a_long_run_hears_how_far_it_was_and_that_nothing_is_kept(good: Path) -> None:
    stopped = iter((False, True))

    def work(stream: BinaryIO, name: str) -> int:
        if next(stopped):
            raise KeyboardInterrupt
        return _all(stream)

    with pytest.raises(Unusable, match="stopped after 1 of 2 files; nothing is kept"):
        list(sen2_files.each([str(good), str(good)], work, jobs=1))


def test_a_long_run_says_how_far_it_is(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sen2_files, "EVERY", 0.0)
    run(sen2_check, good, good, "--jobs", "1", "--summary")
    assert capsys.readouterr().err.splitlines() == ["1 of 2 files", "2 of 2 files"]


def test_the_garbage_collector_is_left_as_it_was(good: Path, broken: Path) -> None:
    for path in (good, broken):
        outcome = sen2_files.one(lambda stream, _: (gc.isenabled(), _all(stream)), str(path))
        assert outcome.answer is None or outcome.answer[0] is False
        assert gc.isenabled()


def _all(stream: BinaryIO) -> int:
    return sum(1 for _ in reader.read(stream)[1])
