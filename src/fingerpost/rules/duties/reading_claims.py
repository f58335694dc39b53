# SPDX-License-Identifier: Apache-2.0
"""Claims of relief as a case writes them: the list itself, and the shorthands that stand for a claim."""

from collections.abc import Mapping
from typing import Any

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import vocabulary
from fingerpost.rules.duties.facts import ContradictoryFacts
from fingerpost.rules.duties.reading_events import ordinal
from fingerpost.rules.duties.vocabulary import UnknownName

_FIELDS = ("ground", "impractical", "from", "to", "on", "days", "reason")


class BadFact(ValueError):
    """A fact has a value of the wrong kind; names the field."""


def claim(row: Any) -> dict[str, object]:
    """One claim with its ground by its main name and its days as days."""
    if not isinstance(row, dict):
        raise BadFact("facts.relief_claims: each claim is an object with 'ground' and 'impractical'")
    for field in row:
        if field not in _FIELDS:
            raise UnknownName(
                f"facts.relief_claims: '{field}' is no field of a claim{vocabulary.nearest(field, list(_FIELDS))}"
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


def shorthands(short: Mapping[str, Any]) -> list[dict[str, object]]:
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
    return [claim({**row, **shared}) for row in rows]


def _absence(short: Mapping[str, Any]) -> list[dict[str, object]]:
    days = short.get("days_inside_period", short.get("absence_days"))
    span = short.get("absence")
    if span is not None and (not isinstance(span, list) or len(span) != 2):
        raise BadFact("facts.absence: give [first day away, last day away]")
    if span is not None and "days_inside_period" not in short:
        return [{"ground": "absence-4w", "from": span[0], "to": span[1]}]
    return [] if days is None else [{"ground": "absence-4w", "days": days}]
