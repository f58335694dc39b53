# SPDX-License-Identifier: Apache-2.0
"""Where in a person a record and its items stand: asked only when something is found there."""

from itertools import islice
from typing import NamedTuple

from lxml import etree

from fingerpost.rules.returns.elements import line_of

PATHS: dict[str, tuple[str, ...]] = {
    "Requests": (),
    "Assessment": ("Assessment",),
    "NamedPlan": ("Assessment", "NamedPlan"),
    "PlanDetail": ("Assessment", "NamedPlan", "PlanDetail"),
    "ActivePlans": ("ActivePlans",),
    "PlacementDetail": ("ActivePlans", "PlacementDetail"),
    "SENneed": ("ActivePlans", "SENneed"),
}


class Where(NamedTuple):
    """A record: of its kind the nth in that request of a person, from 0; no request for the person's own items."""

    request: int | None
    record: str
    nth: int = 0


# -- in elements ----------------------------------------------------------------------------------------------------


def holder(person: etree._Element, where: Where) -> etree._Element:
    """The element of a record."""
    if where.request is None:
        return person
    found = _nth(person, "Requests", where.request)
    path = PATHS[where.record]
    for step in path[:-1]:
        found = _nth(found, step, 0)
    return _nth(found, path[-1], where.nth) if path else found


def _nth(element: etree._Element, tag: str, nth: int) -> etree._Element:
    children = element.iterchildren(tag)
    return next(children) if nth == 0 else next(islice(children, nth, None))


def line_in(person: etree._Element, where: Where, item: str) -> int:
    """The line of an item in this record, the first if there are several; that of the record if it is not given."""
    record = holder(person, where)
    return line_of(next(record.iter(item), record))


def request_of(element: etree._Element | None) -> int | None:
    """In which request (from 0) of its person an element lies; None for the person's own items."""
    while element is not None and element.tag != "Requests":
        element = element.getparent()
    return None if element is None else sum(1 for _ in element.itersiblings("Requests", preceding=True))


# -- in the text of a person written plainly ------------------------------------------------------------------------


def begin_in(text: str, where: Where, item: str) -> int:
    """Where an item in this record begins, the first if there are several; or the record, if the item is not given."""
    begin, end = text.find("<Person>"), len(text)
    if where.request is not None:
        begin = _nth_in(text, "Requests", where.request, begin)
        for step in PATHS[where.record]:
            begin = _nth_in(text, step, where.nth if step == where.record else 0, begin)
        end = text.find(f"</{where.record}>", begin)
    at = text.find(f"<{item}>", begin, end)
    return begin if at < 0 else at


def _nth_in(text: str, tag: str, nth: int, begin: int) -> int:
    opening = f"<{tag}>"
    at = text.find(opening, begin)
    for _ in range(nth):
        at = text.find(opening, at + len(opening))
    return at
