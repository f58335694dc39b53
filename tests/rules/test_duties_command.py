# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost clocks`: shapes of input, one bad line among good ones, exit codes, and the answers as printed."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from fingerpost.cli import clocks_pool, main
from fingerpost.rules.duties import register

_CASE = {"id": "a", "today": "2027-02-01", "events": {"request_received": "2026-09-09"}}
_GOOD = json.dumps(_CASE)


def _run(tmp_path: Path, text: str | bytes, *words: str) -> int:
    path = tmp_path / "cases.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return main.main(["clocks", str(path), *words])


def _json(capsysbinary: pytest.CaptureFixture[bytes]) -> Any:
    return json.loads(capsysbinary.readouterr().out)


def test_one_object_gives_one_document(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, json.dumps(_CASE, indent=2), "--json", "--duties", "first-column") == 0
    answer = _json(capsysbinary)
    assert (answer["id"], answer["law_version"]) == ("a", register.LAW_VERSION)
    assert [duty["id"] for duty in answer["duties"]] == [
        "ehcna-decision-notice",
        "plan-refusal-notice",
        "final-plan",
    ]
    assert answer["duties"][2] == {
        "id": "final-plan",
        "due": "2027-01-27",
        "verdict": "breach",
        "days_late": 5,
        "standard": "asap",
        "strength": "law",
        "certainty": "settled",
        "citation": "SEND Regulations 2014 reg 13(2); Children and Families Act 2014 s.39(8), 40(5)",
        "because": answer["duties"][2]["because"],
    }
    assert answer["results"]["final_due"] == "2027-01-27"


def test_a_list_gives_a_list(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, f"[{_GOOD}, {{}}]", "--json") == 1
    good, bad = _json(capsysbinary)
    assert good["id"] == "a"
    assert bad["error"]["line"] == 2


def test_one_bad_line_never_loses_the_batch(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = [
        _GOOD,
        "",
        "not json",
        '{"id":"b","events":{"final_snt":"2027-01-01"}}',
        '{"events":{"final_sent":"2027-01-01","final_sent":"2027-01-02"}}',
        "[1]",
        '{"id":"\xff"}'.encode("latin-1").decode("latin-1"),
        _GOOD,
    ]
    assert _run(tmp_path, "\n".join(lines), "--json") == 1
    answers = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [answer["error"]["line"] if "error" in answer else answer["id"] for answer in answers] == [
        "a",
        3,
        4,
        5,
        6,
        7,
        "a",
    ]
    assert "nearest listed name: 'final_sent'" in answers[2]["error"]["message"]
    assert answers[2]["id"] == "b"
    assert "written twice" in answers[3]["error"]["message"]


def test_a_case_that_fails_while_it_is_worked_out_spoils_only_itself(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    bad = '{"id":"b","events":{"plan_refusal_served":"2027-01-05"},"facts":{"setting_open_days":["soon"]}}'
    assert _run(tmp_path, f"{_GOOD}\n{bad}\n{_GOOD}\n", "--json") == 1
    answers = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert answers[1]["id"] == "b"
    assert answers[1]["error"]["line"] == 2


def test_a_line_that_is_not_utf_8_spoils_only_itself(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert _run(tmp_path, _GOOD.encode() + b'\n{"id":"\xff"}\n', "--json") == 1
    assert b"not JSON" in capsysbinary.readouterr().out.splitlines()[1]


def test_words_for_people(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, f'{_GOOD}\n{{"events":{{}}}}\n{{}}\n', "--duties", "first-column") == 1
    words = capsysbinary.readouterr().out.decode()
    assert "final-plan: breach, due 2027-01-27, 5 days late" in words
    assert "Nothing in this case starts a clock." in words
    assert "not answered. 'events'" in words


def test_explain_adds_the_reasons(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, _GOOD, "--explain", "--duties", "final-plan") == 0
    assert "- Not done by Mon 1 Feb 2027: 5 days late." in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (_CASE, 1),
        ({**_CASE, "today": "2026-09-20"}, 0),
        ({**_CASE, "facts": {"reason": "backlog"}}, 1),
        ({**_CASE, "today": "2026-09-20", "facts": {"reason": "backlog"}}, 0),
    ],
)
def test_a_breach_is_a_finding_only_when_asked_for(tmp_path: Path, case: dict[str, Any], code: int) -> None:
    assert _run(tmp_path, json.dumps(case), "--json") == 0
    assert _run(tmp_path, json.dumps(case), "--json", "--fail-on", "breach") == code
    assert _run(tmp_path, f"{json.dumps(case)}\n{json.dumps(case)}", "--json", "--fail-on", "breach") == code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds nothing"),
        (" \n \n", "holds nothing"),
        ("hello", "no JSON object"),
        ("hello\nworld", "no JSON object"),
        ('{"events"', "no JSON object"),
        ("3", "no JSON object"),
        (b"\x00\x01\x02\n\x03", "no JSON object"),
        ('{"events":{"final_sent":"2027-01-01","final_sent":"2027-01-02"}}', "written twice"),
    ],
)
def test_what_holds_no_case_is_unusable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, words: str
) -> None:
    assert _run(tmp_path, text) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_a_mark_at_the_start_of_the_file_is_no_obstacle(tmp_path: Path) -> None:
    assert _run(tmp_path, b"\xef\xbb\xbf" + _GOOD.encode()) == 0


