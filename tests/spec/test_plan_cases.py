# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worked cases of the plan-quality sheet, section 17, one test each."""

from datetime import date

import pytest

from fingerpost.rules.plan_quality import precision
from fingerpost.rules.plan_quality.checks import book
from fingerpost.rules.plan_quality.parts import shared
from fingerpost.rules.plan_quality.parts.brief import Brief, Other, Person
from fingerpost.rules.plan_quality.reading import door
from tests.spec.plan_examples import rules_of, spots

TODAY = date(2025, 2, 3)


@pytest.fixture(autouse=True)
def own_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet names each rule's own level, before measured precision makes some of them hints."""
    monkeypatch.setattr(precision, "measured", dict)


def test_01_access_to_regular_support_as_required() -> None:
    """V01, V14 and V35 fire; V52 does not, because a TA is a role; the line leaves slots empty."""
    found = rules_of("# Section F\nZayn will have access to regular support from a TA as required.")
    assert {"V01", "V14", "V35", "Q27"} <= set(found)
    assert "V52" not in found


def test_02_a_full_line_has_no_fix() -> None:
    found = rules_of(
        "# Section F\nZayn will have access to the sensory room for 15 minutes before lunch each day with "
        "Mrs A, TA, "
        "from 6 Sept, reviewed by OT each half-term."
    )
    assert not [rule for rule, levels in found.items() if rule[0] in "VQ" and "FIX" in levels]


def test_03_up_to() -> None:
    assert rules_of("# Section F\nUp to 15 hours of TA support.")["V20"] == ["FIX"]


def test_04_floor_and_flex_passes() -> None:
    found = rules_of(
        "# Section F\nAt least 15 hours, more if the log shows 3 red days in a week, decided by SENCO."
    )
    assert not [rule for rule in found if rule.startswith("V") or rule == "Q31"]


def test_05_harmless_words_in_section_b() -> None:
    found = rules_of(
        "# Section B\nWill has regular attendance of 96% since May 2024. Will may be seen by his aunt."
    )
    assert not {"V14", "V08", "V01"} & set(found)


def test_06_a_small_group_with_its_size() -> None:
    assert "V63" not in rules_of("# Section F\nA small group (no more than 4) with the class teacher.")


def test_07_a_need_with_no_link() -> None:
    text = (
        "# Section B\nZayn cannot hear speech in a noisy room.\n# Section F\nA TA reads with Zayn for 20 "
        "minutes a day."
    )
    assert rules_of(text)["T1"] == ["BLOCK"]


def test_08_therapist_who_teaches_in_g() -> None:
    assert "Q30" in rules_of("# Section G\nThe therapist will train staff and teach Erin to use symbols.")


def test_09_a_name_in_section_i_of_a_draft() -> None:
    assert rules_of("# Draft plan\n# Section I\nHollow Lane Primary School")["L03"] == ["BLOCK"]


def test_10_a_twins_number_blocks_and_a_sisters_name_is_asked_once() -> None:
    child = Person("Erin", "Vale", upn="A123456789012")
    twin = (Other("Bryony", "Vale", upn="B123456789012"),)
    text = (
        "Name: Erin Vale\nUPN: B123456789012\n# Section A\nI like maths. My sister Bryony likes art. "
        "Bryony is kind."
    )
    found = rules_of(text, Brief(today=TODAY, child=child, others=twin))
    assert set(found["P04"]) == {"BLOCK"}
    assert "BLOCK" in found["P01"]
    known = Person("Erin", "Vale", upn="A123456789012", family=("Bryony",))
    assert "P01" not in rules_of(text.replace("B1", "A1"), Brief(today=TODAY, child=known, others=twin))


def test_11_an_outcome_that_is_provision() -> None:
    assert "E6.5" in rules_of("# Section E\nErin will receive literacy support")


def test_12_not_known_to_social_care() -> None:
    assert "V95" in rules_of("# Section D\nNot known to social care")


def test_13_a_sentence_of_another_childs_plan() -> None:
    long = "Zayn " + " ".join(f"word{number}" for number in range(30)) + "."
    theirs = Brief(today=TODAY, shared=shared.marks([long.lower()]))
    assert "P06" in rules_of(f"# Section F\n{long}", theirs)
    assert "P06" not in rules_of("# Section F\nA TA reads with Zayn.", theirs)


def test_17_a_changed_need_re_opens_its_lines() -> None:
    text = "# Section B\nB3 Zayn {}.\n# Section F\nA TA reads with Zayn for 20 minutes a day (B3)."
    before = door.read(text.format("cannot read more than 20 words").encode(), name="x.md")
    now = text.format("cannot read at all")
    assert "T7" in rules_of(now, Brief(today=TODAY, before=before))
    assert "T7" not in rules_of(
        text.format("cannot read more than 20 words"), Brief(today=TODAY, before=before)
    )


def test_14_advice_of_fourteen_months_ago() -> None:
    found = rules_of("# Section K\n- Educational psychologist, 3 December 2023", Brief(today=TODAY))
    assert "F11.6" in found


def test_18_the_childs_quoted_words() -> None:
    found = rules_of(
        '# Section A\nZayn said "I like it sometimes".\n# Section F\nZayn said "I like it sometimes".'
    )
    assert not [rule for rule in found if rule.startswith("V")]


def test_19_subject_to_funding_stays_a_fix_with_amounts() -> None:
    found = rules_of(
        "# Section F\nA TA will read with Erin for 20 minutes, 3 times a week, subject to funding."
    )
    assert found["V40"] == ["FIX"]


def test_20_year_ten_without_adult_life() -> None:
    assert "L12" in rules_of("Year group: 10\n# Section F\nA TA reads with Erin for 20 minutes each day.")


def test_denied_words_are_no_fault() -> None:
    assert "V35" not in rules_of("# Section F\nHelp comes at set times, not as required.")


def test_the_wording_rule_knows_its_sections() -> None:
    assert not spots(book.checks()["V14"], {"text": "# Section B\nHe needs regular sleep."})
