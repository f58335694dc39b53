# SPDX-License-Identifier: Apache-2.0
"""Doubtful patterns of a return: the rest is loaded, these are held for a person to decide.

`in_record` sees one person, `Together` what only several persons of one file show. Patterns that need an earlier
return belong to the comparison of two returns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fingerpost.rules.returns import ages
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
)

TWENTY_WEEKS = timedelta(days=140)
YEAR = timedelta(days=366)
YEAR_6, POST_16 = (
    10,
    15,
)  # ages on the 31 August before: who moves to secondary school, who moves on from year 11
PHASE_DAYS = frozenset({(2, 15), (3, 31)})
TRANSFERS = ("a move between schools", "a move into post-16", "no transfer this year")
NO_PHASE_DATE = "year 6, and no date of the move to secondary school, though this return gives such dates"
DATES = ("correct the first date", "correct the second date")
CHOICES: dict[str, tuple[str, ...]] = {
    "two-active-plans": ("which plan is current",),
    "too-old": ("correct the birth date", "ended on"),
    "request-twice": ("join", "keep both"),
    "born-after-request": DATES,
    "negative-time": DATES,
    "needless-exception": ("drop the claim", "keep it"),
    "refused-with-plan": ("overturned", "a separate request, received on"),
    "history-started-this-year": ("issued this year on", "amended", "moved in"),
    "decision-before-meeting": DATES,
    "late-decision": ("which review",),
    "review-before-plan": ("which review",),
    "phase-due-odd": ("which transfer, or none",),
    "phase-due-differs": TRANSFERS,
    "phase-due-missing": TRANSFERS,
    "number-twice": ("same child, a typing error", "two children, one wrong number"),
    "two-numbers": ("join, keeping both numbers", "twins or namesakes: keep apart"),
    "namesake-without-number": ("join, keeping both numbers", "twins or namesakes: keep apart"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to decide, where it stands, and what may be chosen."""

    pattern: str
    ordinal: int
    line: int
    items: tuple[str, ...]
    message: str
    choices: tuple[str, ...]


Doubts = Iterator[Doubt]


def in_record(person: PersonRecord, header: Header) -> tuple[Doubt, ...]:
    """Everything doubtful that one person's record shows by itself."""
    found = list(_person(person, header))
    for request in person.requests:
        found += _request(request, person, header)
    return tuple(found)


def _held(pattern: str, person: PersonRecord, line: int, items: str, message: str) -> Doubt:
    return Doubt(pattern, person.ordinal, line, tuple(items.split()), message, CHOICES[pattern])


# -- the person -----------------------------------------------------------------------------------------------------


def active_plan(request: RequestRecord, on: date) -> NamedPlanRecord | None:
    """The plan of a request if it is active on that day: started by then, not ended by then."""
    plan = request.assessment.plan if request.assessment is not None else None
    if plan is None or plan.started_on is None or plan.started_on > on:
        return None
    return plan if plan.ceased_on is None or plan.ceased_on > on else None


def _person(person: PersonRecord, header: Header) -> Doubts:
    active = [request for request in person.requests if active_plan(request, header.census_on)]
    if len(active) > 1:
        message = "more than one plan is active on census day: one must have ended or been replaced"
        items = "Requests NamedPlan CeaseDate"
        yield _held("two-active-plans", person, active[1].line, items, message)
    if active and ages.school_age(person.birth_on, header.census_on) >= 25:
        message = "aged 25 or over on the 31 August before census day, with an active plan"
        yield _held("too-old", person, person.line, "PersonBirthDate CeaseDate", message)
    yield from _received_twice(person)


def _received_twice(person: PersonRecord) -> Doubts:
    seen: set[date] = set()
    for request in person.requests:
        on = request.received_on
        if on is not None and on in seen:
            message = f"two requests were received on {on}"
            yield _held("request-twice", person, request.line, "ReceivedDate", message)
        elif on is not None:
            seen.add(on)


