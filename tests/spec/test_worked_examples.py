# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the law page tell the truth? Every duty's ordinary, edge and trap example is answered as written."""

import pytest

from fingerpost.rules.duties import examples, reading, register, reply
from fingerpost.rules.duties.examples import Example

_ALL = examples.every()


def _answered(example: Example) -> dict[str, object]:
    law = register.current()
    return reply.of(reading.read_case(example.case), named=tuple(law.duties.values()))


@pytest.mark.parametrize("example", _ALL, ids=lambda e: f"{e.duty}-{e.sort}")
def test_the_example_is_answered_as_written(example: Example) -> None:
    asked = reading.read_case(example.case)
    answer = reply.of(asked, named=(register.DUTIES[example.duty],))
    entry = answer["duties"][0]  # type: ignore[index]
    for field, wanted in example.expect.items():
        if field == "results":
            for name, value in wanted.items():  # type: ignore[attr-defined]
                held = answer["results"].get(name.rpartition(".")[2])  # type: ignore[attr-defined]
                assert held == value, (name, answer["results"], entry["because"])
        else:
            assert entry.get(field) == wanted, (field, entry)


@pytest.mark.parametrize("duty", register.DUTIES)
def test_every_duty_has_three_examples_with_a_count_in_words(duty: str) -> None:
    held = examples.of(duty)
    assert [example.sort for example in held] == list(examples.SORTS)
    assert all(example.count.endswith(".") and example.title for example in held)


@pytest.mark.parametrize("example", [e for e in _ALL if e.sort == "ordinary"], ids=lambda e: e.duty)
def test_an_ordinary_case_calls_for_its_duty_by_itself(example: Example) -> None:
    named = () if register.DUTIES[example.duty].called_by != () else (register.DUTIES[example.duty],)
    answer = reply.of(
        reading.read_case(example.case), named=named
    )  # a duty outside any case is asked for by name
    assert example.duty in [entry["id"] for entry in answer["duties"]]  # type: ignore[attr-defined]


def test_fourteen_duties_stand_outside_any_case_and_no_case_calls_for_them() -> None:
    outside = {duty.id for duty in register.DUTIES.values() if duty.called_by == ()}
    assert len(outside) == 14
    for example in _ALL:
        answer = reply.of(reading.read_case(example.case))
        assert outside.isdisjoint(entry["id"] for entry in answer["duties"])  # type: ignore[attr-defined]
