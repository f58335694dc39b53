# SPDX-License-Identifier: Apache-2.0
"""Where in a person's element a record stands: asked only when something is found there."""

from itertools import islice

from lxml import etree

from fingerpost.rules.returns.stream import line_of

PATHS = {
    "Requests": (),
    "Assessment": ("Assessment",),
    "NamedPlan": ("Assessment", "NamedPlan"),
    "PlanDetail": ("Assessment", "NamedPlan", "PlanDetail"),
    "ActivePlans": ("ActivePlans",),
    "PlacementDetail": ("ActivePlans", "PlacementDetail"),
    "SENneed": ("ActivePlans", "SENneed"),
}


def holder(person: etree._Element, request: int, record: str, nth: int) -> etree._Element:
    """The element of a record: of its kind the nth (from 0) in that request (from 0) of a person."""
    found = _nth(person, "Requests", request)
    path = PATHS[record]
    for step in path[:-1]:
        found = _nth(found, step, 0)
    return _nth(found, path[-1], nth) if path else found


def _nth(element: etree._Element, tag: str, nth: int) -> etree._Element:
    children = element.iterchildren(tag)
    return next(children) if nth == 0 else next(islice(children, nth, None))


def line_in(record: etree._Element, item: str) -> int:
    """The line of an item of this record; that of the record where the item is not given."""
    return line_of(next(record.iterchildren(item), record))


def request_of(element: etree._Element | None) -> int | None:
    """In which request (from 0) of its person an element lies; None for the person's own items."""
    while element is not None and element.tag != "Requests":
        element = element.getparent()
    return None if element is None else sum(1 for _ in element.itersiblings("Requests", preceding=True))
