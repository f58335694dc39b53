# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be given beside a plan: other children, the record, letter, dates, dispatch, marks, earlier papers."""

import json
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.rules.plan_quality import marks
from tests.rules.plan_quality_files import DAY, PLAN


@pytest.mark.parametrize(
    "line",
    [
        "Marlow Penhallow",
        "Marlow;Penhallow",
        "B987654321012,Marlow,Penhallow,2015-03-04",
        "name\nMarlow Penhallow",
    ],
)
def test_other_children_in_whatever_columns(
    line: str, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = tmp_path / "others.txt"
    others.write_text(line, encoding="utf-8")
    plan.write_text(PLAN + "\nMarlow Penhallow likes it too.\n", encoding="utf-8")
    main(["plan", "check", str(plan), "--json", "--others", str(others), *DAY])
    found = [one["quote"] for one in json.loads(capsys.readouterr().out)["findings"] if one["rule"] == "P01"]
    assert found == ["Marlow Penhallow"]


def test_the_childs_record_under_other_names(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "child.json"
    fields = {
        "name": "Erin Vale",
        "dob": "2014-04-03",
        "pronouns": "she/her",
        "school": "Hollow Lane",
        "shoe_size": 3,
    }
    record.write_text(json.dumps(fields), encoding="utf-8")
    plan.write_text(
        PLAN.replace("Name: Erin Vale", "Name: Erin Vale\n\nDate of birth: 3 April 2015"), encoding="utf-8"
    )
    main(["plan", "check", str(plan), "--json", "--child", str(record), *DAY])
    said = capsys.readouterr()
    assert "P04" in {one["rule"] for one in json.loads(said.out)["findings"]}
    assert "shoe_size" in said.err


def test_letter_dates_dispatch_and_marks(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, case, sending, marked = (
        tmp_path / name for name in ("letter.txt", "case.json", "send.json", "marks.json")
    )
    letter.write_text("Here is the final plan.", encoding="utf-8")
    case.write_text(
        '{"events": {"request_received": "2024-09-09"}, "facts": {"date_of_birth": "2015-04-03"}}'
    )
    sending.write_text('{"to": "Bryony Vale, mother"}')
    given = {"by": "R. Carter", "on": "2025-05-06", "marks": dict.fromkeys(marks.criteria(), 2)}
    marked.write_text(json.dumps(given))
    options = ("--letter", letter, "--case", case, "--dispatch", sending, "--marks", marked)
    main(["plan", "check", str(plan), "--json", *map(str, options), *DAY])
    said = json.loads(capsys.readouterr().out)
    assert {"L05", "L06", "L07"} <= {one["rule"] for one in said["findings"]}
    assert said["scores"]["local_grade"]["grade"]
    assert said["scores"]["marked_by"] == "R. Carter"


@pytest.mark.parametrize(
    "given",
    [
        ("--marks", '{"marks": {"Q01": 2}}', "who gave them"),
        ("--marks", '{"by": "x", "on": "2025-05-06", "marks": {"Q01": 2}}', "Q02"),
        ("--case", '{"events": {"request_recieved": "2025-01-01"}}', "request_received"),
        ("--dispatch", "[]", "one JSON object"),
        ("--dismissals", '[{"mark": "x", "reason": "y"}]', "by and on"),
        ("--letter", "", "empty"),
    ],
)
def test_what_cannot_be_used_beside_a_plan(
    given: tuple[str, str, str], plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    option, content, word = given
    beside = tmp_path / "beside.json"
    beside.write_text(content, encoding="utf-8")
    assert main(["plan", "check", str(plan), option, str(beside), *DAY]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert word in line


def test_the_plan_before_and_the_review(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, review = tmp_path / "before.md", tmp_path / "review.txt"
    before.write_text(PLAN.replace("22 words", "40 words"), encoding="utf-8")
    review.write_text(
        "Erin now needs 30 minutes of hydrotherapy with a physiotherapist each week.", encoding="utf-8"
    )
    main(["plan", "check", str(plan), "--json", "--before", str(before), "--review", str(review), *DAY])
    said = json.loads(capsys.readouterr().out)
    assert {"T7", "Q44"} <= {one["rule"] for one in said["findings"]}
    assert {one["rule"] for one in said["not_checked"]} & {"T7", "T9", "Q44"} == set()


def test_a_manager_may_let_a_block_pass_and_it_is_still_shown(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(PLAN.replace("Erin cannot", "XXX cannot"), encoding="utf-8")
    main(["plan", "check", str(plan), "--json", *DAY])
    found = json.loads(capsys.readouterr().out)["findings"]
    marked = [one["mark"] for one in found if one["level"] == "BLOCK"]
    aside = tmp_path / "aside.json"
    reason = {"reason": "the school's own sign", "by": "M. Head", "on": "2025-05-06", "manager": True}
    aside.write_text(json.dumps([{"mark": mark} | reason for mark in marked]), encoding="utf-8")
    assert main(["plan", "check", str(plan), "--json", "--dismissals", str(aside), *DAY]) == 0
    (found,) = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["rule"] == "P09"]
    assert found["level"] == "BLOCK"
    assert found["manager"]["by"] == "M. Head"
