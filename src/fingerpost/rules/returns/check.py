# SPDX-License-Identifier: Apache-2.0
"""Checks a SEN2 return against the rule book as it streams past: every finding with person, item, value and line."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from fingerpost.rules.returns import (
    active_rules,
    header,
    person_rules,
    plan_rules,
    request_rules,
    rule_book,
    whole_rules,
    wording,
)
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.reading import Fault, Walker
from fingerpost.rules.returns.records import PersonRecord, RequestRecord
from fingerpost.rules.returns.rule_book import Break, Establishment, Rule, Scene, Test
from fingerpost.rules.returns.stream import Unreadable, line_of, people

ROOMS_WITH_TESTS = (
    active_rules,
    header,
    person_rules,
    plan_rules,
    request_rules,
)  # importing them fills TESTS


OUTCOMES = ("", "Y", "N", "A", "W", "H")
WITH_OUTCOME = frozenset({"Requests", "Assessment"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the return: where, what, and what to do."""

    rule: str
    level: str
    person: int | None
    item: str
    value: str | None
    line: int
    message: str


Report = Callable[[Finding], None]
Groups = tuple[tuple[str | None, tuple[tuple[Test, Rule], ...]], ...]
Watcher = Callable[[PersonRecord, Scene], None]


@dataclass(slots=True)
class Summary:
    """What was checked, and how often each rule was broken."""

    year: int
    la: str
    serial: str
    records: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    compared: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many findings of level error."""
        return sum(n for (_, level), n in self.counts.items() if level == rule_book.ERROR)

    @property
    def queries(self) -> int:
        """How many findings of level query."""
        return sum(n for (_, level), n in self.counts.items() if level == rule_book.QUERY)


def check(
    stream: BinaryIO,
    report: Report,
    *,
    year: int | None = None,
    register: Mapping[str, Establishment] | None = None,
    before: Mapping[str, int] | None = None,
    watch: Callable[[Layout], Iterable[Watcher]] | None = None,
) -> Summary:
    """Read the return once, handing each finding to `report` and each person to the watchers of that layout."""
    elements = people(stream)
    first = next(elements, None)
    if first is None or first.tag != "Header":
        raise Unreadable("the document has no <Header> before its persons.")
    layout = header.layout_of(first, year)
    checking = _Checking(layout, report, register)
    checking.header(first)
    watching = tuple(watch(layout)) if watch is not None else ()
    for ordinal, element in enumerate(elements, start=1):
        checking.person(element, ordinal, watching)
    return checking.finish(before or {})


class _Checking:
    """One pass over one return."""

    def __init__(
        self, layout: Layout, report: Report, register: Mapping[str, Establishment] | None = None
    ) -> None:
        self.rules = rule_book.in_force(layout.year)
        self.report = report
        self.walker = Walker(layout, self._fault)
        self.scene = Scene(layout, "", register)
        self.summary = Summary(layout.year, "", "")
        self.counts = whole_rules.Counts()
        self.ordinal: int | None = None
        self.element: etree._Element | None = None
        self.faults: list[Fault] = []
        self.tests: dict[str, Groups] = {}
        for record in {rule.record for rule in self.rules.values()}:
            for outcome in OUTCOMES if record in WITH_OUTCOME else ("",):
                self.tests[f"{record}{outcome}"] = self._tests(record, outcome)

    def _tests(self, record: str, outcome: str) -> Groups:
        """The tests of one kind of record, grouped by the field that must be given."""
        groups: dict[str | None, list[tuple[Test, Rule]]] = {}
        for number, rule in self.rules.items():
            marked = rule_book.TESTS.get(number)
            if marked is None or rule.record != record:
                continue
            if marked.outcomes is None or (outcome and outcome in marked.outcomes):
                groups.setdefault(marked.given, []).append((marked.test, rule))
        return tuple((given, tuple(tests)) for given, tests in groups.items())

    # -- what is looked at ------------------------------------------------------------------------------------------

    def header(self, element: etree._Element) -> None:
        """Check the header and learn who sends the return."""
        found = header.values(element, self.walker)
        self.summary.la = self.scene.la = found.get("LEA") or ""
        self.summary.serial = found.get("SerialNo") or ""
        self.element = element
        self._run("Header", found, line_of(element))
        self._flush_faults()

    def person(self, element: etree._Element, ordinal: int, watchers: tuple[Watcher, ...]) -> None:
        """Check one person and everything below."""
        self.ordinal, self.element = ordinal, element
        person = self.walker.person(element, ordinal)
        scene = self.scene
        scene.person, scene.born = person, person.birth_on
        self._run("Person", person, person.line)
        self._lengths(person)
        self.counts.person(person)
        for request in person.requests:
            self._request(request)
        if self.faults:
            self._flush_faults()
        for watcher in watchers:
            watcher(person, scene)

    def _request(self, request: RequestRecord) -> None:
        scene, run = self.scene, self._run
        scene.enter(request)
        run(f"Requests{request.outcome}", request, request.line)
        assessment, plan, active = scene.assessment, scene.plan, scene.active
        if assessment is not None:
            run(f"Assessment{assessment.outcome}", assessment, assessment.line)
        if plan is not None:
            run("NamedPlan", plan, plan.line)
            for detail in plan.settings:
                run("PlanDetail", detail, detail.line)
        if active is not None:
            run("ActivePlans", active, active.line)
            for placement in active.placements:
                run("PlacementDetail", placement, placement.line)
            for need in active.needs:
                run("SENneed", need, need.line)
        self.counts.request(request, scene)

    def _run(self, name: str, record: object, line: int) -> None:
        scene = self.scene
        for given, tests in self.tests[name]:
            if given is None or getattr(record, given) is not None:
                for test, rule in tests:
                    if (broken := test(record, scene)) is not None:
                        self._broken(rule, broken, line)

    def _lengths(self, person: PersonRecord) -> None:
        for item, text, length in (
            ("Surname", person.surname, 35),
            ("Forename", person.forename, 35),
            ("PostCode", person.postcode, 8),
        ):
            if text is not None and len(text) > length:
                self._found(self.rules["F2"], item, f"{len(text)} characters", person.line)

    # -- what is found ----------------------------------------------------------------------------------------------

    def _fault(self, fault: Fault) -> None:
        self.faults.append(fault)

    def _flush_faults(self) -> None:
        for fault in self.faults:
            number = wording.rule_of(fault)
            rule = self.rules.get(number) or self.rules["F1"]
            reason = wording.reason(fault)
            self._found(rule, fault.element, fault.value or None, fault.line, reason)
        self.faults.clear()

    def _broken(self, rule: Rule, broken: Break, line: int) -> None:
        item = broken.item or (rule.items[0] if rule.items else rule.record)
        if broken.value is None and self._unreadable_there(item, line):
            return
        value = None if broken.value is None else wording.written(broken.value)
        self._found(rule, item, value, self._line(item, line), level=broken.level)

    def _unreadable_there(self, item: str, line: int) -> bool:
        """The item is not missing: it holds something that another finding speaks of."""
        return any(
            f.element == item and f.record_line == line and f.kind != "empty" for f in self.faults
        ) or (item == "LEA" and any(f.element == item for f in self.faults))

    def _line(self, item: str, line: int) -> int:
        """The line of the item itself, where it is written."""
        if self.element is not None:
            for child in self.element.iter(item):
                above = child.getparent()
                if above is not None and line_of(above) == line:
                    return line_of(child)
        return line

    def _found(
        self, rule: Rule, item: str, value: str | None, line: int, reason: str = "", *, level: str | None = None
    ) -> None:  # fmt: skip
        shown = wording.masked(item, value)
        item = wording.name_of(item)
        words = f"{item} {shown}" if shown else item
        message = f"{words}: {reason or rule.fault}. {rule.remedy}"
        level = level or rule.level
        self.summary.counts[rule.number, level] += 1
        self.report(Finding(rule.number, level, self.ordinal, item, shown, line, message))

    # -- the whole --------------------------------------------------------------------------------------------------

    def finish(self, before: Mapping[str, int]) -> Summary:
        """After the last person: what only the whole shows."""
        summary, rules = self.summary, self.rules
        summary.records = self.counts.persons
        summary.compared = whole_rules.comparable(self.counts)
        self.element = self.ordinal = None
        if not summary.records:
            self._found(rules["L15"], "Persons", None, 0)
        self._repeats()
        for number, words in whole_rules.too_much(self.counts):
            if number in rules:
                self._found(rules[number], rules[number].items[0], words, 0)
        for words in whole_rules.changes(summary.compared, before) if before else ():
            self._found(rules["L605"], "counts", words, 0)
        return summary

    def _repeats(self) -> None:
        for keys in self.counts.twice:
            rule = self.rules[keys.rule]
            for repeat in keys.repeats():
                self.ordinal = repeat.ordinal
                value = f"as person {repeat.earlier}"
                self._found(rule, rule.items[0], value, repeat.line)
        self.ordinal = None
