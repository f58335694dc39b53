# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a clock stands on a drawn timeline, the same for every reader."""

from datetime import date

from fingerpost.kit.timeline import State
from fingerpost.rules.duties.clocks import Clock


def state(clock: Clock, today: date) -> State:
    """Met, missed, or still open. What is not known is never missed."""
    if clock.closed_on:
        return "missed" if clock.days_late and clock.days_late > 0 else "met"
    return "missed" if clock.due and clock.due < today and clock.verdict != "unknown" else "open"
