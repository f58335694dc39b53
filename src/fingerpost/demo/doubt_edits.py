# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each doubtful pattern does to the record of the child that carries it."""

from dataclasses import replace
from datetime import date, timedelta

from fingerpost.demo.lives import known
from fingerpost.rules.identifiers.upn import upn_check_letter
from fingerpost.rules.returns.records import PersonRecord, RequestRecord


def first(person: PersonRecord, **changes: object) -> PersonRecord:
    request: RequestRecord = replace(person.requests[0], **changes)  # type: ignore[arg-type]
    return replace(person, requests=(request, *person.requests[1:]))


def day_and_month_swapped(person: PersonRecord) -> PersonRecord:
    born = person.birth_on
    other = (
        date(born.year, born.day, born.month)
        if born.day <= 12 and born.day != born.month
        else born + timedelta(days=10)
    )
    return replace(person, birth_on=other)


def temporary_number(person: PersonRecord) -> PersonRecord:
    digits = known(person.upn)[1:12] + "A"
    return replace(person, upn=upn_check_letter(digits) + digits)


def no_number_yet(person: PersonRecord) -> PersonRecord:
    return replace(person, upn=None, upn_unknown="UN1")


def second_plan(person: PersonRecord) -> PersonRecord:
    first = person.requests[0]
    made = known(first.assessment)
    plan = known(made.plan)
    older = replace(plan, started_on=known(plan.started_on) - timedelta(days=700))
    other = RequestRecord(outcome="H", assessment=replace(made, outcome="H", plan=older), active=first.active)
    return replace(person, requests=(first, other))


def no_transfer(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return first(person, active=replace(active, transfer_la=None))


def before_it_came(person: PersonRecord) -> PersonRecord:
    """The request is dated after the plan, as one plan of 2024 must be by the published bands."""
    made = known(person.requests[0].assessment)
    return first(person, received_on=min(known(made.outcome_on) + timedelta(days=20), date(2024, 12, 30)))


def ceased_before_start(person: PersonRecord) -> PersonRecord:
    made = known(person.requests[0].assessment)
    plan = known(made.plan)
    return first(
        person,
        assessment=replace(made, plan=replace(plan, started_on=known(plan.ceased_on) + timedelta(days=30))),
    )


def no_flags(person: PersonRecord) -> PersonRecord:
    return first(person, mediation=False, tribunal=False)


def gone(person: PersonRecord) -> None:
    return None


def another_day(person: PersonRecord) -> PersonRecord:
    made = known(person.requests[0].assessment)
    return first(person, assessment=replace(made, outcome_on=known(made.outcome_on) + timedelta(days=2)))


def review_of_an_older_plan(person: PersonRecord) -> PersonRecord:
    request = person.requests[0]
    met = known(known(known(request.assessment).plan).started_on) - timedelta(days=60)
    return first(
        person,
        active=replace(
            known(request.active),
            review_meeting_on=met,
            last_review_on=met + timedelta(days=20),
            review_outcome="M",
        ),
    )


def wrong_phase(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return first(person, active=replace(active, phase_due_on=date(2025, 3, 31)))


def no_phase(person: PersonRecord) -> PersonRecord:
    active = known(person.requests[0].active)
    return first(person, active=replace(active, phase_due_on=None))


def twice(person: PersonRecord) -> PersonRecord:
    return replace(person, requests=(*person.requests, person.requests[-1]))