# -- one request ----------------------------------------------------------------------------------------------------


def _request(request: RequestRecord, person: PersonRecord, header: Header) -> Doubts:
    received, decided = request.received_on, request.outcome_on
    if received is not None and received < person.birth_on:
        message = f"the request of {received} was received before the birth date"
        yield _held("born-after-request", person, request.line, "ReceivedDate PersonBirthDate", message)
    if received is not None and decided is not None and decided < received:
        yield _before(person, request.line, ("RequestOutcomeDate", decided), ("ReceivedDate", received))
    if request.assessment is not None:
        yield from _assessment(request.assessment, request, person)
        yield from _refused_with_plan(request.assessment, request, person)
        yield from _agreed_before(request.assessment, request, person, header)
    if request.active is not None:
        yield from _review(request.active, request, person)
        yield from _phase(request.active, person)


def _before(person: PersonRecord, line: int, later: tuple[str, date], earlier: tuple[str, date]) -> Doubt:
    message = f"{later[0]} {later[1]} is before {earlier[0]} {earlier[1]}"
    return _held("negative-time", person, line, f"{later[0]} {earlier[0]}", message)


def _assessment(assessment: AssessmentRecord, request: RequestRecord, person: PersonRecord) -> Doubts:
    issued, line = assessment.outcome_on, assessment.line
    pairs = (("ReceivedDate", request.received_on), ("RequestOutcomeDate", request.outcome_on))
    for name, on in pairs:
        if issued is not None and on is not None and issued < on:
            yield _before(person, line, ("AssessmentOutcomeDate", issued), (name, on))
    plan = assessment.plan
    if plan is not None and plan.ceased_on and plan.started_on and plan.ceased_on < plan.started_on:
        yield _before(person, plan.line, ("CeaseDate", plan.ceased_on), ("StartDate", plan.started_on))
    in_time = (
        issued is not None
        and request.received_on is not None
        and issued <= request.received_on + TWENTY_WEEKS
    )
    if assessment.week20 and assessment.outcome == "Y" and in_time:
        message = "an exception to the 20 weeks is claimed, though the plan was issued within them"
        yield _held("needless-exception", person, line, "Week20", message)


def _refused_with_plan(assessment: AssessmentRecord, request: RequestRecord, person: PersonRecord) -> Doubts:
    if assessment.plan is None or "N" not in (request.outcome, assessment.outcome):
        return
    flags = (request.mediation, request.tribunal, assessment.mediation, assessment.tribunal)
    if not any(flags):
        message = "a refusal, and yet a plan, without mediation or appeal"
        items = "RequestOutcome AssessmentOutcome NamedPlan"
        yield _held("refused-with-plan", person, assessment.line, items, message)


def _agreed_before(
    assessment: AssessmentRecord, request: RequestRecord, person: PersonRecord, header: Header
) -> Doubts:
    """H, started in the activity year, not moved in: whether an earlier return held it is for the importer."""
    plan, active = assessment.plan, request.active
    moved_in = active is not None and active.transfer_la is not None
    if assessment.outcome != "H" or plan is None or plan.started_on is None or moved_in:
        return
    if plan.started_on.year == header.year - 1:
        message = f"decided before the year of the return, yet the plan started on {plan.started_on}"
        items = "AssessmentOutcome StartDate TransferLA"
        yield _held("history-started-this-year", person, plan.line, items, message)


# -- reviews --------------------------------------------------------------------------------------------------------


