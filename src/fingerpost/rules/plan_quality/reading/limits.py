# SPDX-License-Identifier: Apache-2.0
"""How much of anything one document may hold before it is refused."""

from fingerpost.rules.plan_quality.reading.refusals import Refused

FILE_BYTES = 60_000_000
UNPACKED_BYTES = 200_000_000
PART_BYTES = 60_000_000
PARTS = 5_000
PAGES = 1_000
LETTERS = 4_000_000


def hold(amount: int, most: int, what: str, unit: str) -> None:
    """Refuse when there is more than the limit."""
    if amount > most:
        raise Refused(
            f"{what} is {amount:,} {unit}; the limit is {most:,}. Split the file, or send the plan alone."
        )
