# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report as a whole: what may soften, repeats, slots with places, and grades that need a person."""

from datetime import date

import pytest

from fingerpost.rules.plan_quality import check, fidelity, grading, marks, precision
from fingerpost.rules.plan_quality.checks import book
from fingerpost.rules.plan_quality.findings import dampened
from fingerpost.rules.plan_quality.parts import yearly
from fingerpost.rules.plan_quality.parts.brief import Brief, Other, Person, Report
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading import door

TODAY = date(2025, 5, 6)
LINE = (
    "# Section B\nB1 Erin reads 22 words a minute.\n# Section F\nA TA will use precision teaching with "
    "Erin 1:1 for 20 minutes, "
    "3 times a week, for 38 weeks a year, in the library. The SENCO checks it every 6 weeks (B1)."
)


def _study(text: str, brief: Brief | None = None) -> Study:
    return Study(door.read(text.encode(), name="plan.md"), brief or Brief(today=TODAY))


def test_slots_hold_the_words_that_fill_them_and_their_places() -> None:
    study = _study(LINE)
    (line,) = study.provision
    said = {slot: place.text for slot, place in line.slots.items()}
    assert said["who"].lower() == "ta"
    assert said["what"].lower() == "precision teaching"
    assert said["how_long"] == "20 minutes"
    assert said["group"] == "1:1"
    assert {"how_often", "until", "where", "checked", "need"} <= set(said)
    assert all(study.text[place.start : place.end] == place.text for place in line.slots.values())


def test_the_parts_stand_in_the_answer_with_their_places() -> None:
    study = _study(LINE)
    (line,) = check.report(study).as_data()["parts"]["provision"]
    start, end = line["slots"]["how_long"]
    assert study.text[start:end] == "20 minutes"
    assert line["needs"] == ["B1"]
    assert "outcome" in line["empty"]


def test_a_low_precision_makes_a_hint_but_never_of_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "measured", lambda: {"V35": 0.5, "P01": 0.1, "P09": 0.5})
    checks = book.checks()
    assert precision.shown(checks["V35"], "FIX") == "HINT"
    assert precision.shown(checks["P01"], "BLOCK") == "BLOCK"
    assert precision.shown(checks["P09"], "BLOCK") == "HINT"


def test_the_same_words_in_a_section_give_one_finding() -> None:
    study = _study("# Section F\nHelp as required.\n\nBreaks as required.\n\nCare as required.")
    found = [one for one in check.report(study).findings if one.rule == "V35"]
    assert len(found) == 1
    assert len(found[0].also_at) == 2
    assert dampened(found) == tuple(found)


def test_without_the_list_of_others_nothing_is_clear_of_leaks() -> None:
    report = check.check(door.read(LINE.encode(), name="plan.md"), Brief(today=TODAY))
    assert not report.clear_of_leaks
    assert {"P01", "P07", "P12", "P06", "P04", "P11"} <= {one.rule for one in report.not_checked}


def test_a_name_in_capitals_after_a_hyphen_or_with_an_apostrophe_is_still_found() -> None:
    others = (Other("Marlow", "Penhallow", nhs_number="485 777 3456"), Other("Will", "Dray"))
    brief = Brief(today=TODAY, child=Person("Erin", "Vale"), others=others)
    for words in (
        "MARLOW likes it.",
        "It was Marlow's idea.",
        "NHS number 4857773456",
        "She sits near Will in class.",
    ):
        rules = {
            one.rule
            for one in check.check(door.read(f"# Section B\n{words}".encode(), name="x.md"), brief).findings
        }
        assert "P01" in rules, words
    for words in ("Will she come?", "She will read.", "Erin Vale reads."):
        rules = {
            one.rule
            for one in check.check(door.read(f"# Section B\n{words}".encode(), name="x.md"), brief).findings
        }
        assert "P01" not in rules, words


def test_no_local_grade_without_a_person() -> None:
    scores = check.report(_study(LINE)).scores
    assert scores["name"] == "local grade"
    assert scores["local_grade"] is None
    assert "person" in marks.unusable({"Q01": 2})


def test_a_block_or_a_cap_holds_the_grade_down() -> None:
    full: dict[str, int | None] = dict.fromkeys(marks.criteria(), 2)
    best = grading.local_grade(full, (), voice_ladder=5, nil_without_reason=False)
    assert best.grade == "outstanding"
    assert best.score == 100.0
    capped = grading.local_grade(full, (), voice_ladder=1, nil_without_reason=False)
    assert capped.grade == "requires improvement"
    unmet = grading.local_grade(full | {"Q26": 0}, (), voice_ladder=5, nil_without_reason=False)
    assert "a need without provision" in unmet.caps
    study = _study("# Draft plan\n# Section F\n[insert name] reads with a TA.")
    blocked = grading.local_grade(
        full, check.check(study.document, study.brief).findings, voice_ladder=5, nil_without_reason=False
    )
    assert blocked.grade == "inadequate"


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("for 20 minutes a day", 3800),
        ("30 minutes each week", 1140),
        ("45 minutes, twice a week", 3420),
        ("1 hour each term", 180),
        ("some help", 0),
    ],
)
def test_minutes_a_year(line: str, minutes: float) -> None:
    assert yearly.minutes(line) == minutes


def test_advice_kept_reduced_and_dropped() -> None:
    advice = (
        Report(
            "ep",
            "Erin should have precision teaching for 20 minutes, 3 times a week.\nErin needs hydrotherapy "
            "for 30 minutes a week.",
        ),
    )
    answers = fidelity.answers(_study(LINE, Brief(today=TODAY, advice=advice)))
    assert [one.status for one in answers] == ["kept", "dropped"]
