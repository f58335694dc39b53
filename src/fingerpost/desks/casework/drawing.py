# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drawn timeline of a case: what happened, and the limits."""

from datetime import date

from markupsafe import Markup

from fingerpost.desks.casework import words
from fingerpost.kit import timeline
from fingerpost.kit.timeline import Entry, State, TimelineEvent, TimelineLimit
from fingerpost.records.cases.queries import CaseView
from fingerpost.rules.duties.clocks import Clock


def of(view: CaseView, today: date) -> tuple[Markup, tuple[Entry, ...]]:
    """The drawing, and the same dates as a list."""
    happened = [TimelineEvent(fact.on, words.fact_title(fact.name)) for fact in view.facts if fact.on]
    limits = [
        TimelineLimit(clock.due, clock.title, state(clock, today)) for clock in view.clocks if clock.due
    ]
    title = f"Timeline of {view.forename} {view.surname}"
    return timeline.draw(happened, limits, today, title=title), timeline.entries(happened, limits, today)


def state(clock: Clock, today: date) -> State:
    """Met, missed, or still open."""
    if clock.closed_on:
        return "missed" if clock.days_late and clock.days_late > 0 else "met"
    return "missed" if clock.due and clock.due < today and clock.verdict != "unknown" else "open"
