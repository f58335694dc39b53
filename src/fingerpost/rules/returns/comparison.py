# SPDX-License-Identifier: Apache-2.0
"""Two returns of one authority side by side: who appeared, who vanished without a reason, which dates changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import PersonRecord, RequestRecord
from fingerpost.rules.returns.rule_book import is_active

WORDS = {
    "appeared": "a plan from before this year that last year's return did not hold",
    "plan-vanished": "an active plan of last year that is gone without an end",
    "request-vanished": "an open request of last year that is gone without an outcome",
    "birth-date-changed": "another date of birth than last year",
    "outcome-changed": "another first decision than last year",
    "date-changed": "another date for the same step than last year",
    "start-earlier": "a plan that starts earlier than last year's",
}
CLOSED = frozenset({"Y", "N", "W"})


@dataclass(slots=True)
class Held:
    """What last year's return held of one person."""

    ordinal: int
    line: int
    born: date
    active: bool
    started: date | None
    requests: dict[date, tuple[str, date | None, date | None]] = field(default_factory=dict)
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; ordinals are places in each return, never names or numbers."""

    kind: str
    person: int | None
    person_last_year: int | None
    line: int
    message: str


class LastYear:
    """Last year's return, kept by pupil number, learner number, and names with birth date."""

    def __init__(self, layout: Layout) -> None:
        self.census = layout.census_on
        self.numbers: dict[str, Held] = {}
        self.names: dict[tuple[str, str, date], Held] = {}
        self.all: list[Held] = []

    def watch(self, person: PersonRecord, scene: object = None) -> None:
        """Keep one person."""
        started = _active_start(person, self.census)
        held = Held(person.ordinal, person.line, person.birth_on, started is not None, started)
        for request in person.requests:
            if request.received_on is not None:
                held.requests[request.received_on] = _steps(request)
        self.all.append(held)
        for number in filter(None, (person.upn, person.uln)):
            self.numbers.setdefault(number, held)
        self.names.setdefault(_names(person), held)

    def find(self, person: PersonRecord) -> Held | None:
        """The same person: by UPN, else ULN, else names and birth date."""
        for number in filter(None, (person.upn, person.uln)):
            if number in self.numbers:
                return self.numbers[number]
        return self.names.get(_names(person))


def _names(person: PersonRecord) -> tuple[str, str, date]:
    return person.surname.casefold(), person.forename.casefold(), person.birth_on


def _steps(request: RequestRecord) -> tuple[str, date | None, date | None]:
    assessment = request.assessment
    return request.outcome, request.outcome_on, assessment.outcome_on if assessment is not None else None


def _active_start(person: PersonRecord, on: date) -> date | None:
    """When the plan active on that day started; None when there is none."""
    for request in person.requests:
        plan = request.assessment.plan if request.assessment is not None else None
        if plan is not None and is_active(plan, on):
            return plan.started_on
    return None


class Comparison:
    """This year's return against last year's, person by person."""

    def __init__(self, before: LastYear, layout: Layout) -> None:
        self.before = before
        self.layout = layout
        self.differences: list[Difference] = []

    def watch(self, person: PersonRecord, scene: object = None) -> None:
        """Compare one person."""
        held = self.before.find(person)
        if held is None:
            self._appeared(person, None)
            return
        held.seen = True
        self._appeared(person, held)
        self._changed(person, held)

    def finish(self) -> list[Difference]:
        """After the last person: who was there and is not any more."""
        for held in self.before.all:
            if not held.seen:
                self._gone(held)
        return self.differences

    def counts(self) -> Counter[str]:
        """How many of each kind."""
        return Counter(difference.kind for difference in self.differences)

    def _note(self, kind: str, person: PersonRecord | None, held: Held | None, words: str) -> None:
        line = person.line if person is not None else 0
        ordinals = (
            person.ordinal if person is not None else None,
            held.ordinal if held is not None else None,
        )
        self.differences.append(Difference(kind, *ordinals, line, words))

    def _appeared(self, person: PersonRecord, held: Held | None) -> None:
        if held is not None and held.started is not None:
            return
        for request in person.requests:
            assessment, active = request.assessment, request.active
            plan = assessment.plan if assessment is not None else None
            if plan is None or plan.started_on is None or plan.started_on > self.before.census:
                continue
            if active is None or active.transfer_la is None:
                self._note(
                    "appeared", person, held, f"a plan of {plan.started_on}, not moved in, unknown last year"
                )

    def _changed(self, person: PersonRecord, held: Held) -> None:
        if person.birth_on != held.born:
            self._note("birth-date-changed", person, held, "the date of birth is another than last year")
        self._plan_changed(person, held)
        for on, then in held.requests.items():
            self._request_changed(person, held, on, then)

    def _plan_changed(self, person: PersonRecord, held: Held) -> None:
        if held.started is None:
            return
        plans = [r.assessment.plan for r in person.requests if r.assessment is not None and r.assessment.plan]
        if not plans:
            self._note("plan-vanished", person, held, f"the plan of {held.started} is gone without an end")
            return
        starts = [plan.started_on for plan in plans if plan.started_on is not None]
        if starts and max(starts) < held.started:
            words = f"the plan starts on {max(starts)}, last year it was {held.started}"
            self._note("start-earlier", person, held, words)

    def _request_changed(
        self, person: PersonRecord, held: Held, on: date, then: tuple[str, date | None, date | None]
    ) -> None:  # fmt: skip
        now = next((_steps(request) for request in person.requests if request.received_on == on), None)
        if now is None:
            if then[0] == "A":
                self._note(
                    "request-vanished", person, held, f"the open request of {on} is gone without an outcome"
                )
            return
        if then[0] in CLOSED and now[0] not in (then[0], "H"):
            words = f"request of {on}: first decision {then[0]} last year, {now[0] or 'none'} now"
            self._note("outcome-changed", person, held, words)
        steps = zip(("decision", "outcome of the assessment"), then[1:], now[1:], strict=True)
        for step, before, after in steps:
            if before is not None and after is not None and before != after:
                words = f"request of {on}: {step} on {before} last year, {after} now"
                self._note("date-changed", person, held, words)

    def _gone(self, held: Held) -> None:
        if held.active:
            self._note("plan-vanished", None, held, f"the plan of {held.started} is gone without an end")
        for on, (outcome, _, _) in held.requests.items():
            if outcome == "A":
                self._note(
                    "request-vanished", None, held, f"the open request of {on} is gone without an outcome"
                )


def kinds(differences: list[Difference]) -> Iterator[tuple[str, str, int]]:
    """Kind, words, how many."""
    counts = Counter(difference.kind for difference in differences)
    for kind, words in WORDS.items():
        if counts[kind]:
            yield kind, words, counts[kind]
