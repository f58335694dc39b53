# SPDX-License-Identifier: Apache-2.0
"""The facts of a case: names and aliases, types and listed values."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import reading_claims, vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts
from fingerpost.rules.duties.reading_claims import BadFact
from fingerpost.rules.duties.reading_events import ordinal
from fingerpost.rules.duties.vocabulary import Name, UnknownName

_SHORTHANDS = {name for name, row in vocabulary.table().items() if row.alias_of == "relief_claims"}
_PLAIN = (str, bool, int)


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
        facts["relief_claims"] = [*_list(facts.get("relief_claims")), *reading_claims.shorthands(short)]
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
        return [reading_claims.claim(row) for row in _list(value)]
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
