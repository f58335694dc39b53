# SPDX-License-Identifier: Apache-2.0
"""The strict reader of SEN2 returns: yields whole, meaningful records or stops with `Unreadable`.

It lets pass what loses no meaning (elements out of order, an empty element) and leaves those to the check.
It refuses what cannot be mapped safely: a date that is no day, a code outside its set, an item the year does
not have, two settings in one.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, BinaryIO, NoReturn

from lxml import etree

from fingerpost.rules.returns import header as headers
from fingerpost.rules.returns import layout as layouts
from fingerpost.rules.returns import unreadable
from fingerpost.rules.returns.elements import line_of
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.opening import Opened, opened
from fingerpost.rules.returns.reading import Fault, Walker, make_person
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)
from fingerpost.rules.returns.unreadable import AGAIN, quoted, short

Unreadable = unreadable.Unreadable  # what a caller of this reader catches
MEND = "Correct it in the system that wrote the return and make the return again."
OLDEST = date(1900, 1, 1)
BEYOND = timedelta(days=366)  # a day later than this after census day is a slip of the keyboard
BEYOND_DUE = timedelta(days=5 * 366)  # a phase transfer may be due years ahead
LONGEST = {"postcode": ("PostCode", 8), "upn": ("UPN", 13), "uln": ("UniqueLearnerNumber", 10)}
LONGEST_OF_SETTING = {"urn": ("URN", 6), "ukprn": ("UKPRN", 8)}


def read(stream: BinaryIO) -> tuple[Header, Iterator[PersonRecord]]:
    """The header, and the persons as they stream past; the file is read once."""
    held = opened(stream)
    header = _header(held.header)
    return header, _persons(held, layouts.of(header.year))


def read_header(stream: BinaryIO) -> Header:
    """The header alone; the stream is put back to its start where it can be."""
    header, rest = read(stream)
    del rest
    if stream.seekable():
        stream.seek(0)
    return header


def read_persons(stream: BinaryIO, layout: Layout) -> Iterator[PersonRecord]:
    """Every person of a return whose layout is already known, from the start of the stream."""
    return _persons(opened(stream), layout)


def _persons(held: Opened, layout: Layout) -> Iterator[PersonRecord]:
    walker, people = Walker(layout, _refuse), 0
    for _, group in held.read(lambda group: group.parsed()):
        walker.lines = group.added
        for element in group.elements:
            people += 1
            yield _person(walker, element, people, layout)
    if not people:
        raise Unreadable(f"the return holds no <Person>. {AGAIN}")


def _person(walker: Walker, element: etree._Element, ordinal: int, layout: Layout) -> PersonRecord:
    line = walker.line(element)
    found = walker.fields(element, "Person")
    _require(found, line)
    person = make_person(ordinal, found | {"line": line})
    _check_person(person, layout)
    return person


# -- faults the walk finds ------------------------------------------------------------------------------------------

REASONS: dict[str, Callable[[Fault], str]] = {
    "unknown": lambda f: f"<{short(f.element)}> is not an item of {f.record} in this year's return",
    "twice": lambda f: f"{f.element} is given twice in one {f.record}",
    "nested": lambda f: f"{f.element} holds other elements where a value belongs",
    "date": lambda f: f"{f.element} '{short(f.value, 20)}' is not a real date written ccyy-mm-dd",
    "code": lambda f: f"{f.element} is {quoted(f.value)}, which is {_not_a_code(f.element)}",
}


def _not_a_code(element: str) -> str:
    return (
        "no English local authority"
        if element in ("LEA", "Exported", "TransferLA")
        else "not a code of its set"
    )


def _refuse(fault: Fault) -> None:
    if fault.kind in REASONS:
        raise Unreadable(f"line {fault.line}: {REASONS[fault.kind](fault)}. {MEND}")


def _stop(line: int, why: str) -> NoReturn:
    raise Unreadable(f"line {line}: {why}. {MEND}")


# -- what a person must have ----------------------------------------------------------------------------------------


def _require(found: dict[str, Any], line: int) -> None:
    for field, name in (("surname", "Surname"), ("forename", "Forename"), ("birth_on", "PersonBirthDate")):
        if not found.get(field):
            _stop(line, f"a Person without {name}")
    if not found.get("requests"):
        _stop(line, "a Person without Requests; even an old plan hangs on one, with outcome H")


def _check_person(person: PersonRecord, layout: Layout) -> None:
    born, latest = person.birth_on, layout.census_on + BEYOND
    if not OLDEST <= born <= layout.census_on:
        _stop(person.line, f"PersonBirthDate {born} is not a possible birth date on census day")
    _check_lengths(person, LONGEST)
    for request in person.requests:
        if not request.outcome:
            _stop(request.line, "Requests without RequestOutcome")
        _check_days(request.line, latest, request.received_on, request.outcome_on)
        if request.assessment is not None:
            _check_assessment(request.assessment, latest)
        if request.active is not None:
            _check_active(request, request.active, latest)


def _check_lengths(record: PersonRecord | SettingRecord, longest: Mapping[str, tuple[str, int]]) -> None:
    for field, (item, length) in longest.items():
        given = len(getattr(record, field) or "")
        if given > length:
            _stop(record.line, f"{item} has {given} characters where at most {length} belong")


def _check_days(line: int, latest: date, *days: date | None) -> None:
    for day in days:
        if day is not None and not OLDEST <= day <= latest:
            _stop(line, f"the date {day} lies too far from census day to be meant")


def _check_assessment(assessment: AssessmentRecord, latest: date) -> None:
    if not assessment.outcome:
        _stop(assessment.line, "Assessment without AssessmentOutcome")
    _check_days(assessment.line, latest, assessment.outcome_on)
    if assessment.plan is not None:
        _check_plan(assessment.plan, latest)


def _check_plan(plan: NamedPlanRecord, latest: date) -> None:
    _check_days(plan.line, latest, plan.started_on, plan.ceased_on)
    for setting in plan.settings:
        _check_setting(setting, latest)


def _check_setting(setting: SettingRecord, latest: date) -> None:
    if sum(given is not None for given in (setting.urn, setting.ukprn, setting.setting)) > 1:
        _stop(setting.line, "more than one of URN, UKPRN and SENSetting for one setting")
    _check_lengths(setting, LONGEST_OF_SETTING)
    _check_days(setting.line, latest, setting.entered_on, setting.left_on)


def _check_active(request: RequestRecord, active: ActivePlanRecord, latest: date) -> None:
    if request.assessment is None or request.assessment.plan is None:
        _stop(active.line, "ActivePlans without a NamedPlan in the same Requests")
    for placement in active.placements:
        _check_setting(placement, latest)
    reviews = (active.review_meeting_on, active.last_review_on, active.review_draft_on, active.phase_final_on)
    _check_days(active.line, latest, *reviews)
    _check_days(active.line, latest - BEYOND + BEYOND_DUE, active.phase_due_on)


# -- header ---------------------------------------------------------------------------------------------------------


def _header(element: etree._Element) -> Header:
    line = line_of(element)
    layout = headers.layout_of(element)
    found = headers.values(element, Walker(layout, _refuse))
    _check_collection(found, layout, line)
    return Header(
        collection="SEN2",
        year=layout.year,
        census_on=layout.census_on,
        la=_authority(found.get("LEA"), layout, line),
        serial=_serial(found.get("SerialNo"), line),
        made_at=layouts.moment(found.get("DateTime")),
        software=found.get("SoftwareCode"),
        dmo=found.get("DMO"),
        dco=found.get("DCO"),
        dsco=found.get("DSCO"),
        release=found.get("Release"),
    )


def _check_collection(found: dict[str, Any], layout: Layout, line: int) -> None:
    collection, level = found.get("Collection"), found.get("SourceLevel", "L")
    if collection != "SEN2":
        _stop(line, f"Collection is {quoted(collection)}, so this is another return, not SEN2")
    if found.get("ReferenceDate") != layout.census_on:
        given = found.get("ReferenceDate", "missing")
        _stop(line, f"ReferenceDate is {given}, census day of {layout.year} is {layout.census_on}")
    if level != "L":
        _stop(line, f"SourceLevel is '{short(level, 20)}'; a local authority's return has L")


def _authority(la: str | None, layout: Layout, line: int) -> str:
    if la is None or la not in layout.authorities:
        _stop(line, f"LEA is {quoted(la)}, not an English local authority of the {layout.year} return")
    return la


def _serial(serial: str | None, line: int) -> str:
    if serial is None or not (serial.isascii() and serial.isdigit() and len(serial) <= 3):
        _stop(line, f"SerialNo is {quoted(serial)}, not a number of three digits")
    return serial
