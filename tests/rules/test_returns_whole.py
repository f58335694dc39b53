# SPDX-License-Identifier: Apache-2.0
"""Rules that only a whole return shows: each with one that just breaks it and one that just does not."""

import io
import re
from collections.abc import Callable

import pytest

from fingerpost.rules.returns import check
from fingerpost.rules.returns.check import Finding, Summary
from tests.rules.small_return import SmallReturn

A, P, L = "Requests/Assessment", "Requests/Assessment/NamedPlan", "Requests/ActivePlans/PlacementDetail"


def _many(copies: int, change: Callable[[SmallReturn, int], object], year: int = 2025) -> bytes:
    """A return of the same five children again and again, each copy changed by its number and named anew."""
    persons = []
    text = ""
    for number in range(copies):
        small = SmallReturn(year)
        change(small, number)
        text = small.bytes().decode()
        body = re.search(r"<Persons>(.*)</Persons>", text, re.DOTALL)
        assert body
        renamed = body[1].replace("<Surname>Sample", f"<Surname>Sample{number}")
        renamed = re.sub(r"<UPN>.*?</UPN>|<UniqueLearnerNumber>.*?</UniqueLearnerNumber>", "", renamed)
        persons.append(renamed)
    head, tail = text.split("<Persons>")[0], text.split("</Persons>")[1]
    return f"{head}<Persons>{''.join(persons)}</Persons>{tail}".encode()


def _rules(data: bytes, before: dict[str, int] | None = None) -> tuple[set[str], Summary, list[Finding]]:
    found: list[Finding] = []
    summary = check.check(io.BytesIO(data), found.append, before=before)
    return {f.rule for f in found if f.person is None}, summary, found


def _when(share: int, path: str, value: str | None) -> Callable[[SmallReturn, int], object]:
    return lambda small, number: small.put(path, value) if number < share else None


def _setting(share: int) -> Callable[[SmallReturn, int], object]:
    def change(small: SmallReturn, number: int) -> None:
        if number < share:
            small.put(f"p2/{L}/URN", None).put(f"p2/{L}/SENSetting", "OTH").put(
                f"p2/{L}/SENSettingOther", "boat"
            )

    return change


@pytest.mark.parametrize(
    ("rule", "copies", "bad", "good"),
    [
        ("L601", 40, _setting(7), _setting(6)),  # three placements a copy: more than 5 in 100
        ("L602", 50, _when(6, f"p5/{P}/CeaseReason", "9"), _when(5, f"p5/{P}/CeaseReason", "9")),
        ("L603", 20, _when(7, "p3/Requests/RequestSource", "5"), _when(6, "p3/Requests/RequestSource", "5")),
        ("L604", 3, _when(3, f"p1/{A}/Week20", "1"), _when(2, f"p1/{A}/Week20", "1")),
        ("L606", 60, _when(7, f"p2/{L}", None), _when(6, f"p2/{L}", None)),
    ],
)
def test_large_shares(
    rule: str, copies: int, bad: Callable[[SmallReturn, int], object], good: Callable[[SmallReturn, int], object]
) -> None:  # fmt: skip
    assert rule in _rules(_many(copies, bad))[0]
    assert rule not in _rules(_many(copies, good))[0]


def test_few_cases_are_not_asked_about() -> None:
    assert "L602" not in _rules(_many(4, _when(4, f"p5/{P}/CeaseReason", "9")))[0]


def test_another_size_than_last_year() -> None:
    data = _many(30, lambda small, number: None)
    _, summary, _ = _rules(data)
    assert summary.compared == {"active": 60, "requests": 90, "new_plans": 30}
    assert "L605" not in _rules(data, summary.compared)[0]
    assert "L605" not in _rules(data, summary.compared | {"active": 50})[0], "20 in 100 is not much"
    assert "L605" in _rules(data, summary.compared | {"active": 49})[0]
    assert "L605" in _rules(data, summary.compared | {"requests": 0})[0]


def test_a_return_of_nobody() -> None:
    small = SmallReturn(2025)
    for person in list(small.at("Persons")):
        small.at("Persons").remove(person)
    rules, summary, _ = _rules(small.bytes())
    assert rules == {"L15"}
    assert (summary.records, summary.errors, summary.queries) == (0, 1, 0)


def test_every_later_person_of_a_kind_is_named_with_the_first() -> None:
    data = _many(3, lambda small, number: small.put("p4/Surname", "Same"))
    found = [f for f in _rules(data)[2] if f.rule == "L126"]
    assert [(f.person, f.value) for f in found] == [(9, "as person 4"), (14, "as person 9")]
    assert all(f.line for f in found)


def test_the_summary_counts_what_was_reported() -> None:
    data = _many(5, _when(5, f"p5/{P}/CeaseReason", "9"))
    _, summary, found = _rules(data)
    assert summary.errors == sum(f.level == "error" for f in found)
    assert summary.queries == sum(f.level == "query" for f in found)
    assert (summary.records, summary.la, summary.serial, summary.year) == (25, "888", "001", 2025)