def _review(active: ActivePlanRecord, request: RequestRecord, person: PersonRecord) -> Doubts:
    meeting, decision, line = active.review_meeting_on, active.last_review_on, active.line
    if meeting is not None and decision is not None:
        if decision < meeting and active.review_outcome is not None:
            message = (
                f"the review decision {decision} is older than the meeting {meeting}: whose outcome is it?"
            )
            yield _held("decision-before-meeting", person, line, "LastReview ReviewMeeting", message)
        if decision > meeting + YEAR:
            message = f"the review decision {decision} came more than a year after the meeting {meeting}"
            yield _held("late-decision", person, line, "LastReview ReviewMeeting", message)
    assessment = request.assessment
    plan = assessment.plan if assessment is not None else None
    if plan is None or plan.started_on is None or assessment is None or assessment.outcome == "H":
        return
    for name, on in (("ReviewMeeting", meeting), ("LastReview", decision)):
        if on is not None and on < plan.started_on:
            message = f"{name} {on} is before the plan's StartDate {plan.started_on}"
            yield _held("review-before-plan", person, line, f"{name} StartDate", message)


def _phase(active: ActivePlanRecord, person: PersonRecord) -> Doubts:
    due = active.phase_due_on
    if due is not None and (due.month, due.day) not in PHASE_DAYS:
        message = f"a phase transfer due on {due}, which is neither 15 February nor 31 March"
        yield _held("phase-due-odd", person, active.line, "PhaseTransferDueDate", message)
    elif due is not None and (due.month == 3) != (ages.school_age(person.birth_on, due) >= POST_16):
        moves = "into post-16" if due.month == 3 else "between schools"
        message = f"a phase transfer due on {due}, the date of moves {moves}, which the age does not fit"
        yield _held("phase-due-differs", person, active.line, "PhaseTransferDueDate PersonBirthDate", message)


# -- several persons of one file ------------------------------------------------------------------------------------


class Together:
    """Doubts that only show when persons of one file are seen together. Keeps numbers and ordinals, not records."""

    def __init__(self, census_on: date) -> None:
        self._census_on = census_on
        self._gives_phase_dates = False  # a return may leave them out altogether: voluntary in 2025
        self._numbers: dict[tuple[str, str], tuple[int, tuple[str, str, date, str | None]]] = {}
        self._names: dict[tuple[str, str, date], tuple[int, str | None]] = {}

    def add(self, person: PersonRecord) -> tuple[Doubt, ...]:
        """The doubts that this person raises against those before."""
        return (*self._same_number(person), *self._same_name(person), *self._phase_missing(person))

    def _phase_missing(self, person: PersonRecord) -> Doubts:
        """Year 6 only: from year 11 many stay in their school's own sixth form, which is no transfer."""
        if any(request.active and request.active.phase_due_on for request in person.requests):
            self._gives_phase_dates = True
        elif self._gives_phase_dates and ages.school_age(person.birth_on, self._census_on) == YEAR_6:
            september = date(self._census_on.year - 1, 9, 1)
            for request in person.requests:
                if active_plan(request, september) and active_plan(request, self._census_on):
                    yield _held(
                        "phase-due-missing", person, request.line, "PhaseTransferDueDate", NO_PHASE_DATE
                    )

    def _same_number(self, person: PersonRecord) -> Doubts:
        who = (person.surname.casefold(), person.forename.casefold(), person.birth_on, person.sex)
        for item, number in (("UPN", person.upn), ("UniqueLearnerNumber", person.uln)):
            if number is None:
                continue
            earlier, held = self._numbers.setdefault((item, number), (person.ordinal, who))
            if earlier != person.ordinal:
                differs = "another name, birth date or sex" if held != who else "the same name and birth date"
                message = f"the same {item} as person {earlier}, with {differs}"
                yield _held("number-twice", person, person.line, item, message)

    def _same_name(self, person: PersonRecord) -> Doubts:
        who = (person.surname.casefold(), person.forename.casefold(), person.birth_on)
        number = person.upn or person.uln
        earlier, held = self._names.setdefault(who, (person.ordinal, number))
        if earlier == person.ordinal or (held == number and number is not None):
            return
        both = held is not None and number is not None
        pattern = "two-numbers" if both else "namesake-without-number"
        differs = "another number" if both else "a number missing"
        message = f"the same names and birth date as person {earlier}, with {differs}"
        yield _held(pattern, person, person.line, "Surname Forename PersonBirthDate UPN", message)
