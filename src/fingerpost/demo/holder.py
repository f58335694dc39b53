# SPDX-License-Identifier: AGPL-3.0-or-later
"""One plan holder in the making, before it is a child with a story."""

from dataclasses import dataclass, field
from datetime import date

from fingerpost.demo.lives import Child, Request


@dataclass(slots=True, eq=False)
class Holder:
    """A plan holder in the making: age on 31 August 2024, and the group that says how the plan came and went."""

    age: int
    entered: int = 0
    """Activity year in which the plan came into the stock; 0 before 2023."""
    ceased: int = 0
    start_year: int = 0
    origin: str = "old"
    request: Request | None = None
    start_age: int | None = None
    request_age: int | None = None
    amended: bool = False
    """The plan was amended in the year it was made, so that its date is later than the day it was first made."""
    child: Child = field(default_factory=Child)


def came(request: Request | None) -> date:
    return (request.received_on if request else None) or date.min
