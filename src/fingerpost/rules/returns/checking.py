# SPDX-License-Identifier: Apache-2.0
"""One pass of the rules over one return: which tests each record is put to, and where what breaks them stands."""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from fingerpost.rules.returns import (
    active_rules,
    header,
    person_rules,
    places,
    plan_rules,
    request_rules,
    rule_book,
    whole_rules,
    wording,
)
from fingerpost.rules.returns.choosing import Choice, found
from fingerpost.rules.returns.findings import Finding, Summary
from fingerpost.rules.returns.groups import Group, Parsed
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.making import in_order
from fingerpost.rules.returns.places import Where
from fingerpost.rules.returns.plain import ALIKE, MOST, Read, Reader
from fingerpost.rules.returns.reading import Fault
from fingerpost.rules.returns.records import PersonRecord, RequestRecord
from fingerpost.rules.returns.rule_book import Break, Establishment, Rule, Scene

ROOMS_WITH_TESTS = (
    active_rules,
    header,
    person_rules,
    plan_rules,
    request_rules,
)  # importing them fills TESTS
OUTCOMES = ("", "Y", "N", "A", "W", "H")
RECORDS = ("Header", "Person", "NamedPlan", "ActivePlans", "PlacementDetail")

Report = Callable[[Finding], None]
Watcher = Callable[[PersonRecord], None]
Judged = tuple[object, list[tuple[int, Rule, Break]]]
made = in_order(Finding, ())


