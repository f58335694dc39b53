# SPDX-License-Identifier: AGPL-3.0-or-later
"""The family's words for clocks, stages and what they can do."""

from datetime import date

from fingerpost.kit.words import day, plural
from fingerpost.rules.duties.clocks import Clock

# Stage -> what the page opens with, about the child and, below, to the young person whose record it is.
STAGES = {
    "requested": "Somebody has asked for an assessment of {name}'s needs. The council must decide whether to do one.",
    "assessing": "The council is assessing {name}'s needs. Professionals are being asked for their advice.",
    "agreed": "The council has agreed to make a plan for {name} and is writing it.",
    "maintained": "{name} has an education, health and care (EHC) plan. The council must see that it is delivered.",
    "refused": "The council decided not to assess {name}'s needs.",
    "plan_refused": "The council assessed {name}'s needs and decided not to make a plan.",
    "withdrawn": "The request was withdrawn.",
    "exported": "{name} moved to another council's area before the assessment ended.",
    "ended": "{name}'s plan has ended.",
}
OWN_STAGES = {
    "requested": "Somebody has asked for an assessment of your needs. The council must decide whether to do one.",
    "assessing": "The council is assessing your needs. Professionals are being asked for their advice.",
    "agreed": "The council has agreed to make a plan for you and is writing it.",
    "maintained": "You have an education, health and care (EHC) plan. The council must see that it is delivered.",
    "refused": "The council decided not to assess your needs.",
    "plan_refused": "The council assessed your needs and decided not to make a plan.",
    "withdrawn": "The request was withdrawn.",
    "exported": "You moved to another council's area before the assessment ended.",
    "ended": "Your plan has ended.",
}
ALWAYS = (
    "Write to the team that holds the record and ask for the date and the reason. Keep a copy.",
    "Ask the information, advice and support service (SENDIASS). Its help is free and does not come from the council.",
    "If a legal date has passed, you can complain to the council. If that does not help, you can complain to the "
    "Local Government and Social Care Ombudsman.",
)
AFTER_REFUSAL = (
    "You can ask for mediation, and you can appeal to the tribunal. There is a time limit, usually two months from the "
    "day on the letter; the letter must say so."
)


def standing(clock: Clock, today: date) -> str:
    """Where a step stands, in one line."""
    if clock.due is None:
        return clock.family[-1] if clock.family else "We do not have the date."
    if clock.closed_on:
        late = clock.days_late or 0
        after = f", {plural(late, 'day')} late" if late > 0 else ", in time"
        return f"Done on {day(clock.closed_on)}{after}."
    if clock.due < today:
        return f"This should have happened by {day(clock.due)}. It is {plural((today - clock.due).days, 'day')} late."
    return f"This must happen by {day(clock.due)}."


def can_do(stage: str) -> tuple[str, ...]:
    """What a family can do if a step does not happen."""
    return (AFTER_REFUSAL, *ALWAYS) if stage in ("refused", "plan_refused") else ALWAYS
