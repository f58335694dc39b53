# SPDX-License-Identifier: Apache-2.0
"""Writes a SEN2 return in its own year's shape from the same records the reader gives.

An item the year does not have is refused, not dropped; an item without a value is left out, not written empty.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol
from xml.sax.saxutils import escape

from fingerpost.rules.returns import layout as layouts
from fingerpost.rules.returns.layout import Item, Layout
from fingerpost.rules.returns.records import Header, PersonRecord

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
RETURNS = {"\r": "&#13;"}  # a bare one would be read as the end of a line
GENDERS = {meaning: code for code, meaning in layouts.GENDERS.items() if code is not None}


class Unwritable(ValueError):
    """A value that has no place in that year's return."""


class Out(Protocol):
    """Where the bytes go."""

    def write(self, part: bytes, /) -> int: ...


def write(
    out: Out, header: Header, persons: Iterable[PersonRecord], *, setting_spelling: str = "SENSetting"
) -> int:
    """Write the whole return, one person at a time, and say how many there were."""
    if setting_spelling.casefold() != "sensetting":
        raise Unwritable(f"{setting_spelling!r} is not a spelling of SENSetting")
    writing = _Writing(layouts.of(header.year), setting_spelling)
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n')
    out.write(writing.header(header).encode())
    out.write(b" <Persons>\n")
    written = 0
    for person in persons:
        out.write(writing.person(person).encode())
        written += 1
    out.write(b" </Persons>\n</Message>\n")
    return written


class _Writing:
    """The shape of one year, ready to write with."""

    def __init__(self, layout: Layout, setting_spelling: str) -> None:
        self.layout = layout
        self.spelling = setting_spelling
        self.fields = {
            record: frozenset(item.field for item in items.values())
            for record, items in layout.records.items()
        }

    def header(self, header: Header) -> str:
        values: dict[str, Any] = {
            "Collection": header.collection, "Year": str(header.year), "ReferenceDate": header.census_on,
            "SourceLevel": "L", "LEA": header.la, "SoftwareCode": header.software, "Release": header.release,
            "SerialNo": header.serial, "DateTime": header.made_at and header.made_at.isoformat(timespec="seconds"),
            "DMO": header.dmo, "DCO": header.dco, "DSCO": header.dsco,
        }  # fmt: skip
        parts = [" <Header>\n"]
        for section in ("CollectionDetails", "Source"):
            names = self.layout.elements(section)
            inner = "".join(
                f"   <{n}>{escape(_text(values[n]))}</{n}>\n" for n in names if values[n] is not None
            )
            parts.append(f"  <{section}>\n{inner}  </{section}>\n")
        return "".join((*parts, " </Header>\n"))

    def person(self, person: PersonRecord) -> str:
        lines: list[str] = []
        self._record(lines, "Person", person, "  ")
        return "\n".join(lines) + "\n"

    def _record(self, lines: list[str], name: str, record: Any, indent: str) -> None:
        self._refuse_strays(name, record)
        lines.append(f"{indent}<{name}>")
        for item in self.layout.records[name].values():
            value = getattr(record, item.field)
            if value is None or value in ("", ()):
                continue
            if item.kind == "record":
                for child in value if isinstance(value, tuple) else (value,):
                    self._record(lines, item.element, child, indent + " ")
            else:
                lines.append(self._value(item, value, indent))
        lines.append(f"{indent}</{name}>")

    def _value(self, item: Item, value: Any, indent: str) -> str:
        tag = self.spelling if item.element == "SENSetting" else item.element
        text = GENDERS[value] if item.kind == "gender" else _text(value)
        if NOT_XML.search(text):
            raise Unwritable(f"{item.element} holds a character that no XML file can carry")
        return f"{indent} <{tag}>{escape(text, RETURNS)}</{tag}>"

    def _refuse_strays(self, name: str, record: Any) -> None:
        held = self.fields[name]
        for field in record.__slots__:
            if (
                field not in held
                and field not in ("line", "ordinal")
                and getattr(record, field) not in (None, ())
            ):
                raise Unwritable(f"{field} of {name} has no place in the {self.layout.year} return")


WRITTEN: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "1" if value else "0",
    int: str,
    date: date.isoformat,
}


def _text(value: object) -> str:
    to_text = WRITTEN.get(type(value))
    return to_text(value) if to_text else str(value)
