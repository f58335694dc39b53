# SPDX-License-Identifier: Apache-2.0
"""Which tests a record is put to: most rules can be broken only by records with, or without, something.

Choosing costs more than testing, so it is done once for all records whose fields have values of the same types.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from fingerpost.rules.returns import rule_book
from fingerpost.rules.returns.rule_book import Asked, Break, Marked, Rule, Scene, Test

Shape = tuple[type, ...]
Behind = tuple[tuple[Test, Rule], ...]
# A test and its rule; or a question, and the tests that wait behind it.
Tests = tuple[tuple[Callable[[Any, Scene], Any], Any], ...]
Broken = tuple[Rule, Break]
NOTHING = type(None)
FILLING = ("__class__", "__class__")  # of fewer than two names an `attrgetter` makes no tuple


class Choice(dict[Shape, Tests]):
    """The tests of one kind of record, of one outcome where it has one, by the types of its fields.

    In the place of a test and its rule may stand a question and the tests that wait behind it.
    """

    def __init__(self, rules: Mapping[str, Rule], record: str, outcome: str = "") -> None:
        self.marked = [
            (marked, rule)
            for number, rule in rules.items()
            if rule.record == record and (marked := rule_book.TESTS.get(number)) is not None
            if marked.speaks_of(outcome)
        ]
        asked = {name for marked, _ in self.marked for name in (marked.given, marked.absent) if name}
        self.names = (*sorted(asked), *FILLING) if len(asked) < len(FILLING) else tuple(sorted(asked))
        self.fields: Callable[[Any], tuple[object, ...]] = attrgetter(*self.names)

    def __missing__(self, shape: Shape) -> Tests:
        lacks = {name for name, kind in zip(self.names, shape, strict=True) if kind is NOTHING}
        held = [(marked, rule) for marked, rule in self.marked if _may_break(marked, lacks)]
        tests = ((marked.test, rule) for marked, rule in held if marked.when is None)
        asked = dict.fromkeys(marked.when for marked, _ in held if marked.when is not None)
        chosen = self[shape] = (*tests, *((when, tuple(_behind(when, held))) for when in asked))
        return chosen

    def broken(self, record: object, scene: Scene) -> Iterator[Broken]:
        """The rules that this record breaks, and how."""
        for test, rule in self[tuple(map(type, self.fields(record)))]:
            if how := test(record, scene):
                yield from found(rule, how, record, scene)


def found(rule: Any, how: Any, record: object, scene: Scene) -> Iterator[Broken]:
    """What a test has found, or what the tests behind a question find that was answered with yes."""
    if how is not True:
        yield rule, how
        return
    for test, its_rule in rule:
        if broken := test(record, scene):
            yield its_rule, broken


def _may_break(marked: Marked, lacks: set[str]) -> bool:
    return (marked.given is None or marked.given not in lacks) and (
        marked.absent is None or marked.absent in lacks
    )


def _behind(when: Asked, marked: Sequence[tuple[Marked, Rule]]) -> Iterator[tuple[Test, Rule]]:
    return ((one.test, rule) for one, rule in marked if one.when is when)
