# SPDX-License-Identifier: Apache-2.0
"""The orders the reading process knows: check a plan, compare two, put comments into a Word copy, read only."""

import codecs
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from fingerpost.rules.plan_quality import briefs, check, compare
from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading import door
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.reports import html, word_copy

Answer = list[Any]
# Encodings of text files, of names inside a Word file, and of notes in a PDF; Python loads each from a file of its own.
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp437", "latin-1", "ascii")


def warm() -> None:
    """Load every data file and pattern now; later no file can be opened."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    words.phrases()
    for name in ("topics", "glossary", "names", "criteria", "lists", "special"):
        words.data(name)
    study = Study(
        door.read(b"# Section A\nI like maths.\n\n# Section F\nA TA reads.", name="x.md"),
        briefs.of({"today": "2025-01-01"}),
    )
    report = check.report(study)
    html.page(study, report, title="x")
    word_copy.made(study.document, report, None)


def carry_out(order: Mapping[str, Any], contents: Sequence[bytes]) -> Answer:
    """Do one order; the first part of the answer is data, the rest bytes."""
    deeds: dict[str, Callable[[Mapping[str, Any], Sequence[bytes]], Answer]] = {
        "read": _read,
        "check": _check,
        "compare": _compare,
        "advice": _advice,
    }
    return deeds[order["do"]](order, contents)


def _read(order: Mapping[str, Any], contents: Sequence[bytes]) -> Answer:
    return [door.read(contents[0], name=order.get("name", "")).as_data()]


def _advice(order: Mapping[str, Any], contents: Sequence[bytes]) -> Answer:
    document = door.read(contents[0], name=order.get("name", ""))
    lines = [document.words(block) for block in document.blocks if block.in_body]
    return [{"name": order.get("name", ""), "text": document.text, "lines": lines}]


def _check(order: Mapping[str, Any], contents: Sequence[bytes]) -> Answer:
    document = door.read(contents[0], name=order.get("name", ""))
    study = Study(document, briefs.of(order["brief"]))
    _must_be_a_plan(study)
    report = check.report(briefs.staged(study))
    attached: list[bytes] = []
    if order.get("html"):
        attached.append(html.page(study, report, title=order.get("title", "Plan")).encode())
    if order.get("word"):
        attached.append(word_copy.made(document, report, contents[0]))
    said = orjson.dumps(report.as_data(), option=orjson.OPT_NON_STR_KEYS)
    return [
        {"blocked": any(one.level == "BLOCK" and one.passed is None for one in report.findings)},
        said,
        *attached,
    ]


def _must_be_a_plan(study: Study) -> None:
    """A text with no section at all has passed no check: silence about it would read as praise."""
    if not any(len(letter) == 1 and "A" <= letter <= "K" for letter in study.opened):
        raise Refused("no section A to K of an EHC plan was found in it; is it the right file?")


def _compare(order: Mapping[str, Any], contents: Sequence[bytes]) -> Answer:
    old, new = (_study(order, content, name) for content, name in zip(contents, order["names"], strict=True))
    return [compare.compare(old, new).as_data()]


def _study(order: Mapping[str, Any], content: bytes, name: str) -> Study:
    document: Document = door.read(content, name=name)
    return Study(document, briefs.of(order["brief"]))