def test_a_first_line_cut_short_still_answers_the_others(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert _run(tmp_path, '{"events": {\n' + _GOOD + "\n", "--json") == 1
    assert json.loads(capsysbinary.readouterr().out.splitlines()[1])["id"] == "a"


@pytest.mark.parametrize(
    "words",
    [
        ["clocks"],
        ["clocks", "/no/such/file"],
        ["clocks", "/tmp"],
        ["clocks", "--back-from", "final_sent"],
        ["clocks", "--back-from", "plan_first_made=2027-01-01"],
        ["clocks", "--write-law-pages", "/proc/no/such"],
        ["clocks", "-", "--duties", "final-plans"],
    ],
)
def test_words_that_cannot_be_used_end_in_two_with_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(words) == 2
    assert capsys.readouterr().err.startswith("fingerpost: ")


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_GOOD.encode())))
    assert main.main(["clocks", "-", "--json"]) == 0
    assert _json(capsysbinary)["id"] == "a"


def test_many_lines_over_two_processes_are_the_answers_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(clocks_pool, "_ALONE", 1)
    monkeypatch.setattr("fingerpost.cli.clocks_input._CHUNK", 300)
    text = "\n".join(json.dumps({**_CASE, "id": number}) for number in range(40)) + "\nnot json\n"
    assert _run(tmp_path, text, "--json", "--jobs", "2") == 1
    pooled = capsysbinary.readouterr().out
    assert _run(tmp_path, text, "--json", "--jobs", "1") == 1
    assert capsysbinary.readouterr().out == pooled
    assert [json.loads(line).get("id") for line in pooled.splitlines()] == [*range(40), None]
    assert json.loads(pooled.splitlines()[-1])["error"]["line"] == 41


def test_chunks_that_end_with_the_last_line_leave_nothing_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("fingerpost.cli.clocks_input._CHUNK", 2)
    assert _run(tmp_path, f"{_GOOD}\n{_GOOD}\n", "--json") == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == 2


def test_what_if_and_back_from(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, _GOOD, "--what-if", "final_sent=2027-02-03", "--json") == 0
    changes = _json(capsysbinary)["changes"]
    assert {"id": "final-plan", "due": "2027-01-27", "verdict": "breach"} not in changes
    assert main.main(["clocks", "--back-from", "final_sent=2027-01-27"]) == 0
    assert b"draft served by Tue 12 Jan 2027" in capsysbinary.readouterr().out
    assert _run(tmp_path, f"[{_GOOD}]", "--what-if", "final_sent=2027-02-03") == 2
    assert _run(tmp_path, "{}", "--what-if", "final_sent=2027-02-03") == 2


def test_the_law_pages_in_the_documents_are_those_of_the_law_files(tmp_path: Path) -> None:
    assert main.main(["clocks", "--write-law-pages", str(tmp_path)]) == 0
    documents = Path(__file__).parents[2] / "docs" / "law"
    for page in tmp_path.iterdir():
        assert (documents / page.name).read_text("utf-8") == page.read_text("utf-8"), "run `make docs`"


def test_next_says_where_a_case_stands_and_why_a_step_must_wait(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {
        **_CASE,
        "today": "2026-12-20",
        "events": {"request_received": "2026-09-09", "draft_served": "2026-12-10"},
    }
    assert _run(tmp_path, json.dumps(case), "--next") == 0
    said = capsys.readouterr().out
    assert "The case: DRAFT_WITH_FAMILY" in said
    assert "may not: final_sent -> MAINTAINED, by local authority. The family's 15 days are not over:" in said
    assert "may: setting_consulted -> FINALISING" in said
    assert "The appeal: NONE" in said


def test_next_in_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    case = {"today": "2026-12-20", "events": {"draft_served": "2026-12-10"}}
    assert _run(tmp_path, json.dumps(case), "--next", "--json") == 0
    (final,) = [row for row in _json(capsysbinary)["main"]["steps"] if row["event"] == "final_sent"]
    assert (final["lawful"], final["from_on"], final["law"]) == (
        False,
        "2026-12-25",
        "Act s.39, 40, reg 13(2), 14",
    )


def test_next_of_a_case_that_is_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {
        "today": "2026-12-20",
        "events": {"request_received": "2026-09-09", "request_withdrawn": "2026-10-01"},
    }
    assert _run(tmp_path, json.dumps(case), "--next") == 0
    assert "no step leads on from here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("request_withdrawn", "The case: lawful now."),
        (
            "plan_ended",
            "The case stands at REQUESTED; 'plan_ended' leads on from CEASE_NOTIFIED, MAINTAINED only.",
        ),
    ],
)
def test_may_answers_one_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], event: str, said: str
) -> None:
    assert _run(tmp_path, _GOOD, "--may", event) == 0
    assert capsys.readouterr().out.strip() == said


