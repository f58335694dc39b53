# SPDX-License-Identifier: Apache-2.0
"""Reads a person who is written plainly, as nearly all are, from the text, which no XML parser has seen.

Plainly: every item in its place, once, with a value that means something, and nothing else. The person's text is
matched record by record against patterns made from the layout, and what matches them is well-formed XML. Whatever does
not is parsed and left to the exact reading (reading.py), which finds the same records there and says what is wrong.
Below a person, records carry no line; settings and needs, which many people have alike, are made once and shared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import getitem
from typing import Any

from fingerpost.rules.returns.groups import Group
from fingerpost.rules.returns.layout import Item, Layout
from fingerpost.rules.returns.making import in_order
from fingerpost.rules.returns.reading import Fault, Walker
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

NEEDED = frozenset({"Surname", "Forename", "PersonBirthDate", "RequestOutcome", "AssessmentOutcome"})
ALIKE = ("PlanDetail", "SENneed")  # placements differ: to look for an equal one costs more than to make it
BLANKS = "[ \\t\\n]*+"
VALUE = "[^<>&\\x00-\\x08\\x0b-\\x1f\\ufffe\\uffff]++"  # no markup, and nothing that XML does not allow
MOST = 4_000  # texts whose records are shared at a time: more would crowd the processor's cache


Read = tuple[PersonRecord, Sequence[Fault]]  # and what is not as it should be


class NotPlain(LookupError):
    """This person is not written plainly."""


class Reader:
    """Reads people for those who ask for no line below the person: plainly where that can be done, else exactly."""

    def __init__(self, layout: Layout) -> None:
        self.faults: list[Fault] = []
        self.exact = Walker(layout, self.faults.append)
        self.plain = Plain(layout)
        self.many = 0  # people read so far

    def people(self, group: Group) -> list[Read]:
        """The people of a group, as far as the file goes; raises `NotWhole`."""
        plain = self.plain.person
        people: list[Read] = []
        places = zip(group.texts, group.lines, strict=True)
        for ordinal, (text, line) in enumerate(places, start=self.many + 1):
            try:
                people.append((plain(text, ordinal, line), ()))
            except LookupError:  # not plain, or a date that is none, or a code outside its set
                people.append(self._exactly(group, len(people), ordinal))
        self.many += len(people)
        return people

    def _exactly(self, group: Group, nth: int, ordinal: int) -> Read:
        self.faults.clear()
        element, self.exact.lines = group.alone(nth)
        return self.exact.person(element, ordinal), tuple(self.faults)


class Plain:
    """The patterns of one layout. A record's method gives the record at a place of the text, and where it ends."""

    def __init__(self, layout: Layout) -> None:
        kinds = {name: _Kind(name, items) for name, items in layout.records.items()}
        self.settings = _Alike(kinds["PlanDetail"], SettingRecord).several
        self.placements = _Several(kinds["PlacementDetail"], SettingRecord).several
        self.needs = _Alike(kinds["SENneed"], NeedRecord).several
        self.of_person, _ = kinds["Person"].runs
        self.of_request, _, self.of_request_last = kinds["Requests"].runs
        self.of_assessment, self.of_assessment_last = kinds["Assessment"].runs
        self.of_plan, self.of_plan_last = kinds["NamedPlan"].runs
        self.of_active, self.of_active_between, self.of_active_last = kinds["ActivePlans"].runs
        self.make_person = in_order(PersonRecord, ("ordinal", "line", *kinds["Person"].fields, "requests"))
        self.make_request = in_order(RequestRecord, (*kinds["Requests"].fields, "assessment", "active"))
        self.make_assessment = in_order(AssessmentRecord, (*kinds["Assessment"].fields, "plan"))
        self.make_plan = in_order(NamedPlanRecord, (*kinds["NamedPlan"].fields, "settings"))
        self.make_active = in_order(ActivePlanRecord, (*kinds["ActivePlans"].fields, "placements", "needs"))

    def person(self, text: str, ordinal: int, line: int) -> PersonRecord:
        """The person written in this text, but for the closing tag; a `LookupError` means that it is not plain."""
        values, at = self.of_person.read(text, 0)
        requests = []
        while at < len(text):
            request, at = self._request(text, at)
            requests.append(request)
        return self.make_person(ordinal, line, *values, tuple(requests))

    def _request(self, text: str, at: int) -> tuple[RequestRecord, int]:
        values, at = self.of_request.read(text, at)
        end, assessment, active = text.find("</Requests>", at), None, None
        if text.startswith("<Assessment>", at):
            assessment, at = self._assessment(text, at, end)
        if text.startswith("<ActivePlans>", at):
            active, at = self._active(text, at, end)
        _, at = self.of_request_last.read(text, at)
        return self.make_request(*values, assessment, active), at

    def _assessment(self, text: str, at: int, end: int) -> tuple[AssessmentRecord, int]:
        values, at = self.of_assessment.read(text, at)
        plan = None
        if text.startswith("<NamedPlan>", at):
            plan, at = self._plan(text, at, end)
        _, at = self.of_assessment_last.read(text, at)
        return self.make_assessment(*values, plan), at

    def _plan(self, text: str, at: int, end: int) -> tuple[NamedPlanRecord, int]:
        values, at = self.of_plan.read(text, at)
        settings, at = self.settings(text, at, end)
        rest, at = self.of_plan_last.read(text, at)
        return self.make_plan(*values, *rest, settings), at

    def _active(self, text: str, at: int, end: int) -> tuple[ActivePlanRecord, int]:
        values, at = self.of_active.read(text, at)
        placements, at = self.placements(text, at, end)
        between, at = self.of_active_between.read(text, at)
        needs, at = self.needs(text, at, end)
        rest, at = self.of_active_last.read(text, at)
        return self.make_active(*values, *between, *rest, placements, needs), at


