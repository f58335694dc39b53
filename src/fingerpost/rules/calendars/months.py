# SPDX-License-Identifier: Apache-2.0
"""Calendar months by the corresponding-date rule (Dodds v Walker, House of Lords 1981)."""

from calendar import monthrange
from datetime import date
from functools import cache


@cache
def shifted(start: int, months: int) -> tuple[int, bool]:
    """The corresponding day `months` on (or back), and whether it exists; if not, the last day of that month."""
    on = date.fromordinal(start)
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    length = monthrange(year, month)[1]
    exists = on.day <= length
    return date(year, month, min(on.day, length)).toordinal(), exists


def after(start: int, months: int) -> int:
    """`M+`: within N months of a day; that day is left out."""
    return shifted(start, months)[0]


def beginning_with(start: int, months: int) -> int:
    """`MI`: a period of N months of which the start is day 1. No day is taken off twice at a short month's end."""
    end, exists = shifted(start, months)
    return end - 1 if exists else end
