# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers in the right form that no real child, school or home can bear."""

from collections import Counter
from datetime import date

from fingerpost.rules.identifiers.upn import upn_check_letter

NEVER_ISSUED_SCHOOL = "0042"
"""Establishment numbers begin at 1000; check this one against the register whenever it is loaded."""
FIRST_URN = 990001
"""The register has issued numbers up to about 152000, and Welsh ones from 400000."""
FIRST_UKPRN = 19990001
"""The provider register has issued numbers beginning 100."""


class UpnRegister:
    """Gives out numbers by year of joining a school; a full year runs into the next, its last ten are the cast's."""

    def __init__(self, area: str) -> None:
        self._area = area
        self._given: Counter[int] = Counter()

    def next(self, birth_on: date) -> str:
        year = birth_on.year + (5 if birth_on.month >= 9 else 4)
        while self._given[year] >= 990:
            year += 1
        serial = self._given[year]
        self._given[year] += 1
        digits = f"{self._area}{NEVER_ISSUED_SCHOOL}{year % 100:02d}{serial:03d}"
        return upn_check_letter(digits) + digits
