# SPDX-License-Identifier: Apache-2.0
"""The way of a case through the law: where it stands, which steps are lawful next, and why another is not."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fingerpost.rules.calendars import ages, dates
from fingerpost.rules.duties import holders, timeline
from fingerpost.rules.duties.facts import CaseFacts
from fingerpost.rules.duties.questions import appeal_time
from fingerpost.rules.duties.questions.appeal_right import certificate_needed
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import officer


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow of the drawing."""

    before: tuple[str, ...]
    event: str
    to: str
    who: str
    law: str
    when: tuple[tuple[str, str], ...]
    starts: tuple[str, ...]
    guard: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A step from here: lawful now, or not and why, and from which day it is."""

    step: Step
    lawful: bool
    why: str
    from_on: date | None = None


@cache
def steps(line: str = "main") -> tuple[Step, ...]:
    """The arrows of one line: `main` or `appeal`."""
    page = tomllib.loads(files(__package__).joinpath("states.toml").read_text("utf-8"))
    return tuple(_step(row) for row in page[line]["step"])


def _step(row: Mapping[str, Any]) -> Step:
    words = {name: str(row.get(name, "")) for name in ("event", "to", "who", "law", "guard")}
    when = tuple(row.get("when", {}).items())
    return Step(before=tuple(row["from"]), when=when, starts=tuple(row.get("starts", ())), **words)


def state(case: CaseFacts, line: str = "main") -> str:
    """Follow the events in order of date; an event that leads nowhere from where the case stands is passed over."""
    facts = timeline.of(case, None).facts
    here = "NONE"
    for event in sorted(case.events, key=lambda event: event.on):
        here = next((step.to for step in steps(line) if _taken(step, here, event.name, facts)), here)
    return here


def _taken(step: Step, here: str, event: str, facts: Mapping[str, object]) -> bool:
    return (
        here in step.before
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
    return f"The case stands at {here}; '{event}' leads on from {known} only."


def _choice(step: Step, facts: Timeline) -> Choice:
    if not step.guard:
        return Choice(step, True, f"Lawful now ({step.law}).")
    return GUARDS[step.guard](step, facts)


def _from_day(step: Step, facts: Timeline, first: int, words: str) -> Choice:
    lawful = (facts.today or 0) >= first
    why = (
        f"Lawful now ({step.law})." if lawful else f"{words}: lawful from {dates.short(first)} ({step.law})."
    )
    return Choice(step, lawful, why, dates.day(first))


def _window(event: str) -> Callable[[Step, Timeline], Choice]:
    def guard(step: Step, facts: Timeline) -> Choice:
        served = facts.days.get(event)
        if served is None:
            return Choice(
                step, False, f"It is not held that {officer(event)}, so the 15 days cannot be counted."
            )
        return _from_day(step, facts, served + 15, "The family's 15 days are not over")

    return guard


def _blank(step: Step, facts: Timeline) -> Choice:
    named = str(facts.facts.get("draft_section_i", "")).strip()
    why = (
        f"A draft may not name a setting or type; it names '{named}'."
        if named
        else f"Lawful now ({step.law})."
    )
    return Choice(step, not named, why)


def _appeal_over(step: Step, facts: Timeline) -> Choice:
    sent = facts.days["cease_notice_sent"]
    if facts.facts.get("appeal_made") is True and "appeal_determined_on" not in facts.days:
        return Choice(step, False, "An appeal is open, so the plan stands until it is finally determined.")
    determined = facts.days.get("appeal_determined_on")
    first = determined if determined is not None else appeal_time.deadline(facts, sent).effective + 1
    return _from_day(step, facts, first, "The time to appeal is not over")


def _past_25(step: Step, facts: Timeline) -> Choice:
    born = holders.born(facts)
    if born is None:
        return Choice(
            step,
            False,
            "date_of_birth is not held; a plan ends only by age, or after notice and appeal time.",
        )
    return _from_day(step, facts, ages.birthday(born, 25), "The person is under 25")


def _certificate(step: Step, facts: Timeline) -> Choice:
    if "certificate_issued" in facts.days or not certificate_needed(facts):
        return Choice(step, True, f"Lawful now ({step.law}).")
    return Choice(
        step, False, "A mediation certificate is needed first, unless the appeal is about section I only."
    )


GUARDS: Mapping[str, Callable[[Step, Timeline], Choice]] = {
    "draft-names-no-setting": _blank,
    "draft-window-over": _window("draft_served"),
    "amendment-window-over": _window("amendment_notice_served"),
    "appeal-period-over": _appeal_over,
    "past-25": _past_25,
    "certificate-unless-placement-only": _certificate,
}


def mermaid(line: str = "main") -> str:
    """The drawing in mermaid's words."""
    rows = [f"    {place} --> {step.to}: {_label(step)}" for step in steps(line) for place in step.before]
    return "\n".join(["stateDiagram-v2", *rows]) + "\n"


def _label(step: Step) -> str:
    chosen = " ".join(f"({value})" for _, value in step.when)
    return f"{step.event.replace('_', ' ')} {chosen}".strip()
