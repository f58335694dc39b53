# SPDX-License-Identifier: Apache-2.0
"""The header of a return: which year's layout holds, its values, and the rules they must keep."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from fingerpost.rules.returns import layout as layouts
from fingerpost.rules.returns.elements import line_of
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.reading import Fault, Walker
from fingerpost.rules.returns.rule_book import MISSING, Break, Scene, carries
from fingerpost.rules.returns.unreadable import Unreadable, quoted, short

Values = Mapping[str, Any]
Broken = Break | None
SECTIONS = ("CollectionDetails", "Source")


def layout_of(element: etree._Element, year: int | None = None) -> Layout:
    """The layout of the year the header names, or of the one asked for."""
    line = line_of(element)
    text = str(year) if year is not None else (element.findtext("CollectionDetails/Year") or "").strip()
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise Unreadable(f"line {line}: the header's Year is {quoted(text)}, not a four-digit year.")
    try:
        return layouts.of(int(text))
    except layouts.UnknownYear as unknown:
        raise Unreadable(f"line {line}: {unknown}.") from None


def values(element: etree._Element, walker: Walker) -> dict[str, Any]:
    """What both sections of the header say, by element; what does not belong is reported."""
    found: dict[str, Any] = {}
    for section in element:
        name = short(section.tag)
        if name not in SECTIONS:
            walker.report(Fault("unknown", "Header", name, "", line_of(section), element))
            continue
        held = walker.fields(section, name)
        if found.keys() & held.keys():
            walker.report(Fault("twice", "Header", name, "", line_of(section), element))
        found |= held
    return found


@carries("L5")
def collection(v: Values, s: Scene) -> Broken:
    return None if v.get("Collection") == "SEN2" else Break(v.get("Collection"))


@carries("L6")
def year(v: Values, s: Scene) -> Broken:
    text, on = v.get("Year"), v.get("ReferenceDate")
    return None if text == str(s.year) and (on is None or on.year == s.year) else Break(text)


@carries("L7")
def census_day(v: Values, s: Scene) -> Broken:
    return None if v.get("ReferenceDate") == s.census else Break(v.get("ReferenceDate"))


@carries("L8")
def level(v: Values, s: Scene) -> Broken:
    return None if v.get("SourceLevel") == "L" else Break(v.get("SourceLevel"))


@carries("L9")
def sender(v: Values, s: Scene) -> Broken:
    return None if v.get("LEA") in s.authorities else Break(v.get("LEA"))


@carries("L10")
def serial(v: Values, s: Scene) -> Broken:
    text = v.get("SerialNo") or ""
    return None if len(text) == 3 and text.isascii() and text.isdigit() else Break(text or None)


@carries("L11")
def made_when(v: Values, s: Scene) -> Broken:
    return None if layouts.moment(v.get("DateTime")) else Break(v.get("DateTime"))


@carries("L12")
def medical_officer(v: Values, s: Scene) -> Broken:
    return None if "DMO" in v else MISSING


@carries("L13")
def clinical_officer(v: Values, s: Scene) -> Broken:
    return None if "DCO" in v else MISSING


@carries("L14")
def social_care_officer(v: Values, s: Scene) -> Broken:
    return MISSING if s.year >= 2026 and "DSCO" not in v else None
