# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a return said of one child as JSON, and back again: the same record, whatever it held."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

BELOW: dict[str, type] = {
    "requests": RequestRecord,
    "assessment": AssessmentRecord,
    "plan": NamedPlanRecord,
    "settings": SettingRecord,
    "active": ActivePlanRecord,
    "placements": SettingRecord,
    "needs": NeedRecord,
}
DAYS = frozenset(
    field.name
    for kind in (PersonRecord, *BELOW.values())
    for field in fields(kind)
    if field.name.endswith("_on")
)


def as_json(record: PersonRecord) -> dict[str, Any]:
    """The whole record without what is empty, so that nothing a return said is ever lost."""
    said = _filled(record)
    assert isinstance(said, dict)  # noqa: S101
    del said["ordinal"]
    return said


def _filled(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_filled(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    slots = getattr(type(value), "__slots__", None)
    if slots is None:
        return value
    held = ((name, getattr(value, name)) for name in slots)
    return {name: _filled(one) for name, one in held if one not in (None, "", ())}


def record_of(said: Mapping[str, Any], ordinal: int = 0) -> PersonRecord:
    """The record again; its lines are those of the file it came from."""
    return PersonRecord(ordinal=ordinal, **_values(said))


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in said.items()}


def _value(name: str, value: Any) -> Any:
    below = BELOW.get(name)
    if below is None:
        return date.fromisoformat(value) if name in DAYS else value
    if isinstance(value, list):
        return tuple(below(**_values(one)) for one in value)
    return below(**_values(value))
