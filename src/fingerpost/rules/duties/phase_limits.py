# SPDX-License-Identifier: Apache-2.0
"""The last lawful day for the plan before a move between phases, whichever of the three rules governs it."""

from datetime import date

from fingerpost.rules.calendars import months
from fingerpost.rules.duties.fixed_dates import phase_day, year_of
from fingerpost.rules.duties.timeline import Timeline

SIXTH_FORM, _COLLEGE, _BETWEEN = "own_sixth_form", "secondary_to_post_16_institution", "post_16_to_post_16"


def last_lawful_day(timeline: Timeline) -> int | None:
    """14 February, 30 March, or five clear months before the move; None if the kind or the year is not held."""
    kind, year = timeline.facts.get("phase_transfer_kind"), year_of(timeline)
    if kind is None or kind == SIXTH_FORM or year is None:
        return None
    if kind == _BETWEEN:
        on = phase_day(timeline)
        return None if on is None else months.after(on, -5) - 1
    month, day = (3, 31) if kind == _COLLEGE else (2, 15)
    return date(year, month, day).toordinal() - 1
