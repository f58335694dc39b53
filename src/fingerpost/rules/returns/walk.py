# SPDX-License-Identifier: Apache-2.0
"""Follows a parser through a SEN2 return: a Message of one Header, then one Persons of Person, and nothing else."""

from collections.abc import Iterator

from lxml import etree

from fingerpost.rules.returns.elements import filled, line_of, named
from fingerpost.rules.returns.unreadable import AGAIN, DOCTYPE, Unreadable, short


def check_root(root: etree._Element) -> None:
    """Refuse what is no `Message`, as soon as it begins."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(DOCTYPE)
    if named(root) != "Message":
        raise Unreadable(f"the document is a <{short(named(root))}>, not the <Message> of a SEN2 return.")
    if root.tag != "Message":
        space = short(root.nsmap[root.prefix])
        raise Unreadable(f"<Message> stands in a namespace ({space}); a SEN2 return has none.")


class Walk:
    """Where we are in the document; refuses anything that is not Header, then Persons of Person."""

    def __init__(self) -> None:
        self.root: etree._Element | None = None
        self.header: etree._Element | None = None
        self.persons: etree._Element | None = None
        self.line = 0

    def through(self, events: Iterator[tuple[str, etree._Element]]) -> list[etree._Element]:
        """What these events complete; people are taken out of the tree, so that it never grows."""
        group = []
        for event, element in events:
            if self.take(event, element):
                group.append(element)
                self._take_out(element)
        return group

    def _take_out(self, element: etree._Element) -> None:
        if self.persons is None:
            return
        if filled(element.tail):
            raise Unreadable(_text("after this <Person>", line_of(element)))
        self.persons.remove(element)

    def take(self, event: str, element: etree._Element) -> bool:
        """True for a whole Header or Person."""
        name = element.tag
        if event == "start":
            self._open(str(name), element)
            return False
        self.line = line_of(element)
        if name == "Person":
            return self._person(element)
        return name == "Header"

    def _open(self, name: str, element: etree._Element) -> None:
        parent = element.getparent()
        if name == "Person" and parent is not None and parent is self.persons:
            return
        if name == "Message" and parent is None:
            self.root = element
        elif name == "Header" and parent is self.root and self.header is None and self.persons is None:
            self.header = element
        elif name == "Persons" and parent is self.root and self.persons is None:
            self._open_persons(element)
        else:
            raise Unreadable(f"line {line_of(element)}: {_misplaced(name, self)} {AGAIN}")

    def _open_persons(self, element: etree._Element) -> None:
        if self.header is None:
            raise Unreadable(f"line {line_of(element)}: <Persons> comes before any <Header>. {AGAIN}")
        self.persons = element

    def _person(self, element: etree._Element) -> bool:
        stray = element.getprevious()
        if stray is not None:
            raise Unreadable(_stray(stray, "Persons"))
        if self.persons is not None and filled(self.persons.text):
            raise Unreadable(_text("before this <Person>", self.line))
        return True

    def finish(self) -> None:
        """After the last byte: nothing missing, nothing left over."""
        if self.root is None or self.header is None:
            raise Unreadable(f"the document has no <Header>. {AGAIN}")
        if self.persons is None:
            raise Unreadable(f"the document has no <Persons>. {AGAIN}")
        for child in (*self.root, *self.persons):
            if child is not self.header and child is not self.persons:
                raise Unreadable(_stray(child, "Message"))
        if any(map(filled, (self.root.text, self.header.tail, self.persons.text, self.persons.tail))):
            raise Unreadable(_text("beside <Header> or <Persons>", line_of(self.persons)))


def _stray(element: etree._Element, parent: str) -> str:
    name = short(named(element))
    return f"line {line_of(element)}: <{name}> does not belong in <{parent}>. {AGAIN}"


def _text(where: str, line: int) -> str:
    return f"line {line}: text that belongs to no item stands {where}. {AGAIN}"


def _misplaced(name: str, walk: Walk) -> str:
    if name == "Header" and walk.header is not None:
        return "a second <Header>; a return has one, before <Persons>."
    return f"<{name}> stands in the wrong place."