class _Run:
    """Items that follow one another: how they are found at a place of a text, and what their values mean."""

    __slots__ = ("match", "tables")

    def __init__(self, opening: str, items: Sequence[Item], closing: str = "") -> None:
        parts = (opening, *map(_pattern, items), closing)
        self.match = re.compile(BLANKS + "".join(part + BLANKS for part in parts if part)).match
        self.tables = tuple(item.values for item in items)

    def read(self, text: str, at: int) -> tuple[Iterator[Any], int]:
        """The values of the items that stand here, looked up as they are taken, and where they end."""
        found = self.match(text, at)
        if found is None:
            raise NotPlain
        return map(getitem, self.tables, found.groups()), found.end()


class _Kind:
    """The items of one kind of record, in runs: those before, between and after the records that hang on it."""

    def __init__(self, name: str, items: Mapping[str, Item]) -> None:
        parts: list[list[Item]] = [[]]
        for item in items.values():
            if item.kind == "record":
                parts.append([])
            else:
                parts[-1].append(item)
        self.name = name
        self.items = [item for part in parts for item in part]
        self.fields = [item.field for item in self.items]
        openings = (f"<{name}>", *([""] * len(parts)))
        closings = (*([""] * (len(parts) - 1)), f"</{name}>")
        self.runs = [_Run(*run) for run in zip(openings, parts, closings, strict=False)]


class _Several:
    """Records of one kind that stand one after another."""

    def __init__(self, kind: _Kind, record: type[Any]) -> None:
        self.opening, self.closing = f"<{kind.name}>", f"</{kind.name}>"
        self.run = _Run(self.opening, kind.items, self.closing)
        self.make = in_order(record, kind.fields)

    def several(self, text: str, at: int, end: int) -> tuple[tuple[Any, ...], int]:
        """All that stand here, before `end`."""
        records = []
        while text.startswith(self.opening, at):
            values, at = self.run.read(text, at)
            records.append(self.make(*values))
        return tuple(records), at


class _Alike(_Several):
    """Records that many people have alike: those who have the same text share them."""

    def __init__(self, kind: _Kind, record: type[Any]) -> None:
        super().__init__(kind, record)
        self.made: dict[str, tuple[Any, ...]] = {}

    def several(self, text: str, at: int, end: int) -> tuple[tuple[Any, ...], int]:
        """All that stand here, before `end`."""
        if not text.startswith(self.opening, at):
            return (), at
        end = text.rfind(self.closing, at, end) + len(self.closing)
        found = self.made.get(text[at:end])
        return found if found is not None else self._new(text[at:end]), end

    def _new(self, text: str) -> tuple[Any, ...]:
        if len(self.made) >= MOST:
            self.made.clear()
        records, end = super().several(text, 0, len(text))
        if end != len(text):
            raise NotPlain
        self.made[text] = records
        return records


def _pattern(item: Item) -> str:
    name = "SEN[Ss]etting" if item.element == "SENSetting" else item.element
    once = f"<{name}>({VALUE})</{name}>"
    return once if item.element in NEEDED else f"(?:{once}{BLANKS})?"
