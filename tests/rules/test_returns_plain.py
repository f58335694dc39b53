# SPDX-License-Identifier: Apache-2.0
"""The fast ways of reading and testing a return say the same as the slow and sure ones."""

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.returns import layout, rule_book, writer
from fingerpost.rules.returns.choosing import Choice
from fingerpost.rules.returns.opening import opened
from fingerpost.rules.returns.plain import Plain, Reader
from fingerpost.rules.returns.reading import Fault, Walker
from fingerpost.rules.returns.records import Header, PersonRecord
from fingerpost.rules.returns.rule_book import Scene
from fingerpost.rules.returns.unreadable import Unreadable
from tests.rules.any_return import any_return
from tests.rules.small_return import SmallReturn
from tests.rules.test_returns_fuzz import DAMAGE, damaged

YEARS = layout.years()


def _quickly(data: bytes, year: int) -> tuple[list[PersonRecord], list[Fault]]:
    people: list[PersonRecord] = []
    faults: list[Fault] = []
    quick = Reader(layout.of(year))
    for _, read in opened(io.BytesIO(data)).read(quick.people):
        for person, found in read:
            people.append(person)
            faults += found
    return people, faults


def _surely(data: bytes, year: int) -> tuple[list[PersonRecord], list[Fault]]:
    people: list[PersonRecord] = []
    faults: list[Fault] = []
    walker = Walker(layout.of(year), faults.append)
    for _, group in opened(io.BytesIO(data)).read(lambda group: group.parsed()):
        walker.lines = group.added
        for element in group.elements:
            people.append(walker.person(element, len(people) + 1))
    return people, faults


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(YEARS), st.lists(DAMAGE, max_size=8))
def test_a_damaged_return_is_read_the_same_both_ways(year: int, damage: list[tuple[str, int, str]]) -> None:
    data = damaged(year, damage)
    if b"<Persons>" not in data or b"<Header>" not in data:
        return
    try:
        surely = _surely(data, year)
    except Unreadable:
        with pytest.raises(Unreadable):
            _quickly(data, year)
        return
    assert _quickly(data, year) == surely


@settings(max_examples=100, deadline=None)
@given(any_return())
def test_any_return_is_read_the_same_both_ways(one: tuple[Header, list[PersonRecord]]) -> None:
    header, people = one
    out = io.BytesIO()
    writer.write(out, header, people)
    assert _quickly(out.getvalue(), header.year) == _surely(out.getvalue(), header.year)


@pytest.mark.parametrize("year", YEARS)
def test_a_right_return_is_plain(year: int) -> None:
    """Otherwise the quick reading would be no more than a detour."""
    plain = Plain(layout.of(year))
    held = opened(io.BytesIO(SmallReturn(year).bytes()))
    texts = [text for _, texts in held.read(lambda group: group.texts) for text in texts]
    assert len(texts) == 5
    assert [plain.person(text, 1, 1).surname for text in texts]


def test_people_who_are_alike_share_their_needs() -> None:
    people, _ = _quickly(SmallReturn(2026).bytes(), 2026)
    needs = [request.active.needs for one in people for request in one.requests if request.active]
    assert len(needs) > 1
    assert len({id(each) for each in needs}) == len(set(needs))


# -- marks ----------------------------------------------------------------------------------------------------------


def _records(person: PersonRecord, scene: Scene) -> list[tuple[str, str, object]]:
    """Each record of a request that the scene stands at, with its outcome."""
    plan, active = scene.plan, scene.active
    found: list[tuple[str, str, object]] = [("Requests", scene.request.outcome, scene.request)]
    if scene.assessment is not None:
        found.append(("Assessment", scene.assessment.outcome, scene.assessment))
    found += [("NamedPlan", "", plan)] if plan else []
    found += [("PlanDetail", "", one) for one in plan.settings] if plan else []
    found += [("ActivePlans", "", active)] if active else []
    found += [("PlacementDetail", "", one) for one in active.placements] if active else []
    found += [("SENneed", "", one) for one in active.needs] if active else []
    return [("Person", "", person), *found]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(YEARS), st.lists(DAMAGE, min_size=1, max_size=8))
def test_marks_hide_no_finding(year: int, damage: list[tuple[str, int, str]]) -> None:
    """With every mark taken away, the same rules are broken in the same way."""
    try:
        people, _ = _surely(damaged(year, damage), year)
    except Unreadable:
        return
    rules, scene = rule_book.in_force(year), Scene(layout.of(year), "888")
    for person in people:
        scene.person, scene.born = person, person.birth_on
        for request in person.requests:
            scene.enter(request)
            for name, outcome, record in _records(person, scene):
                marked = list(Choice(rules, name, outcome).broken(record, scene))
                assert sorted(marked, key=str) == sorted(_unmarked(rules, name, record, scene), key=str)


def _unmarked(
    rules: Mapping[str, rule_book.Rule], name: str, record: object, scene: Scene
) -> list[tuple[rule_book.Rule, rule_book.Break]]:
    tests = [
        (rule_book.TESTS[rule.number].test, rule)
        for rule in rules.values()
        if rule.record == name and rule.number in rule_book.TESTS
    ]
    return [(rule, broken) for test, rule in tests if (broken := test(record, scene)) is not None]


def test_a_shared_record_is_not_mended_by_accident() -> None:
    people, _ = _quickly(SmallReturn(2026).bytes(), 2026)
    need = next(request.active.needs[0] for one in people for request in one.requests if request.active)
    with pytest.raises(AttributeError):
        need.rank = 2  # type: ignore[misc] # that it cannot be set is what is tested
    assert replace(need, rank=2) != need
