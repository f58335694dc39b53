# SPDX-License-Identifier: Apache-2.0
"""Puts the two ends of a comment around quoted words in a Word paragraph, cutting runs where the words
begin and end."""

from copy import deepcopy

from lxml import etree

from fingerpost.rules.plan_quality.document import tidy
from fingerpost.rules.plan_quality.reading.word_parts import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def text_of(paragraph: etree._Element) -> str:
    """The paragraph's own words, text boxes left out."""
    return "".join(node.text or "" if node.tag == f"{W}t" else " " for node in _pieces(paragraph))


def put(paragraph: etree._Element, quote: str, number: int) -> None:
    """Anchor comment `number` at the quote, or at the whole paragraph when the quote runs on."""
    runs = _run_texts(paragraph)
    raw = "".join(text for _, text in runs)
    at = raw.find(quote.split("\n", maxsplit=1)[0]) if quote else -1
    length = len(quote.split("\n", maxsplit=1)[0])
    start, end = _element("commentRangeStart", number), _element("commentRangeEnd", number)
    if at < 0 or not runs or tidy(raw) == quote:
        _around(paragraph, start, end)
    else:
        first = _cut(paragraph, at)
        last = _cut(paragraph, at + length)
        _before(paragraph, first, start)
        _before(paragraph, last, end)
    reference = etree.Element(f"{W}r")
    reference.append(_element("commentReference", number))
    end.addnext(reference)


def _element(name: str, number: int) -> etree._Element:
    return etree.Element(f"{W}{name}", {f"{W}id": str(number)})


def _around(paragraph: etree._Element, start: etree._Element, end: etree._Element) -> None:
    paragraph.insert(1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0, start)
    paragraph.append(end)


def _before(paragraph: etree._Element, run: etree._Element | None, mark: etree._Element) -> None:
    if run is None:
        paragraph.append(mark)
    else:
        run.addprevious(mark)


def _run_texts(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """Runs that hold nothing but words; others count as one space so that they are never cut."""
    return [
        (run, "".join(node.text or "" if node.tag == f"{W}t" else " " for node in _pieces(run)))
        for run in _runs(paragraph)
    ]


def _runs(paragraph: etree._Element) -> list[etree._Element]:
    return [
        run
        for run in paragraph.iter(f"{W}r")
        if next(run.iterancestors(f"{W}p")) is paragraph
        and not any(True for _ in run.iterancestors(f"{W}del"))
    ]


def _pieces(element: etree._Element) -> list[etree._Element]:
    owner = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"))
    return [
        node
        for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr")
        if next(node.iterancestors(f"{W}p"), None) is owner
        and (parent := node.getparent()) is not None
        and parent.tag == f"{W}r"
    ]


def _cut(paragraph: etree._Element, at: int) -> etree._Element | None:
    """The run that begins at a place in the paragraph's words, cutting one in two if need be; None at the end."""
    passed = 0
    for run, text in _run_texts(paragraph):
        if at <= passed:
            return run
        if at < passed + len(text):
            return _split(run, at - passed)
        passed += len(text)
    return None


def _split(run: etree._Element, at: int) -> etree._Element:
    words = run.findall(f"{W}t")
    if len(words) != 1 or len([node for node in run if node.tag != f"{W}rPr"]) != 1:
        return run
    later = deepcopy(run)
    text = words[0].text or ""
    words[0].text, words_later = text[:at], later.find(f"{W}t")
    words[0].set(_SPACE, "preserve")
    if words_later is not None:
        words_later.text = text[at:]
        words_later.set(_SPACE, "preserve")
    run.addnext(later)
    return later
