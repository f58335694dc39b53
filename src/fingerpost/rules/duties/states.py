# SPDX-License-Identifier: Apache-2.0
"""The way of a case through the law: where it stands, which steps are lawful next, and why another is not."""

from collections.abc import Mapping
from datetime import date

from fingerpost.rules.calendars.bank_holidays import BeyondTable
from fingerpost.rules.duties import timeline
from fingerpost.rules.duties.facts import CaseFacts
from fingerpost.rules.duties.state_guards import GUARDS
from fingerpost.rules.duties.state_steps import LINES, Choice, Step, steps
from fingerpost.rules.duties.timeline import Timeline


def state(case: CaseFacts, line: str = "main") -> str:
    """Follow the events in order of date; an event that leads nowhere from where the case stands is passed over."""
    facts = timeline.of(case, None).facts
    here = "NONE"
    for event in sorted(case.events, key=lambda event: event.on):
        here = next((step.to for step in steps(line) if _taken(step, here, event.name, facts)), here)
    return here


def _taken(step: Step, here: str, event: str, facts: Mapping[str, object]) -> bool:
    return (
        (here in step.before or here in step.passed)
        and step.event == event
        and all(facts.get(name) == value for name, value in step.when)
    )


def next_steps(case: CaseFacts, *, today: date, line: str = "main") -> tuple[Choice, ...]:
    """Every arrow that leaves the present state, and whether it may be taken today."""
    here, facts = state(case, line), timeline.of(case, today)
    return tuple(_choice(step, facts) for step in steps(line) if here in step.before)


def why_not(case: CaseFacts, event: str, *, today: date, line: str = "main") -> str:
    """Why a step cannot be taken now; empty if it can."""
    here = state(case, line)
    leaving = [choice for choice in next_steps(case, today=today, line=line) if choice.step.event == event]
    if any(choice.lawful for choice in leaving):
        return ""
    if leaving:
        return leaving[0].why
    ways = sorted({place for step in steps(line) if step.event == event for place in step.before})
    known = ", ".join(ways) or "no state"
    return f"{LINES[line]} stands at {here}; '{event}' leads on from {known} only."


def _choice(step: Step, facts: Timeline) -> Choice:
    if not step.guard:
        return Choice(step, True, f"Lawful now ({step.law}).")
    try:
        return GUARDS[step.guard](step, facts)
    except BeyondTable as problem:
        return Choice(step, False, f"It cannot be said: {problem}.")
