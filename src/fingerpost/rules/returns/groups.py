# SPDX-License-Identifier: Apache-2.0
"""People of a return, as one piece of the file completes them: parsed already, or still as they are written."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from lxml import etree

from fingerpost.rules.returns import places
from fingerpost.rules.returns.elements import filled, line_of

PERSON_ENDS = "</Person>"
FRAME = ("Message", "Header", "Persons", "Person")  # none of which has a place in a person
SAFELY: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "dtd_validation": False,
    "remove_comments": True, "remove_pis": True, "remove_blank_text": True, "collect_ids": False,
}  # fmt: skip


class NotWhole(Exception):
    """What was cut out as a person is none."""


class Group(Protocol):
    """Some people who follow one another, to be used before the next group is asked for. They count from 0."""

    refused: bool  # set by who finds out that this piece is not whole persons and nothing else

    @property
    def texts(self) -> Sequence[str]:
        """Each person as XML, without the closing tag, and perhaps without the blanks between elements."""

    @property
    def lines(self) -> Sequence[int]:
        """The line of the file that each person begins on."""

    def parsed(self) -> "Parsed":
        """All of them, parsed; raises `NotWhole`."""

    def alone(self, nth: int) -> tuple[etree._Element, int]:
        """The nth person, parsed, and what to add to lines there to have lines of the file; raises `NotWhole`."""

    def line(self, nth: int, where: places.Where, item: str) -> int:
        """The line of an item in a record of the nth person; that of the record where the item is not given."""


class Parsed:
    """People (or the header) whom a parser has seen; `added` is how many lines stand in the file before what it saw."""

    def __init__(self, elements: Sequence[etree._Element], added: int = 0) -> None:
        self.elements = elements
        self.added = added
        self.refused = False

    @property
    def texts(self) -> Sequence[str]:
        """As the parser would write them."""
        return [_as_text(element).removesuffix(PERSON_ENDS) for element in self.elements]

    @property
    def lines(self) -> Sequence[int]:
        """The parser has counted them."""
        return [line_of(element) + self.added for element in self.elements]

    def parsed(self) -> "Parsed":
        """They are."""
        return self

    def alone(self, nth: int) -> tuple[etree._Element, int]:
        """One of those at hand."""
        return self.elements[nth], self.added

    def line(self, nth: int, where: places.Where, item: str) -> int:
        """From the element."""
        return places.line_in(self.elements[nth], where, item) + self.added


class Written:
    """People as they stand in the file, cut apart at the closing tags, before a parser has seen them."""

    def __init__(self, text: str, before: int, parser: etree.XMLParser) -> None:
        """The text ends with a person; so many lines stand in the file before it."""
        self.text = text
        *self.texts, _ = text.split(PERSON_ENDS)
        self.before = before
        self.parser = parser
        self.found: dict[int, tuple[etree._Element, int]] = {}
        self.refused = False

    @cached_property
    def lines(self) -> Sequence[int]:
        """By counting line ends."""
        found, before = [], self.before + 1
        for text in self.texts:
            found.append(before + _blank_lines(text))
            before += text.count("\n")
        return found

    def parsed(self) -> Parsed:
        """All together, which is faster than one by one."""
        return Parsed(self._parse(self.text, len(self.texts)), self.before)

    def alone(self, nth: int) -> tuple[etree._Element, int]:
        """Parsed for itself, which is faster where few are asked for."""
        if nth not in self.found:
            text = self.texts[nth]
            (person,) = self._parse(text + PERSON_ENDS, 1)
            self.found[nth] = person, self.lines[nth] - 1 - _blank_lines(text)
        return self.found[nth]

    def _parse(self, text: str, many: int) -> list[etree._Element]:
        try:
            persons = etree.fromstring(f"<Persons>{text}</Persons>", self.parser)
        except etree.XMLSyntaxError:
            raise NotWhole from None
        framed = sum(1 for _ in persons.iter(*FRAME))
        people = persons.findall("Person")
        between = (persons.text, *(person.tail for person in people))
        if not len(people) == len(persons) == many == framed - 1 or any(map(filled, between)):
            raise NotWhole
        return people

    def line(self, nth: int, where: places.Where, item: str) -> int:
        """From the element of a person who had to be parsed, else from the text."""
        if nth in self.found:
            person, added = self.found[nth]
            return places.line_in(person, where, item) + added
        text = self.texts[nth]
        begin = places.begin_in(text, where, item)
        return self.lines[nth] + text.count("\n", text.find("<"), begin)


def _blank_lines(text: str) -> int:
    """The lines before a person's own first one, since the text begins where the person before ended."""
    return text.count("\n", 0, text.find("<"))


def _as_text(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)
