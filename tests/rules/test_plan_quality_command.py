# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost plan` as an officer or a script uses it: answers, files, exit codes, silence about the words."""

import io
import json
from pathlib import Path

import docx
import pytest

from fingerpost.cli.main import main
from fingerpost.rules.plan_quality.document import tidy
from tests.rules import plan_quality_files as files
from tests.rules.plan_quality_files import DAY, PLAN


def test_json_is_one_document_with_the_promised_fields(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(PLAN.replace("Erin cannot", "XXX cannot"), encoding="utf-8")
    assert main(["plan", "check", str(plan), "--json", *DAY]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {"rules_version", "findings", "scores", "not_checked"} <= set(said)
    text = tidy_text(plan.read_text(encoding="utf-8"))
    for one in said["findings"]:
        assert {"rule", "level", "section", "quote", "start", "end", "why", "ask"} <= set(one)
        assert one["end"] - one["start"] == len(one["quote"])
        assert tidy(one["quote"]) in text
    assert said["scores"]["local_grade"] is None
    assert any(
        one["rule"] == "P01" and "no list of other children given" in one["why"]
        for one in said["not_checked"]
    )
    assert said["clear_of_leaks"] is False


def tidy_text(text: str) -> str:
    return tidy(text.replace("#", ""))


def test_a_page_and_a_word_copy(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, copy = tmp_path / "report.html", tmp_path / "copy.docx"
    main(["plan", "check", str(plan), "--html", str(page), "--word", str(copy), *DAY])
    capsys.readouterr()
    words = page.read_text(encoding="utf-8")
    assert 'lang="en-GB"' in words
    assert "<mark" in words
    assert "http" not in words.replace("http-equiv", "")
    document = docx.Document(str(copy))
    said = [comment.text for comment in document.comments]
    assert any("V35" in one for one in said)
    assert any("access to regular support" in paragraph.text for paragraph in document.paragraphs)


def test_a_word_plan_keeps_its_own_words_in_the_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, copy = tmp_path / "plan.docx", tmp_path / "copy.docx"
    path.write_bytes(files.long_word())
    main(["plan", "check", str(path), "--word", str(copy), *DAY])
    capsys.readouterr()
    before = [one.text for one in docx.Document(io.BytesIO(path.read_bytes())).paragraphs]
    assert [one.text for one in docx.Document(str(copy)).paragraphs] == before
    assert len(list(docx.Document(str(copy)).comments)) > 3


def test_other_children_block_and_are_never_echoed(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = tmp_path / "others.csv"
    others.write_text("first name,last name\nMarlow,Penhallow,B987654321012\n", encoding="utf-8")
    plan.write_text(PLAN + "\nMarlow likes it too.\n", encoding="utf-8")
    assert main(["plan", "check", str(plan), "--json", "--others", str(others), *DAY]) == 1
    said = capsys.readouterr().out
    found = [one for one in json.loads(said)["findings"] if one["rule"] == "P01"]
    assert found[0]["quote"] == "Marlow"
    assert "Penhallow" not in said
    assert "B987654321012" not in said


def test_a_finding_set_aside_stays_aside_but_never_a_leak(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(PLAN.replace("Erin cannot", "XXX cannot"), encoding="utf-8")
    main(["plan", "check", str(plan), "--json", *DAY])
    findings = json.loads(capsys.readouterr().out)["findings"]
    aside = tmp_path / "aside.json"
    listed = [
        {"mark": one["mark"], "reason": "agreed", "by": "R. Carter", "on": "2025-05-06"} for one in findings
    ]
    aside.write_text(json.dumps(listed), encoding="utf-8")
    main(["plan", "check", str(plan), "--json", "--dismissals", str(aside), *DAY])
    said = json.loads(capsys.readouterr().out)
    assert {one["level"] for one in said["findings"]} == {"BLOCK"}
    assert all(one["reason"] for one in said["dismissed"])


def test_advice_reduced_is_found(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "advice"
    folder.mkdir()
    (folder / "ep.txt").write_text(
        "Report on Erin Vale. Erin should have precision teaching for 20 minutes a day."
    )
    plan.write_text(
        PLAN + "\nA TA will use precision teaching with Erin for 20 minutes a week.\n", encoding="utf-8"
    )
    main(["plan", "check", str(plan), "--json", "--advice", str(folder), *DAY])
    assert "F11.2" in {one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]}


def test_several_files_lose_none(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.docx").write_bytes(files.long_word()[:-300])
    assert main(["plan", "check", str(tmp_path), "--json", *DAY]) == 1
    plans = json.loads(capsys.readouterr().out)["plans"]
    assert [Path(one["file"]).name for one in plans] == ["broken.docx", "plan.md"]
    assert "damaged" in plans[0]["error"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.docx", b"PK\x03\x04 Marlowsecret"), ("x.pdf", b"%PDF Marlowsecret"), ("x.txt", b"")],
)
def test_unusable_files_end_with_one_line_and_code_2(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["plan", "check", str(path), *DAY]) == 2
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1
    assert "Marlowsecret" not in said.err + said.out


def test_what_is_no_plan_at_all_is_refused_and_never_passes_in_silence(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "hello.txt"
    other.write_text("hello there", encoding="utf-8")
    assert main(["plan", "check", str(other), *DAY]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert said[0].endswith("no section A to K of an EHC plan was found in it; is it the right file?")
    assert main(["plan", "check", str(other), str(plan), "--json", *DAY]) != 2
    refused, read = json.loads(capsys.readouterr().out)["plans"]
    assert "no section A to K" in refused["error"]
    assert "error" not in read


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "check", "nowhere.md", *DAY]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_compare_says_what_was_lost(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    line = "A TA will read with Erin for {} minutes each school day, 38 weeks a year."
    old.write_text(PLAN + "\n" + line.format(20), encoding="utf-8")
    new.write_text(PLAN.replace("22 words", "25 words") + "\n" + line.format(10), encoding="utf-8")
    assert main(["plan", "compare", str(old), str(new), *DAY[:2]]) == 0
    said = capsys.readouterr().out
    assert "less time" in said
    assert "a need" in said
    assert main(["plan", "compare", str(old), str(old), "--json", *DAY[:2]]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