def test_may_in_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(tmp_path, _GOOD, "--may", "request_withdrawn", "--json") == 0
    assert _json(capsysbinary) == {"main": {"lawful": True, "why": ""}}


@pytest.mark.parametrize(
    ("case", "words", "said"),
    [
        (_CASE, ("--may", "final_set"), "nearest listed name: 'final_sent'"),
        (_CASE, ("--may", "notice_dated"), "moves a case to no other state"),
        ({"events": {}}, ("--next",), "add 'today' to the case"),
        ([_CASE], ("--next",), "works on one case at a time"),
        (_CASE, ("--back-from", "plan_ended=2029-06-01"), "bank holidays are held for 2017 to 2028"),
    ],
)
def test_a_question_that_cannot_be_answered_ends_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: object, words: tuple[str, ...], said: str
) -> None:
    assert _run(tmp_path, json.dumps(case), *words) == 2
    problem = capsys.readouterr().err
    assert said in problem
    assert problem.count("\n") == 1


def test_the_family_reads_its_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, _GOOD, "--family") == 0
    said = capsys.readouterr().out
    assert (
        "  Your final plan\n    The council received the request for an assessment on 9 September 2026.\n"
        in said
    )
    assert "It is 5 days late." in said
    assert "    This follows the law to the letter. It could be read in another way.\n" in said
    assert "R 13" not in said


def test_the_family_of_a_case_without_a_clock_and_of_one_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, '[{"events": {}}, {"events": {"nothing_known": "2026-01-01"}}]', "--family") == 1
    said = capsys.readouterr().out
    assert "Nothing in this case has begun yet." in said
    assert "not answered" in said


def test_the_readable_answer_shows_doubt_the_first_lawful_day_and_one_day_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {
        "today": "2027-01-28",
        "events": {
            "request_received": "2026-09-09",
            "draft_served": "2027-01-05",
            "review_meeting": "2027-03-03",
        },
        "facts": {"notice_contents": ["mediation_reg32"]},
    }
    assert _run(tmp_path, json.dumps(case), "--explain") == 0
    said = capsys.readouterr().out
    assert "final-plan: breach, due 2027-01-27, not before 2027-01-20, 1 day late\n" in said
    assert (
        "review-meeting-notice: not yet due, safe until 2027-02-16, arguable until 2027-02-17 (ambiguous boundary)"
        in said
    )
    assert "    missing_contents: nothing\n" in said


_DRAFTED = {"request_received": "2026-09-09", "draft_served": "2027-01-14"}


def test_a_family_is_told_of_what_is_over_in_the_past(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, json.dumps({"today": "2027-02-01", "events": _DRAFTED}), "--family") == 0
    said = capsys.readouterr().out
    assert "decides not to assess" not in said
    assert "You have at least until" not in said
    assert "The last day for this was 28 January 2027." in said
    assert "This has happened, but we do not have its day." in said


def test_a_family_whose_plan_is_undecided_at_week_16_is_not_told_that_anybody_is_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, json.dumps({"today": "2027-01-20", "events": _CASE["events"]}), "--family") == 0
    said = capsys.readouterr().out.split("If there will be no plan: when you must be told")[1]
    assert "The time limit is for a refusal only. Its last day was 30 December 2026." in said
    assert "We do not know whether there will be a plan, so nobody can say that this is late." in said
    assert "late." not in said.split("so nobody can say that this is late.")[1]


def test_the_reason_says_how_late_a_refusal_told_now_would_be(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert _run(tmp_path, _GOOD, "--json", "--duties", "plan-refusal-notice", "--fail-on", "breach") == 0
    duty = _json(capsysbinary)["duties"][0]
    assert (duty["verdict"], duty["days_late"], duty["due"]) == ("unknown", None, "2026-12-30")
    assert duty["because"][-1] == (
        "Not known: whether there will be a plan. The limit binds a refusal only, so nobody is said to be late;"
        " a refusal told on Mon 1 Feb 2027 would be 33 days late."
    )


def test_a_draft_served_too_late_for_the_limit_is_explained_in_the_short_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, json.dumps({"today": "2027-02-01", "events": _DRAFTED})) == 0
    assert (
        "    The family may comment until the day before 2027-01-29, so this cannot lawfully be done by 2027-01-27:"
        " the two cannot both be kept.\n"
    ) in capsys.readouterr().out
