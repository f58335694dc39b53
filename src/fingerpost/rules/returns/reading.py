# SPDX-License-Identifier: Apache-2.0
"""Turns the elements of one person into records, and says of each fault what and where it is.

One walk serves two readers: the strict one (reader.py) stops at the first fault that loses meaning, the check
collects all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from fingerpost.rules.returns import records
from fingerpost.rules.returns.elements import filled, line_of, named
from fingerpost.rules.returns.layout import Item, Layout
from fingerpost.rules.returns.making import maker


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is not as the year's specification has it."""

    kind: str  # unknown, order, twice, empty, date, code, nested, text
    record: str
    element: str
    value: str
    line: int
    above: etree._Element | None = field(compare=False, repr=False)  # the record's own element


BUILDERS: dict[str, Callable[[int, dict[str, Any]], Any]] = {
    "Requests": maker(records.RequestRecord),
    "Assessment": maker(records.AssessmentRecord),
    "NamedPlan": maker(records.NamedPlanRecord),
    "PlanDetail": maker(records.SettingRecord),
    "ActivePlans": maker(records.ActivePlanRecord),
    "PlacementDetail": maker(records.SettingRecord),
    "SENneed": maker(records.NeedRecord),
}
Step = tuple[int, str, Mapping[str | None, Any] | None]
NAMELESS: dict[str, Any] = {"surname": "", "forename": "", "birth_on": None}
make_person = maker(records.PersonRecord)
MANY = frozenset({"Requests", "PlanDetail", "PlacementDetail", "SENneed"})
Report = Callable[[Fault], None]


def _steps(items: Mapping[str, Item]) -> dict[str, Step]:
    """Place, field and values by element; no values where a record hangs."""
    return {
        name: (item.place, item.field, None if item.kind == "record" else item.values)
        for name, item in items.items()
    }


class Walker:
    """Reads records of one layout, handing each fault to `report`."""

    __slots__ = ("lines", "records", "report", "steps")

    def __init__(self, layout: Layout, report: Report) -> None:
        self.records = layout.records
        self.report = report
        self.lines = 0  # that stand before the piece of the file at hand
        self.steps = {name: _steps(items) for name, items in layout.records.items()}

    def fields(self, element: etree._Element, record: str) -> dict[str, Any]:
        """The values of one record by field; child records as records. This is the hot loop of every reading."""
        steps = self.steps[record]
        found: dict[str, Any] = {}
        last = -1
        for child in element:
            step = steps.get(child.tag)
            if step is None:
                self._slow(found, child, record)
                continue
            place, field, values = step
            if place < last:
                self._fault("order", record, child)
            last = place
            if values is None:
                self._child(found, field, child, record, child.tag)
                continue
            text = child.text
            if text is None or field in found or len(child):
                self._slow(found, child, record)
                continue
            try:
                found[field] = values[text]
            except KeyError:
                self._slow(found, child, record)
        return found

    def _slow(self, found: dict[str, Any], child: etree._Element, record: str) -> None:
        """What the hot loop does not decide: another spelling, blanks to strip, a fault."""
        item = self.records[record].get(str(child.tag)) or self._other_spelling(child, record)
        if item is not None:
            self._value(found, item, child, record)

    def person(self, element: etree._Element, ordinal: int) -> records.PersonRecord:
        """A person as far as the file goes: what is missing stands empty, so only a lenient reading asks for this."""
        found = NAMELESS | self.fields(element, "Person")
        self._texts_between(element)
        found["line"] = self.line(element)
        return make_person(ordinal, found)

    def line(self, element: etree._Element) -> int:
        """The line of the file that an element starts on."""
        return line_of(element) + self.lines

    def _other_spelling(self, child: etree._Element, record: str) -> Item | None:
        """The guide prints SENsetting, files carry SENSetting; any case of it is the same item."""
        tag = str(child.tag)
        if tag.casefold() == "sensetting":
            return self.records[record].get("SENSetting")
        self._fault("unknown", record, child)
        return None

    def _child(
        self, found: dict[str, Any], field: str, child: etree._Element, record: str, element: str
    ) -> None:
        built = BUILDERS[element](self.line(child), self.fields(child, element))
        if element in MANY:
            found[field] = (*found[field], built) if field in found else (built,)
        elif field in found:
            self._fault("twice", record, child)
        else:
            found[field] = built

    def _value(self, found: dict[str, Any], item: Item, child: etree._Element, record: str) -> None:
        text = child.text
        if len(child):
            self._fault("nested", record, child)
        elif text is None or not (text := text.strip()):
            self._fault("empty", record, child)
        elif item.field in found:
            self._fault("twice", record, child)
        else:
            try:
                found[item.field] = item.values[text]
            except KeyError:
                self._fault("date" if item.kind == "date" else "code", record, child)

    def _texts_between(self, person: etree._Element) -> None:
        """Text that stands between the items of a record, where nobody would look for it."""
        for element in person.iter("Person", *BUILDERS):
            texts = (element.text, *(child.tail for child in element))
            if any(map(filled, texts)):
                name = named(element)
                self.report(Fault("text", name, name, "", self.line(element), element))

    def _fault(self, kind: str, record: str, child: etree._Element) -> None:
        value, above = (child.text or "").strip(), child.getparent()
        self.report(Fault(kind, record, named(child), value, self.line(child), above))
