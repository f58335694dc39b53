# SPDX-License-Identifier: Apache-2.0
"""Turns the plain data of a request into a brief, and says what is wrong with it without repeating it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from fingerpost.rules.plan_quality import stage
from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.parts import dates, dispatch
from fingerpost.rules.plan_quality.parts.brief import Brief, Clock, Dismissal, Marks, Other, Person, Report
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading.refusals import Refused

T = TypeVar("T")

_LISTS = ("known_as", "family", "staff", "settings")
# Other names under which offices keep the same fields.
_ALIASES = {
    "forename": "first_name",
    "given_name": "first_name",
    "first": "first_name",
    "surname": "last_name",
    "family_name": "last_name",
    "last": "last_name",
    "dob": "born_on",
    "date_of_birth": "born_on",
    "birth_date": "born_on",
    "born": "born_on",
    "birth_on": "born_on",
    "nhs": "nhs_number",
    "nhs_no": "nhs_number",
    "year": "year_group",
    "ncy": "year_group",
    "case": "case_number",
    "case_id": "case_number",
    "la": "local_authority",
    "authority": "local_authority",
    "school": "settings",
    "setting": "settings",
    "schools": "settings",
    "nicknames": "known_as",
    "nickname": "known_as",
    "aliases": "known_as",
    "siblings": "family",
    "parents": "family",
    "carers": "family",
    "family_names": "family",
    "staff_names": "staff",
    "pronoun": "pronouns",
}


def of(data: Mapping[str, Any]) -> Brief:
    """The brief that the data describe; what is not there was not given."""
    return Brief(
        date.fromisoformat(data["today"]),
        data.get("stage"),
        _given(data, "child", person),
        _given(data, "others", lambda rows: _others(orjson.dumps(rows))),
        _given(data, "advice", lambda files: tuple(map(report, files))),
        {mark: Dismissal(**one) for mark, one in data.get("dismissed", {}).items()},
        _given(data, "before", Document.of),
        _given(data, "review", report),
        _given(data, "letter", str),
        _given(data, "clocks", lambda listed: tuple(Clock(**one) for one in listed)),
        _given(data, "dispatch", dispatch.of),
        _given(data, "shared", frozenset),
        _given(data, "marks", _marks),
    )


def _given(data: Mapping[str, Any], name: str, shape: Callable[[Any], T]) -> T | None:
    return None if data.get(name) is None else shape(data[name])


def _marks(data: Mapping[str, Any]) -> Marks:
    return Marks(str(data["by"]), str(data["on"]), dict(data["marks"]), data.get("voice_ladder"))


def report(data: Mapping[str, Any]) -> Report:
    """One piece of advice."""
    return Report(data["name"], data["text"], tuple(data.get("lines", ())))


def person(data: Mapping[str, Any]) -> Person:
    """The child's record; fields we have no use for are left aside (`unused` names them)."""
    record: dict[str, Any] = {}
    for name, value in _renamed(data):
        if name in _LISTS:
            record[name] = (*record.get(name, ()), *_listed(value))
        elif value is not None:
            record[name] = value if isinstance(value, bool) else str(value).strip()
    if record.get("born_on"):
        record["born_on"] = _day(record["born_on"])
    if "year_group" in record:
        digits = "".join(letter for letter in record["year_group"] if letter.isdigit())
        record["year_group"] = int(digits) if digits else None
    return Person(**record)


def unused(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that no check reads."""
    known = {field.name for field in fields(Person)} | {"name"}
    return tuple(
        str(name)[:40] for name in data if _ALIASES.get(str(name).lower(), str(name).lower()) not in known
    )


def _renamed(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {field.name for field in fields(Person)}
    for given, value in data.items():
        name = _ALIASES.get(str(given).lower(), str(given).lower())
        if name == "name" and value:
            first, _, last = str(value).strip().partition(" ")
            yield from (("first_name", first), ("last_name", last))
        elif name in known:
            yield name, value


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(one) for one in value.values() if one)
    return tuple(str(one) for one in ([value] if isinstance(value, str) else value or ()))


def _day(words: str) -> date:
    found = dates.find(words)
    if not found or not found[0].whole:
        raise Refused("The child's born_on is not a date. Write it as YYYY-MM-DD.")
    return found[0].on


@lru_cache(maxsize=2)
def _others(data: bytes) -> tuple[Other, ...]:
    return tuple(Other(*(str(part) for part in row)) for row in orjson.loads(data))


def staged(study: Study) -> Study:
    """The same study, with the stage that the document itself tells when none was given."""
    if study.brief.stage is None:
        study.brief = replace(study.brief, stage=stage.of(study.document))
    return study
