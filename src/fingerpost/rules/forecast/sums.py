# SPDX-License-Identifier: Apache-2.0
"""What a replication leaves behind: counts and sums by month, kept as whole numbers so that they add up anywhere."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast.plan import Plan

BINS = 80
BIN_DAYS = 14  # the last bin holds everything older
# Columns: all, in time, all but exceptions, of these in time, sum of days.
ALL, IN_TIME, PLAIN, PLAIN_IN_TIME, DAYS = range(5)
OPEN, OPEN_LATE = range(2)
WAITING, WAITING_LATE, WAITED = range(3)
OFFERED, USED, LOST = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Counts of one or more replications; the replication is the first index of every table."""

    marks: NDArray[np.int64]  # milestone, month, district, column
    mark_ages: NDArray[np.int32]  # milestone, month, bin
    open: NDArray[np.int64]  # milestone, month, district, column: on the last day of the month
    open_ages: NDArray[np.int32]  # milestone, month, bin
    waiting: NDArray[np.int64]  # pool, month, district, column: on the last day of the month
    waiting_ages: NDArray[np.int32]  # pool, month, bin
    minutes: NDArray[np.int64]  # pool, month, column
    arrived: NDArray[np.int64]  # stream, month, district
    ended: NDArray[np.int64]  # outcome, month
    standing: NDArray[np.int64]  # month, step; one more column for cases inside a fork

    def tables(self) -> dict[str, NDArray[np.int64] | NDArray[np.int32]]:
        """Every table by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def one(self, at: int) -> dict[str, NDArray[np.int64] | NDArray[np.int32]]:
        """The tables of one replication, to be written into."""
        return {name: table[at] for name, table in self.tables().items()}


def empty(plan: Plan, replications: int) -> Sums:
    """Room for the sums of this many replications."""
    names, months = plan.names, len(plan.names.months)
    districts, milestones, pools = len(names.districts), len(names.milestones), len(names.pools)

    def room(*shape: int) -> NDArray[np.int64]:
        return np.zeros((replications, *shape), dtype=np.int64)

    def bins(kinds: int) -> NDArray[np.int32]:
        return np.zeros((replications, kinds, months, BINS), dtype=np.int32)

    return Sums(
        marks=room(milestones, months, districts, 5),
        mark_ages=bins(milestones),
        open=room(milestones, months, districts, 2),
        open_ages=bins(milestones),
        waiting=room(pools, months, districts, 3),
        waiting_ages=bins(pools),
        minutes=room(pools, months, 3),
        arrived=room(len(names.streams), months, districts),
        ended=room(len(names.outcomes), months),
        standing=room(months, len(names.steps) + 1),
    )


def joined(parts: list[Sums]) -> Sums:
    """Sums of several runs of replications, one after the other."""
    return Sums(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Sums)})
