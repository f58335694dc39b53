# SPDX-License-Identifier: Apache-2.0
"""The facts of a case: names and aliases, types and listed values, and the shorthands of a claim of relief."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts
from fingerpost.rules.duties.reading_events import ordinal
from fingerpost.rules.duties.vocabulary import Name, UnknownName

_SHORTHANDS = {name for name, row in vocabulary.table().items() if row.alias_of == "relief_claims"}
_PLAIN = (str, bool, int)
_CLAIM = ("ground", "impractical", "from", "to", "on", "days", "reason")


class BadFact(ValueError):
    """A fact has a value of the wrong kind; names the field."""


def read(raw: object) -> dict[str, object]:
    """Facts under their main names, with values of their type."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise BadFact("'facts' must be an object {name: value}")
    facts: dict[str, object] = {}
    short: dict[str, object] = {}
    known, events = vocabulary.spellings("fact"), vocabulary.spellings("event")
    for name, value in raw.items():
        if value is None:
            continue
        main = known.get(name)
        if type(value) in _PLAIN and main == name and name not in _SHORTHANDS:
            _keep(facts, name, name, _plain(name, value))
        elif main is None:
            _read_event(name, value, events, facts)
        elif name in _SHORTHANDS:
            short[name] = value
        else:
            _keep(facts, name, main, _value(name, main, value))
    if short:
        facts["relief_claims"] = [*_list(facts.get("relief_claims")), *_claims(short)]
    return facts


@lru_cache(maxsize=65536, typed=True)
def _plain(name: str, value: object) -> object:
    """A value that is one word, number or truth. Kept: many cases say the same."""
    return _value(name, name, value)


def _read_event(name: str, value: object, events: Mapping[str, str], facts: dict[str, object]) -> None:
    if name not in events:
        raise vocabulary.unknown("facts", name, "fact")
    if value is not True:
        raise BadFact(
            f"facts.{name}: this is an event; give its day under 'events', or true here if the day is not held"
        )
    facts[events[name]] = True


def _keep(facts: dict[str, object], name: str, main: str, value: object) -> None:
    if main in facts and facts[main] != value:
        raise ContradictoryFacts(
            f"facts.{name}: the same fact as '{main}' under another name, with another value"
        )
    facts[main] = value


def _value(name: str, main: str, value: object) -> object:
    if main == "today":
        raise BadFact("facts.today: 'today' is a field of the case itself, beside 'events' and 'facts'")
    if main == "relief_claims":
        return [_claim(row) for row in _list(value)]
    row = vocabulary.table()[main]
    if row.type == "date" and value is False:
        return False
    return _READ.get(row.type, _text)(f"facts.{name}", row, value)


def _list(value: object) -> list[object]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _bool(field: str, row: Name, value: object) -> object:
    if not isinstance(value, bool):
        raise BadFact(f"{field}: {value!r} must be true or false")
    return value


def _int(field: str, row: Name, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadFact(f"{field}: {value!r} must be a whole number, 0 or more")
    return value


def _date(field: str, row: Name, value: object) -> object:
    return dates.day(ordinal(field, value))


def _enum(field: str, row: Name, value: object) -> object:
    listed = vocabulary.choices(row.name)
    found = listed.get(vocabulary.folded(str(value)))
    if found is None:
        hint = vocabulary.nearest(str(value), list(listed))
        raise UnknownName(f"{field}: {value!r} is none of {', '.join(row.values)}{hint}")
    return found


def _text(field: str, row: Name, value: object) -> object:
    if isinstance(value, dict | list):
        raise BadFact(f"{field}: must be text")
    return str(value)


def _listed(field: str, row: Name, value: object) -> object:
    return _list(value)


_READ: Mapping[str, Callable[[str, Name, object], object]] = {
    "bool": _bool,
    "int": _int,
    "date": _date,
    "enum": _enum,
    "list": _listed,
}


def _claim(row: Any) -> dict[str, object]:
    if not isinstance(row, dict):
        raise BadFact("facts.relief_claims: each claim is an object with 'ground' and 'impractical'")
    for field in row:
        if field not in _CLAIM:
            raise UnknownName(
                f"facts.relief_claims: '{field}' is no field of a claim{vocabulary.nearest(field, list(_CLAIM))}"
            )
    grounds = {vocabulary.folded(ground): ground for ground in vocabulary.spellings("ground")}
    ground = grounds.get(vocabulary.folded(str(row.get("ground", "not-stated"))))
    if ground is None:
        raise vocabulary.unknown("facts.relief_claims.ground", str(row["ground"]), "ground")
    days = {key: _day(key, row[key]) for key in ("from", "to", "on") if row.get(key) is not None}
    if "from" in days and "to" in days and days["to"] < days["from"]:
        raise ContradictoryFacts(f"facts.relief_claims: 'to' {row['to']} lies before 'from' {row['from']}")
    return {**row, **days, "ground": ground}


def _day(key: str, value: object) -> Any:
    return dates.day(ordinal(f"facts.relief_claims.{key}", value))


def _claims(short: Mapping[str, Any]) -> list[dict[str, object]]:
    """The shorthands as claims; `impractical` and `reason` go with each of them."""
    shared = {key: short[key] for key in ("impractical", "reason") if key in short}
    rows: list[dict[str, object]] = []
    if short.get("exceptional_personal_circumstances"):
        rows.append({"ground": "personal"})
    if "missed_appointment_on" in short:
        rows.append({"ground": "missed-appointment", "on": short["missed_appointment_on"]})
    rows += _absence(short)
    if not rows and "reason" in shared:
        rows.append({"ground": "other"})
    if not rows and "impractical" in shared:
        rows.append({"ground": "not-stated"})
    return [_claim({**row, **shared}) for row in rows]


def _absence(short: Mapping[str, Any]) -> list[dict[str, object]]:
    days = short.get("days_inside_period", short.get("absence_days"))
    span = short.get("absence")
    if span is not None and (not isinstance(span, list) or len(span) != 2):
        raise BadFact("facts.absence: give [first day away, last day away]")
    if span is not None and "days_inside_period" not in short:
        return [{"ground": "absence-4w", "from": span[0], "to": span[1]}]
    return [] if days is None else [{"ground": "absence-4w", "days": days}]
