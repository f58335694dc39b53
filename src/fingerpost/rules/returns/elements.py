# SPDX-License-Identifier: Apache-2.0
"""What an element of a return says of itself: where it begins, what it is called, whether its text says anything."""

from lxml import etree


def line_of(element: etree._Element) -> int:
    """The line an element starts on."""
    return element.sourceline or 0  # type: ignore[return-value] # lxml has None for what it made itself


def named(element: etree._Element) -> str:
    """The element's name without its namespace. A prefix that is declared nowhere stays, which a `QName` refuses."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "?"


def filled(text: str | None) -> bool:
    """Does anything stand here but blanks?"""
    return bool(text and text.strip())