class Checking:
    """One pass over one return."""

    def __init__(
        self, layout: Layout, report: Report, register: Mapping[str, Establishment] | None = None
    ) -> None:
        self.rules = rule_book.in_force(layout.year)
        self.report = report
        self.reader = Reader(layout)
        self.scene = Scene(layout, "", register)
        self.summary = Summary(layout.year, "", "")
        self.counts = whole_rules.Counts()
        self.ordinal: int | None = None
        self.request: int | None = None
        self.group: Group
        self.nth = 0  # of the group, the person at hand
        self.faults: Sequence[Fault] = ()
        self.choice = {name: Choice(self.rules, name) for name in RECORDS}
        self.of_request = {outcome: Choice(self.rules, "Requests", outcome) for outcome in OUTCOMES}
        self.of_assessment = {outcome: Choice(self.rules, "Assessment", outcome) for outcome in OUTCOMES}
        self.of_alike = {name: Choice(self.rules, name) for name in ALIKE}
        self.judged: dict[int, Judged] = {}

    # -- what is looked at ------------------------------------------------------------------------------------------

    def header(self, element: etree._Element) -> None:
        """Check the header and learn who sends the return."""
        values = header.values(element, self.reader.exact)
        self.group, self.faults = Parsed([element]), tuple(self.reader.faults)
        self.summary.la = self.scene.la = values.get("LEA") or ""
        self.summary.serial = values.get("SerialNo") or ""
        self._put("Header", values, self.choice["Header"])
        self._say_faults()

    def people(self, group: Group, people: Sequence[Read], watchers: Sequence[Watcher]) -> None:
        """Check the people of a group and everything below; then they are shown to the watchers.

        One thing after another for the whole group, which is faster than a person at a time: the code of each step
        stays at hand.
        """
        self.group = group
        for self.nth, (person, self.faults) in enumerate(people):
            self._person(person)
        for watcher in watchers:
            for person, _ in people:
                watcher(person)

    def _person(self, person: PersonRecord) -> None:
        self.ordinal, self.request = person.ordinal, None
        scene = self.scene
        scene.person, scene.born = person, person.birth_on
        self._put("Person", person, self.choice["Person"])
        if len(person.surname) > 35 or len(person.forename) > 35 or len(person.postcode or "") > 8:
            self._lengths(person)
        self.counts.person(person)
        for self.request, request in enumerate(person.requests):
            self._request(request)
        if self.faults:
            self._say_faults()

    def _request(self, request: RequestRecord) -> None:
        scene, put = self.scene, self._put
        scene.enter(request)
        put("Requests", request, self.of_request[request.outcome])
        assessment, plan, active = scene.assessment, scene.plan, scene.active
        if assessment is not None:
            put("Assessment", assessment, self.of_assessment[assessment.outcome])
        if plan is not None:
            put("NamedPlan", plan, self.choice["NamedPlan"])
            self._put_alike("PlanDetail", plan.settings)
        if active is not None:
            put("ActivePlans", active, self.choice["ActivePlans"])
            for nth, placement in enumerate(active.placements):
                put("PlacementDetail", placement, self.choice["PlacementDetail"], nth)
            self._put_alike("SENneed", active.needs)
        self.counts.request(request, scene)

    def _put(self, name: str, record: object, choice: Choice, nth: int = 0) -> None:
        """Put a record to its tests."""
        scene = self.scene
        for test, rule in choice[tuple(map(type, choice.fields(record)))]:
            if how := test(record, scene):
                for broken in found(rule, how, record, scene):
                    self._broken(*broken, name, nth)

    def _put_alike(self, name: str, records: Sequence[object]) -> None:
        """Records that people share are put to their tests once: none of them asks for another record."""
        judged = self.judged.get(id(records))
        if judged is None or judged[0] is not records:
            judged = self._judge(name, records)
        for nth, rule, broken in judged[1]:
            self._broken(rule, broken, name, nth)

    def _judge(self, name: str, records: Sequence[object]) -> Judged:
        if len(self.judged) >= MOST:
            self.judged.clear()
        broken = self.of_alike[name].broken
        all_found = [(nth, *one) for nth, record in enumerate(records) for one in broken(record, self.scene)]
        judged = self.judged[id(records)] = (records, all_found)
        return judged

    def _lengths(self, person: PersonRecord) -> None:
        """No item is longer than its column."""
        for item, text, length in (
            ("Surname", person.surname, 35),
            ("Forename", person.forename, 35),
            ("PostCode", person.postcode or "", 8),
        ):
            if len(text) > length:
                self._found(self.rules["F2"], item, f"{len(text)} characters", person.line)

    # -- what is found ----------------------------------------------------------------------------------------------

    def _say_faults(self) -> None:
        for fault in self.faults:
            rule = self.rules.get(wording.rule_of(fault)) or self.rules["F1"]
            self.request = places.request_of(fault.above)
            reason, remedy = wording.reason(fault), wording.remedy(fault)
            self._found(rule, fault.element, fault.value or None, fault.line, reason=reason, remedy=remedy)

    def _broken(self, rule: Rule, broken: Break, name: str, nth: int) -> None:
        item = broken.item or (rule.items[0] if rule.items else rule.record)
        where = Where(self.request, name, nth)
        if broken.value is None and self.faults and self._unreadable_there(item, where):
            return
        value = None if broken.value is None else wording.written(broken.value)
        self._found(rule, item, value, self.group.line(self.nth, where, item), level=broken.level)

    def _unreadable_there(self, item: str, where: Where) -> bool:
        """The item is not missing: it holds something that another finding speaks of."""
        person, _ = self.group.alone(self.nth)
        record = places.holder(person, where)
        return any(
            f.element == item and f.kind != "empty" and (f.above is record or item == "LEA")
            for f in self.faults
        )

    def _found(
        self, rule: Rule, item: str, value: str | None, line: int, *,
        reason: str = "", remedy: str = "", level: str | None = None,
    ) -> None:  # fmt: skip
        shown = wording.masked(item, value)
        item = wording.name_of(item)
        words = f"{item} {shown}" if shown else item
        message = f"{words}: {reason or rule.fault}. {remedy or rule.remedy}"
        level = level or rule.level
        request = None if self.request is None else self.request + 1
        self.summary.counts[rule.number, level] += 1
        self.report(made(rule.number, level, self.ordinal, request, item, shown, line, message))

    # -- the whole --------------------------------------------------------------------------------------------------

    def finish(self, before: Mapping[str, int]) -> Summary:
        """After the last person: what only the whole shows."""
        summary, rules = self.summary, self.rules
        summary.records = self.counts.persons
        summary.compared = whole_rules.comparable(self.counts)
        self.ordinal = self.request = None
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
        for repeat in self.counts.repeats():
            self.ordinal, rule = repeat.ordinal, self.rules[repeat.rule]
            self._found(rule, rule.items[0], f"as person {repeat.earlier}", repeat.line)
        self.ordinal = None
