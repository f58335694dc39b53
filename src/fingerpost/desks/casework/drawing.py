# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drawn timeline of a case: what happened, and the limits."""

from datetime import date

from markupsafe import Markup

from fingerpost.desks.casework import words
from fingerpost.desks.doors import clock_state
from fingerpost.kit import timeline
from fingerpost.kit.timeline import Entry, TimelineEvent, TimelineLimit
from fingerpost.records.cases.queries import CaseView


def of(view: CaseView, today: date) -> tuple[Markup, tuple[Entry, ...]]:
    """The drawing, and the same dates as a list."""
    happened = [TimelineEvent(fact.on, words.fact_title(fact.name)) for fact in view.facts if fact.on]
    limits = [
        TimelineLimit(clock.due, clock.title, clock_state.state(clock, today))
        for clock in view.clocks
        if clock.due
    ]
    title = f"Timeline of {view.forename} {view.surname}"
    return timeline.draw(happened, limits, today, title=title), timeline.entries(happened, limits, today)
