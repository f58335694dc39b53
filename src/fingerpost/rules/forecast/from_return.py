# SPDX-License-Identifier: Apache-2.0
"""The open cases of an area, read from its SEN2 return: who waits for a decision, is assessed, or has a plan in force.

A return holds no dates of advice or drafts. Where an open assessment stands is therefore shared out over steps, the
oldest furthest along; that share is a guess, and is listed as one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from fingerpost.rules.forecast.demand import LiveCase, Token
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.start_checks import OLDEST_DAYS
from fingerpost.rules.returns.records import Header, PersonRecord, RequestRecord

UNDECIDED, OPEN_ASSESSMENT = "A", "A"
ASSESSED = frozenset({"Y", "H"})
CLOSED = frozenset(
    {"refusal-hearing", "refusal-case"}
)  # refused, so no open case of a return, though appealed
REVIEW_AFTER = 300  # days after which a plan waits for its review rather than for the day to come
# Where open assessments stand, nearest the plan first: the oldest cases are given the first share.
SHARES: Mapping[str, float] = {"final": 0.05, "consultation": 0.05, "draft": 0.10, "ep-advice": 0.80}


@dataclass(frozen=True, slots=True)
class Found:
    """Open cases, and what the return could not say."""

    cases: tuple[LiveCase, ...]
    undecided: int
    assessed: int
    in_force: int
    left_out: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """One open request or plan, before it has a place in the pathway."""

    since: date
    district: str | None


def caseload(
    header: Header,
    persons: Iterable[PersonRecord],
    *,
    starts_on: date,
    steps: frozenset[str],
    district_of: Callable[[str | None], str | None] = lambda postcode: None,
    shares: Mapping[str, float] = SHARES,
) -> Found:
    """The open cases of a return on the first day of a scenario."""
    if not 0 <= (starts_on - header.census_on).days <= 120:
        raise Unsuitable(
            "starts_on",
            f"{starts_on} must lie within 120 days after the return's census day, {header.census_on}",
        )
    for step in ("decide", *shares):
        if step not in steps:
            raise Unsuitable("pathways", f'an open case can stand at "{step}", and there is no such step')
    piles: dict[str, list[Open]] = {"undecided": [], "assessed": [], "in force": []}
    left_out = 0
    for person in persons:
        district = district_of(person.postcode)
        for request in person.requests:
            pile, since = _pile(request)
            if pile is None:
                continue
            if since is None or not 0 <= (starts_on - since).days <= OLDEST_DAYS:
                left_out += 1
            else:
                piles[pile].append(Open(since, district))
    numbers = count()
    cases = [
        *_undecided(piles["undecided"], numbers),
        *_assessed(piles["assessed"], numbers, shares),
        *(_in_force(piles["in force"], numbers, starts_on) if "until-review" in steps else ()),
    ]
    return Found(
        tuple(cases),
        len(piles["undecided"]),
        len(piles["assessed"]),
        len(piles["in force"]),
        left_out,
        _words(shares, left_out),
    )


def _pile(request: RequestRecord) -> tuple[str | None, date | None]:
    assessment = request.assessment
    if request.active is not None:
        plan = assessment.plan if assessment else None
        met = request.active.last_review_on or request.active.review_meeting_on
        return "in force", met or (plan.started_on if plan else None)
    if request.outcome == UNDECIDED:
        return "undecided", request.received_on
    if request.outcome in ASSESSED and assessment is not None and assessment.outcome == OPEN_ASSESSMENT:
        return "assessed", request.received_on
    return None, None


def _case(numbers: Iterable[int], found: Open, step: str, joined_on: date) -> LiveCase:
    number = next(iter(numbers))
    return LiveCase(number, found.since, (Token(step, joined_on),), found.district)


def _undecided(found: list[Open], numbers: Iterable[int]) -> list[LiveCase]:
    return [_case(numbers, one, "decide", one.since) for one in sorted(found, key=lambda one: one.since)]


def _assessed(found: list[Open], numbers: Iterable[int], shares: Mapping[str, float]) -> list[LiveCase]:
    total, ordered, cases, given = sum(shares.values()), sorted(found, key=lambda one: one.since), [], 0.0
    places = iter(shares.items())
    step, share = next(places)
    for at, one in enumerate(ordered):
        while at + 0.5 > (given + share) / total * len(ordered):
            given += share
            step, share = next(places)
        cases.append(_case(numbers, one, step, one.since))
    return cases


def _in_force(found: list[Open], numbers: Iterable[int], starts_on: date) -> list[LiveCase]:
    cases = []
    for one in sorted(found, key=lambda one: one.since):
        due = one.since + timedelta(days=REVIEW_AFTER)
        step, joined_on = ("review", due) if due <= starts_on else ("until-review", one.since)
        cases.append(_case(numbers, one, step, joined_on))
    return cases


def _words(shares: Mapping[str, float], left_out: int) -> tuple[str, ...]:
    guess = ", ".join(f"{share:.0%} at {step}" for step, share in shares.items())
    lines: tuple[str, ...] = (f"guessed: open assessments stand {guess}; a return does not say where",)
    if left_out:
        lines += (f"left out: {left_out} open cases without a usable date, or older than ten years",)
    return lines


def started_from(scenario: Scenario, found: Found) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with these open cases in place of the backlogs a return tells of, and what that kept and guessed."""
    told = {step.name for step in scenario.pathway.reach("decide")} - CLOSED
    kept = tuple(one for one in scenario.backlog if one.step not in told)
    words = tuple(f"kept as written: backlog.{one.name}; a SEN2 return does not tell of it" for one in kept)
    return scenario.but(live=found.cases, backlog=kept), (*found.words, *words)
