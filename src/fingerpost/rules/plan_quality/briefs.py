# SPDX-License-Identifier: Apache-2.0
"""Turns the plain data of a request into a brief, and says what is wrong with it without repeating it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from fingerpost.rules.plan_quality import stage
from fingerpost.rules.plan_quality.parts.model import Brief, Other, Person, Report
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading.refusals import Refused

_LISTS = ("known_as", "family", "staff", "settings")


def of(data: Mapping[str, Any]) -> Brief:
    """The brief that the data describe."""
    others = data.get("others")
    advice = data.get("advice")
    return Brief(
        date.fromisoformat(data["today"]),
        data.get("stage"),
        person(data["child"]) if data.get("child") is not None else None,
        None if others is None else _others(orjson.dumps(others)),
        None
        if advice is None
        else tuple(Report(one["name"], one["text"], tuple(one.get("lines", ()))) for one in advice),
        dict(data.get("dismissed", {})),
    )


def person(data: Mapping[str, Any]) -> Person:
    """The child's record; an unknown field is named, its content never."""
    known = {field.name for field in fields(Person)}
    if unknown := sorted(str(name)[:40] for name in data if name not in known):
        raise Refused(
            f"The child's record has fields we do not know: {', '.join(unknown)}. Use: {', '.join(sorted(known))}."
        )
    record: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in data.items()}
    if record.get("born_on"):
        try:
            record["born_on"] = date.fromisoformat(str(record["born_on"]))
        except ValueError as problem:
            raise Refused("The child's born_on is not a date. Write it as YYYY-MM-DD.") from problem
    return Person(**record)


@lru_cache(maxsize=2)
def _others(data: bytes) -> tuple[Other, ...]:
    return tuple(Other(*(str(part) for part in row)) for row in orjson.loads(data))


def staged(study: Study) -> Study:
    """The same study, with the stage that the document itself tells when none was given."""
    if study.brief.stage is None:
        study.brief = replace(study.brief, stage=stage.of(study.document))
    return study
