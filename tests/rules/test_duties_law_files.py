# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law as data: every file is whole, a gap is refused, and a drill of change keeps old cases on the old rule."""

from datetime import date

import pytest

from fingerpost.rules.duties import clocks, law_files, law_pages, register, vocabulary
from fingerpost.rules.duties.facts import CaseFacts, Event

# Made up for the drill: an instrument that shortens the twenty weeks for requests from a day in 2029.
_INSTRUMENT = """
[[amend]]
duty = "final-plan"
limit = "W+16"
source = "Made-up SEND (Time Limits) Regulations 2029 reg 4 (drill)"
in_force = 2029-09-01
"""


def _changed() -> register.Register:
    return register.read((*register.texts(), _INSTRUMENT), "drill")


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2029, 8, 31), date(2030, 1, 18)),
        (date(2029, 9, 1), date(2029, 12, 22)),
        (date(2026, 9, 9), date(2027, 1, 27)),
    ],
)
def test_the_drill_old_cases_keep_the_old_rule_and_new_ones_get_the_new(asked_on: date, due: date) -> None:
    case = CaseFacts((Event("request_received", asked_on),), {})
    (clock,) = clocks.answer(case, today=None, duties=["final-plan"], law=_changed())
    assert clock.due == due
    assert ("drill" in clock.citation) == (asked_on >= date(2029, 9, 1))


def test_the_drill_leaves_the_law_in_use_alone() -> None:
    _changed()
    assert len(register.DUTIES["final-plan"].rules) == 1
    assert list(law_files.instruments([_INSTRUMENT])) == [
        "Made-up SEND (Time Limits) Regulations 2029 reg 4 (drill) (final-plan from 2029-09-01)"
    ]


def test_the_drill_is_shown_on_the_law_page() -> None:
    pages = dict(law_pages.pages(_changed()))
    assert "until 31 August 2029, `W+20`" in pages["b-draft-and-final-plan.md"]
    assert "from 1 September 2029, `W+16`" in pages["b-draft-and-final-plan.md"]


def test_every_duty_has_its_place_on_a_law_page() -> None:
    pages = dict(law_pages.pages())
    for duty in register.DUTIES.values():
        name = law_pages.file_name(duty.group)
        assert f"\n## {duty.id}\n" in pages[name]
        assert law_pages.link(duty) == f"docs/law/{name}#{duty.id}"
        assert f"({name}#{duty.id})" in pages["index.md"]


def test_every_result_and_sign_of_the_register_is_in_the_vocabulary() -> None:
    results = vocabulary.spellings("result")
    names = vocabulary.spellings("fact") | vocabulary.spellings("event")
    for duty in register.DUTIES.values():
        assert all(results.get(name) == name for name in duty.result.split()), duty.id
        assert all(names.get(name) == name for name in (*duty.only, *duty.also, *duty.never)), duty.id


_DUTY = """
[[duty]]
id = "x"
title = "X"
family_title = "X"
kind = "limit"
who = "X"
source = "X"
standard = "limit"
starts = ["request_received"]
limit = "W+6"
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_DUTY.replace('title = "X"\nfamily', "family"), "lacks title"),
        (_DUTY + _DUTY, "two places"),
        (_DUTY.replace("request_received", "requst_received"), "not a main name"),
        (_DUTY.replace("request_received", "notice_given"), "not a main name"),
        (_DUTY.replace('standard = "limit"', 'standard = "soon"'), "standard 'soon' is none of"),
        (_DUTY + 'strength = "custom"\n', "strength 'custom' is none of"),
        (_DUTY + 'falls_away = ["withdrwan"]\n', "'withdrwan' is not in conditions.toml"),
        (_DUTY + 'one_outcome = { binds = "a refusal" }\n', "one_outcome lacks of: add it"),
        (_INSTRUMENT, "which no earlier file holds"),
        (
            _DUTY + '\n[[amend]]\nduty = "x"\nlimit = "W+5"\nsource = "Y"\nin_force = 2014-09-01\n',
            "come into force after",
        ),
    ],
)
def test_a_law_file_with_a_gap_is_refused(text: str, why: str) -> None:
    with pytest.raises(law_files.BadLawFile, match=why):
        law_files.read([text])


def test_a_limit_without_a_number_cannot_be_counted() -> None:
    from fingerpost.rules.duties import wording

    (duty,) = law_files.read([_DUTY.replace('limit = "W+6"\n', "")])
    with pytest.raises(ValueError, match="no number to count"):
        wording.opening(duty.rules[0], "request_received", 700000)
    with pytest.raises(ValueError, match="no number to count"):
        wording.opening_backwards(duty.rules[0], "request_received", 700000)


def test_the_register_forgets_its_choices_before_they_grow_large(monkeypatch: pytest.MonkeyPatch) -> None:
    law = register.read(register.texts(), "test")
    law._chosen.update({-number: () for number in range(1, 20_002)})
    assert law.engaged(["request_received"])
    assert len(law._chosen) == 1


def test_a_duty_named_in_the_first_column_is_in_the_register() -> None:
    assert set(register.FIRST_COLUMN) <= set(register.DUTIES)
    assert register.current().version == register.LAW_VERSION
