# SPDX-License-Identifier: AGPL-3.0-or-later
"""The officer's words for clocks and facts."""

from datetime import date

from django.utils import timezone

from fingerpost.kit.words import day, plural
from fingerpost.records.cases.models import ASSESS, REFUSE
from fingerpost.records.cases.queries import FactRow
from fingerpost.records.cases.reading import Said
from fingerpost.rules.duties import vocabulary
from fingerpost.rules.duties.clocks import Clock
from fingerpost.rules.returns.layout import codes

DECISIONS = {
    ASSESS: "Yes, there will be an assessment",
    REFUSE: "No, there will be no assessment",
}
DOUBTS = {
    "presumption": "Rests on a presumption: the return does not say it in so many words.",
    "literal-reading": "A literal reading of the text.",
    "derived": "Derived from the text, not said in it.",
    "ambiguous-boundary": "The text leaves one day in doubt.",
    "guidance-reading": "As guidance reads the text.",
    "secondary-source": "Taken from a secondary source.",
    "unconfirmed": "Not confirmed: check before relying on it.",
}
ORIGINS = {
    "entered": "entered by {by}, {at}",
    "imported": "from the return of {year}, line {line}",
    "corrected": "corrected by {by}, {at}: {reason}",
    "system": "worked out",
}


def standing(clock: Clock, today: date) -> str:
    """Where a clock stands, in one line."""
    if clock.due is None:
        return _without_day(clock)
    if clock.closed_on:
        return f"Due {day(clock.due)}, done {day(clock.closed_on)}{_late(clock.days_late)}."
    if clock.due < today:
        return f"Due {day(clock.due)}{_late((today - clock.due).days)}."
    left = (clock.due - today).days
    return f"Due {day(clock.due)}, {plural(left, 'day')} left." if left else f"Due today, {day(clock.due)}."


def _without_day(clock: Clock) -> str:
    if clock.closed_on:
        return f"Done {day(clock.closed_on)}."
    return clock.because[-1] if clock.because else "No day can be given."


def _late(days: int | None) -> str:
    return f", {plural(days, 'day')} late" if days and days > 0 else ""


def doubt(clock: Clock) -> str:
    """How sure the answer is, when it is not settled."""
    return " ".join(DOUBTS[word] for word in clock.certainty.split("; ") if word in DOUBTS)


def fact_title(name: str) -> str:
    """The law's name of a fact as words."""
    return (
        name.replace("_", " ")
        .capitalize()
        .replace(" la", " LA")
        .replace(" rcb", " RCB")
        .replace("Section i", "Section I")
    )


def fact_text(fact: Said) -> str:
    """What the fact says: its day, or its value."""
    if fact.on:
        return day(fact.on)
    if fact.value is True and fact.name in vocabulary.spellings("event"):
        return "Yes; the day is not held"
    return choice(fact.name, fact.value) if isinstance(fact.value, str) else value(fact.value)


def choice(name: str, said: str) -> str:
    """One of the listed values of a fact, in words."""
    if name == "cease_reason":
        return codes(name).get(said, said)
    return DECISIONS.get(said, value(said)) if name == "assessment_decision" else value(said)


def value(said: object) -> str:
    """A value that has no day, in words."""
    if said is True:
        return "Yes"
    if said is False:
        return "No"
    if isinstance(said, list):
        return "; ".join(value(one) for one in said)
    if isinstance(said, dict):
        return ", ".join(f"{name}: {one}" for name, one in said.items())
    return _as_day(str(said)) or str(said).replace("_", " ").replace("-", " ").capitalize()


def _as_day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return ""


def source(fact: FactRow) -> str:
    """Where a fact comes from."""
    said = ORIGINS[fact.origin].format(
        by=fact.by,
        at=f"{timezone.localtime(fact.at):%-d %B %Y, %H:%M}",
        reason=fact.reason or "",
        line=fact.line or "?",
        year=fact.census_on.year if fact.census_on else "?",
    )
    return f"{said[:1].upper()}{said[1:]}{'; a presumption' if fact.certainty == 'presumption' else ''}"


def replaced(fact: FactRow) -> str:
    """An older fact, for the list of what was replaced."""
    if fact.retracts:
        return f"{fact_title(fact.name)}: taken back by {fact.by}. {fact.reason}"
    return f"{fact_title(fact.name)}: {fact_text(fact)} ({source(fact)})"
