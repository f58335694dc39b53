# SPDX-License-Identifier: Apache-2.0
"""Which return people work for on a day: COLLECT closes in March, so from April on it is the next one."""

from datetime import date

from fingerpost.rules.returns import layout

TURN = 4


def year_at(today: date) -> int:
    """As far as the shape of that year is known."""
    wanted = today.year if today.month < TURN else today.year + 1
    return min(max(wanted, layout.years()[0]), layout.years()[-1])
