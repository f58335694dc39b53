# SPDX-License-Identifier: Apache-2.0
"""Reads law files (TOML) into duties. A gap or an unknown name is refused, saying where and what to do."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fingerpost.rules.calendars import operators
from fingerpost.rules.duties import conditions, vocabulary
from fingerpost.rules.duties.conditions import Condition
from fingerpost.rules.duties.duty import Duty, OneOutcome, Rule

_IN_FORCE = date(2014, 9, 1)
_NEEDED = ("id", "title", "family_title", "kind", "who", "source", "standard")
_PLAIN = {field.name for field in fields(Duty)} - {"rules", "more", "group", "relief_citation"}
_SPENT = {"source", "limit", "in_force", "relief_source", "later"}


class BadLawFile(ValueError):
    """A law file cannot be used; says which duty, what is wrong and what to do."""


def read(texts: Iterable[str]) -> tuple[Duty, ...]:
    """All duties of the files, with every amending instrument applied."""
    duties: dict[str, Duty] = {}
    for text in texts:
        page = tomllib.loads(text)
        for row in page.get("duty", []):
            duty = _duty(row, page.get("group", ""), ends_call=page.get("ends_call", True))
            if duty.id in duties:
                raise BadLawFile(f"duty '{duty.id}' stands in two places: keep one")
            duties[duty.id] = duty
        for row in page.get("amend", []):
            duties[row["duty"]] = _amended(duties, row)
    return tuple(replace(duty, place=place) for place, duty in enumerate(duties.values()))


def _duty(row: Mapping[str, Any], group: str, *, ends_call: bool) -> Duty:
    missing = [name for name in _NEEDED if name not in row]
    if missing:
        raise BadLawFile(f"duty '{row.get('id', '?')}' lacks {', '.join(missing)}: add it to the law file")
    plain: dict[str, Any] = {name: _frozen(row[name]) for name in row if name in _PLAIN}
    plain = {"starts": (), "ends": (), "strength": "law", "certainty": "settled", **plain}
    plain["falls_away"] = tuple(_condition(name, row["id"]) for name in row.get("falls_away", ()))
    plain["one_outcome"] = _one_outcome(row)
    more = {name: value for name, value in row.items() if name not in _PLAIN | _SPENT}
    more |= _chains(row)
    plain["results"] = tuple(plain.get("result", "").split())
    duty = Duty(
        **plain, group=group, rules=(_rule(row),), relief_citation=row.get("relief_source", ""), more=more
    )
    _check(duty)
    if not ends_call and duty.called_by is None:  # ends that many duties share call none of them
        return replace(duty, called_by=(*duty.starts, *duty.signs))
    return duty


def _one_outcome(row: Mapping[str, Any]) -> OneOutcome | None:
    held = row.get("one_outcome")
    if held is None:
        return None
    if missing := {"binds", "of"} - held.keys():
        raise BadLawFile(f"duty '{row['id']}': one_outcome lacks {', '.join(sorted(missing))}: add it")
    known = tuple(_condition(name, row["id"]) for name in held.get("known", ()))
    return OneOutcome(held["binds"], held["of"], known)


def _condition(name: str, duty: str) -> Condition:
    if name not in conditions.table():
        raise BadLawFile(f"duty '{duty}': '{name}' is not in conditions.toml: add it there")
    return conditions.table()[name]


@cache
def _steps() -> dict[str, list[dict[str, Any]]]:
    """The chains of limits that law files name."""
    return tomllib.loads(files(__package__).joinpath("steps.toml").read_text("utf-8"))


def _chains(row: Mapping[str, Any]) -> dict[str, Any]:
    """The chain a duty names, or all of them where a fact chooses; each step with its rule."""
    if "steps" not in row:
        return {}
    names = [row["steps"]] if row["steps"] in _steps() else list(_steps())
    return {
        "chains": {
            name: [{**step, "rule": _rule({**row, **step})} for step in _steps()[name]] for name in names
        }
    }


def _frozen(value: object) -> object:
    if isinstance(value, dict):
        return {key: tuple(str(word) for word in words) for key, words in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _rule(row: Mapping[str, Any]) -> Rule:
    starts: date = row.get("in_force", _IN_FORCE)
    operator = operators.parse(row["limit"]) if "limit" in row else None
    return Rule(operator, row["source"], starts.toordinal(), None)


def _check(duty: Duty) -> None:
    rows = vocabulary.table()
    for name in (*duty.starts, *duty.ends, *duty.signs, *(duty.called_by or ()), *duty.gate):
        if name not in rows or rows[name].alias_of:
            raise BadLawFile(f"duty '{duty.id}': '{name}' is not a main name of vocabulary.csv")
    for kind, values in (
        ("strength", [duty.strength]),
        ("standard", [duty.standard]),
        ("certainty", [duty.certainty]),
    ):
        if values[0] not in rows[kind].values:
            raise BadLawFile(
                f"duty '{duty.id}': {kind} '{values[0]}' is none of {', '.join(rows[kind].values)}"
            )


def _amended(duties: Mapping[str, Duty], row: Mapping[str, Any]) -> Duty:
    """The same duty with a further text in force from a date; a clock started before it keeps the older one."""
    if row["duty"] not in duties:
        raise BadLawFile(f"an instrument amends '{row['duty']}', which no earlier file holds")
    duty, new = duties[row["duty"]], _rule(row)
    *older, last = duty.rules
    if new.valid_from <= last.valid_from:
        raise BadLawFile(
            f"duty '{duty.id}': the amending text must come into force after the one it replaces"
        )
    return replace(duty, rules=(*older, replace(last, valid_to=new.valid_from), new))


def instruments(texts: Iterable[str]) -> Iterator[str]:
    """The names of amending instruments, for the law pages."""
    for text in texts:
        for row in tomllib.loads(text).get("amend", []):
            yield f"{row['source']} ({row['duty']} from {row['in_force']})"
