# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clocks of a case in the form that is kept: true on any day, because lateness is left to the day of asking."""

from dataclasses import dataclass
from datetime import date

from fingerpost.records.cases.models import Standing
from fingerpost.rules.duties import clocks, register
from fingerpost.rules.duties.facts import CaseFacts

# No clock is late on the first, every open one is on the second: together they say what any day between would.
LONG_AGO, FAR_AHEAD = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """One duty of one case."""

    duty: str
    started_on: date | None
    due_on: date | None
    closed_on: date | None
    standing: str
    verdict: str
    days_late: int | None
    certainty: str
    as_at_on: date | None


def kept(
    case: CaseFacts,
    *,
    presumed: frozenset[tuple[str, date]],
    by_people: frozenset[str],
    census_on: date | None,
) -> tuple[Kept, ...]:
    """Every duty of the first column that something in the case calls for. An open one is as at the census day,
    unless what it starts from is in `by_people`: entered or corrected here."""
    found = clocks.answer(case, today=LONG_AGO, duties=register.FIRST_COLUMN)
    late = _when_late(case, found)
    return tuple(
        _kept(
            clock,
            late.get(clock.duty, clock.verdict),
            presumed,
            census_on if rests_on_return(clock, by_people) else None,
        )
        for clock in found
        if clock.verdict != "not_started"
    )


def rests_on_return(clock: clocks.Clock, by_people: frozenset[str]) -> bool:
    """It still runs, and nobody here has entered or corrected what it starts from."""
    runs = clock.closed_on is None and clock.due is not None and clock.verdict != "not_applicable"
    return runs and by_people.isdisjoint(register.DUTIES[clock.duty].starts)


def _when_late(case: CaseFacts, found: tuple[clocks.Clock, ...]) -> dict[str, str]:
    """What each open clock becomes once its day has passed; relief claimed, or one outcome bound, may change that."""
    open_ones = [clock.duty for clock in found if _standing(clock) == Standing.OPEN]
    claimed = "relief_claims" in case.facts
    differing = [duty for duty in open_ones if claimed or register.DUTIES[duty].one_outcome]
    then = clocks.answer(case, today=FAR_AHEAD, duties=differing) if differing else ()
    return dict.fromkeys(open_ones, "breach") | {clock.duty: clock.verdict for clock in then}


def _standing(clock: clocks.Clock) -> str:
    if clock.closed_on is not None and clock.due is not None:
        return Standing.MET
    if clock.verdict == "not_applicable":
        return Standing.NOT_APPLICABLE
    if clock.due is not None and clock.verdict in ("not_yet_due", "not_relieved"):
        return Standing.OPEN
    return Standing.UNKNOWN


def _kept(
    clock: clocks.Clock, verdict: str, presumed: frozenset[tuple[str, date]], as_at_on: date | None
) -> Kept:
    standing = _standing(clock)
    as_at = as_at_on if standing == Standing.OPEN else None
    certainty = "presumption" if as_at or _rests_on(clock, presumed) else clock.certainty
    days_late = clock.days_late if standing == Standing.MET else None
    return Kept(
        clock.duty,
        clock.started_on,
        clock.due,
        clock.closed_on,
        standing,
        verdict,
        days_late,
        certainty,
        as_at,
    )


def _rests_on(clock: clocks.Clock, presumed: frozenset[tuple[str, date]]) -> bool:
    if not presumed:
        return False
    duty = register.DUTIES[clock.duty]
    starts = any((name, clock.started_on) in presumed for name in duty.starts)
    return starts or any((name, clock.closed_on) in presumed for name in duty.ends)
