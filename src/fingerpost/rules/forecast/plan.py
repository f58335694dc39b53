# SPDX-License-Identifier: Apache-2.0
"""A plan: one scenario with every doubt settled, as the tables of whole numbers both engines run on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]
Reals = NDArray[np.float64]

# Operations, by number.
WORK, DELAY, BRANCH, FORK, JOIN, MARK, CLOCK, END = range(8)
# Columns of the step table.
OP, POOL, HOURS, DAYS, DUE, SHARE, NEXT, OTHER, THIRD, COUNT, MILESTONE, TARGET, COLUMNS = range(13)
# Columns of the table of live cases: clock day, district, flags, open milestone, tokens that must meet.
LIVE_CLOCK, LIVE_DISTRICT, LIVE_FLAGS, LIVE_MILESTONE, LIVE_TOKENS, LIVE_COLUMNS = range(6)
# Columns of the table of live tokens, in the order in which they join: case, place, step, day joined, started.
TOKEN_CASE, TOKEN_SLOT, TOKEN_STEP, TOKEN_JOINED, TOKEN_STARTED, TOKEN_COLUMNS = range(6)
NONE = 255  # no milestone is being waited for
EXCEPTED = 128  # flag: an exception of regulation 10(4) applies; the low bits are the band
RULE_NUMBERS = {"first_joined": 0, "oldest_first": 1, "earliest_due": 2, "weighted_due": 3}


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers of a plan stand for."""

    steps: tuple[str, ...]
    pools: tuple[str, ...]
    streams: tuple[str, ...]
    districts: tuple[str, ...]
    milestones: tuple[str, ...]
    outcomes: tuple[str, ...]
    targets: tuple[int, ...]
    months: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Tables for one set of figures; what does not depend on them is shared between plans."""

    names: Names
    days: int
    first_ordinal: int
    steps: Ints  # step x column
    salts: Words  # of steps
    spans: Ints  # table x 1024: minutes or days
    capacity: Ints  # queue x day: minutes
    queue_of: Ints  # pool x district
    pool_rule: Ints
    rates: Reals  # stream x day
    none_come: Reals  # stream x day: chance that nobody comes
    stream_salt: Words
    stream_step: Ints
    stream_milestone: Ints
    excepted: Ints  # stream: threshold of 16 bits
    district_ends: Ints  # upper thresholds of 16 bits
    band_ends: Ints
    band_order: Ints
    band_weight: Ints
    live: Ints
    live_uid: Words
    tokens: Ints
    month_of: Ints  # day -> month
    month_ends: Ints  # last day of each month; of the last one, the last day of the horizon
    first_bucket: int
    buckets: int
    expected: int  # cases to make room for

    def arrays(self) -> dict[str, Any]:
        """Every array by name."""
        return {
            name: value for name in self.__slots__ if isinstance(value := getattr(self, name), np.ndarray)
        }
