# SPDX-License-Identifier: AGPL-3.0-or-later
"""The doubtful patterns that are planted, and which child can carry each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fingerpost.demo import doubt_edits as edits
from fingerpost.demo.figures import CENSUS_DAYS
from fingerpost.demo.lives import Child, school_age
from fingerpost.rules.returns.records import PersonRecord

Edit = Callable[[PersonRecord], PersonRecord | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Who can carry a pattern, in which return it lies, and how the record changes."""

    name: str
    what: str
    year: int
    fits: Callable[[Child], bool]
    edit: Edit
    count: int = 1


def _settled(child: Child) -> bool:
    """A plan in all three returns."""
    plan = child.plan
    return (
        len(child.requests) == 1
        and plan is not None
        and plan.held_from == 2023
        and plan.ceased_on is None
        and child.upn is not None
    )


def _issued(child: Child, first: date, last: date) -> bool:
    made = child.requests[0].assessed_on
    return len(child.requests) == 1 and child.plan is not None and made is not None and first <= made <= last


def _dated_in_2024(child: Child) -> bool:
    request = child.requests[0]
    made, came = request.assessed_on, request.received_on
    if not (_issued(child, date(2024, 6, 1), date(2024, 12, 20)) and made and came and child.plan):
        return False
    plain = not request.exception and child.plan.started_on == made and came.year == 2024
    return plain and 141 <= (made - came).days <= 364


def _moved(child: Child, *, this_year: bool) -> bool:
    plan = child.plan
    return plan is not None and plan.moved_in == 2024 and (plan.started_on.year == 2024) == this_year


def _overturned(child: Child) -> bool:
    request = child.requests[0]
    decided = request.decided_on
    return (
        len(child.requests) == 1
        and request.decision == "N"
        and request.assessment == "A"
        and decided is not None
        and decided.year == 2024
    )


def _withdrawn_after_census(child: Child) -> bool:
    request = child.requests[0]
    return (
        len(child.requests) == 1
        and request.decision == "W"
        and request.received_on is not None
        and request.received_on.year == 2023
    )


def _mover(child: Child) -> bool:
    plan = child.plan
    return (
        _settled(child)
        and plan is not None
        and plan.phase_due_on == date(2025, 2, 15)
        and plan.phase_final_on is None
        and school_age(child.birth_on) == 10
    )


def _in_2024(child: Child) -> bool:
    came = child.requests[0].received_on
    return came is not None and came <= CENSUS_DAYS[2024]


def _safe_to_move(child: Child) -> bool:
    """Two days more leave the plan in the same band of weeks."""
    request = child.requests[0]
    if not (request.received_on and request.assessed_on):
        return False
    days = (request.assessed_on - request.received_on).days
    return not any(days <= limit < days + 2 for limit in (140, 364))


def _number_came_later(child: Child) -> bool:
    young = child.birth_on > date(2018, 3, 1) and child.upn is not None
    return young and _issued(child, date(2024, 3, 1), date(2024, 12, 20)) and _in_2024(child)


def _settled_lately(child: Child) -> bool:
    return _settled(child) and child.plan is not None and child.plan.started_on > date(2017, 1, 1)


def _moved_this_year(child: Child) -> bool:
    return _moved(child, this_year=True)


def _moved_with_an_older_plan(child: Child) -> bool:
    return _moved(child, this_year=False)


def _request_of_2024_issued(child: Child) -> bool:
    return _dated_in_2024(child) and not _in_2024(child)


def _ceased_in_2024(child: Child) -> bool:
    plan = child.plan
    return plan is not None and plan.ceased_on is not None and plan.ceased_on.year == 2024


def _issued_in_january(child: Child) -> bool:
    return _issued(child, date(2024, 1, 3), date(2024, 1, 14)) and _safe_to_move(child)


def _issued_in_2024(child: Child) -> bool:
    return _issued(child, date(2024, 4, 1), date(2024, 12, 1))


def _asked_in_2025(child: Child) -> bool:
    came = child.requests[0].received_on
    return len(child.requests) == 1 and came is not None and came.year == 2025


PATTERNS = (
    Pattern(
        "another-birth-date",
        "same UPN, another birth date in this return",
        2024,
        _settled,
        edits.day_and_month_swapped,
        2,
    ),
    Pattern(
        "two-upns",
        "a temporary UPN in this return, another one since",
        2023,
        _settled,
        edits.temporary_number,
    ),
    Pattern(
        "number-came-later",
        "no UPN in this return (UN1), one in the next",
        2024,
        _number_came_later,
        edits.no_number_yet,
    ),
    Pattern(
        "two-active-plans", "two requests with an active plan each", 2025, _settled_lately, edits.second_plan
    ),
    Pattern(
        "history-started-this-year",
        "assessment H, plan began in 2024, no TransferLA, in no earlier return",
        2025,
        _moved_this_year,
        edits.no_transfer,
        2,
    ),
    Pattern(
        "missing-or-moved",
        "an H plan of earlier years that no earlier return holds",
        2025,
        _moved_with_an_older_plan,
        edits.no_transfer,
        2,
    ),
    Pattern(
        "negative-time",
        "the plan was issued before the request was received",
        2025,
        _request_of_2024_issued,
        edits.before_it_came,
    ),
    Pattern(
        "negative-time", "the plan ends before it begins", 2025, _ceased_in_2024, edits.ceased_before_start
    ),
    Pattern(
        "overturned-without-flag",
        "refused, yet assessed, with no mediation or appeal",
        2025,
        _overturned,
        edits.no_flags,
    ),
    Pattern(
        "lost-request",
        "open in the return of 2024, absent from this one",
        2025,
        _withdrawn_after_census,
        edits.gone,
    ),
    Pattern(
        "date-changed",
        "issued two days later than the return of 2024 said",
        2025,
        _issued_in_january,
        edits.another_day,
    ),
    Pattern(
        "review-before-plan",
        "the review is older than the plan, which is not H",
        2025,
        _issued_in_2024,
        edits.review_of_an_older_plan,
    ),
    Pattern(
        "phase-due-differs", "year 6, but the date of moves into post-16", 2025, _mover, edits.wrong_phase
    ),
    Pattern("phase-due-missing", "year 6, and no date of the phase transfer", 2025, _mover, edits.no_phase),
    Pattern("request-twice", "two requests received on the same day", 2025, _asked_in_2025, edits.twice),
)
"""Where the rule book sees the pattern in one return, the name is the one it uses."""
