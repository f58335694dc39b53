# SPDX-License-Identifier: Apache-2.0
"""Claims of relief as they stand in a case: the list itself, or the accepted shorthands brought into its shape."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.timeline import Timeline

_CLOSURE = ("closure-school", "closure-early-years")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `impractical` None: not stated. `open`: nobody claimed it, the facts merely point to it."""

    ground: str
    impractical: bool | None = None
    first: int | None = None
    last: int | None = None
    on: int | None = None
    days: int | None = None
    reason: str = ""
    open: bool = False


def held(timeline: Timeline) -> tuple[Claim, ...]:
    """Every claim of the case, and the closure that the facts point to if nobody claimed it."""
    kept = timeline.memory.get("claims")
    if isinstance(kept, tuple):
        return kept
    raw = timeline.facts.get("relief_claims") or []
    rows = raw if isinstance(raw, list | tuple) else [raw]
    claims = [_claim(row) for row in rows if isinstance(row, Mapping)]
    if "school_closed_from" in timeline.days and not any(claim.ground in _CLOSURE for claim in claims):
        claims = _closure(claims)
    if "claimed_extension" in timeline.facts and not any(not claim.open for claim in claims):
        claims.append(Claim("other", reason=str(timeline.facts["claimed_extension"])))
    timeline.memory["claims"] = tuple(claims)
    return tuple(claims)


def _closure(claims: list[Claim]) -> list[Claim]:
    """A claim that names no ground is about the closure that the case holds; without one the ground stays open."""
    unsaid = [claim for claim in claims if claim.ground == "not-stated" and claim.impractical is not None]
    if not unsaid:
        return [*claims, Claim("closure-school", open=True)]
    return [replace(claim, ground="closure-school") if claim in unsaid else claim for claim in claims]


def _claim(row: Mapping[str, object]) -> Claim:
    impractical, days = row.get("impractical"), row.get("days")
    return Claim(
        str(row.get("ground", "not-stated")),
        impractical if isinstance(impractical, bool) else None,
        _ordinal(row.get("from")),
        _ordinal(row.get("to")),
        _ordinal(row.get("on")),
        days if isinstance(days, int) else None,
        str(row.get("reason") or ""),
    )


def _ordinal(value: object) -> int | None:
    if isinstance(value, date):
        return value.toordinal()
    return dates.read(value) if isinstance(value, str) else None
