# SPDX-License-Identifier: Apache-2.0
"""What is kept of a replication: its sums, and where the longest-waiting tenth begins."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import BIN_DAYS, Sums, empty

try:
    from fingerpost.rules.forecast.kernel import tenths
except ImportError:  # no Numba for this machine
    tenths = None  # type: ignore[assignment]

TENTH = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Tables with the replication as first index; `replication` says which ones they are."""

    replication: NDArray[np.int64]
    marks: NDArray[np.int32]
    open: NDArray[np.int32]
    waiting: NDArray[np.int32]
    minutes: NDArray[np.int64]
    arrived: NDArray[np.int32]
    ended: NDArray[np.int32]
    standing: NDArray[np.int32]
    mark_tenth: NDArray[np.float32]
    open_tenth: NDArray[np.float32]
    waiting_tenth: NDArray[np.float32]

    def __len__(self) -> int:
        return int(self.replication.size)

    def tables(self) -> dict[str, NDArray[np.generic]]:
        """Every table by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def room(plan: Plan, first: int, last: int) -> Kept:
    """Room for the replications from `first` to before `last`."""
    count, one = last - first, empty(plan, 1)

    def small(table: NDArray[np.int64]) -> NDArray[np.int32]:
        return np.zeros((count, *table.shape[1:]), dtype=np.int32)

    def tenth(ages: NDArray[np.int32]) -> NDArray[np.float32]:
        return np.zeros((count, *ages.shape[1:-1]), dtype=np.float32)

    return Kept(
        replication=np.arange(first, last),
        marks=small(one.marks),
        open=small(one.open),
        waiting=small(one.waiting),
        minutes=np.zeros((count, *one.minutes.shape[1:]), dtype=np.int64),
        arrived=small(one.arrived),
        ended=small(one.ended),
        standing=small(one.standing),
        mark_tenth=tenth(one.mark_ages),
        open_tenth=tenth(one.open_ages),
        waiting_tenth=tenth(one.waiting_ages),
    )


def keep(kept: Kept, at: int, sums: Sums) -> None:
    """Keep one replication."""
    for name in ("marks", "open", "waiting", "minutes", "arrived", "ended", "standing"):
        getattr(kept, name)[at] = getattr(sums, name)[0]
    for name in ("mark", "open", "waiting"):
        ages, found = getattr(sums, f"{name}_ages")[0], getattr(kept, f"{name}_tenth")[at]
        if tenths is None:
            found[...] = tenth_from(ages)
        else:
            tenths.tenths(ages, found, TENTH, BIN_DAYS)


def tenth_from(ages: NDArray[np.int32]) -> NDArray[np.float64]:
    """Days that only the longest-waiting tenth has passed; not a number where nobody is counted."""
    sums = np.cumsum(ages, axis=-1, dtype=np.float64)
    wanted = TENTH * sums[..., -1]
    bin_at = np.minimum((sums < wanted[..., None]).sum(axis=-1), ages.shape[-1] - 1)
    below = np.take_along_axis(sums, np.maximum(bin_at - 1, 0)[..., None], axis=-1)[..., 0] * (bin_at > 0)
    inside = np.take_along_axis(ages, bin_at[..., None], axis=-1)[..., 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        days = BIN_DAYS * (bin_at + (wanted - below) / inside)
    return np.where(sums[..., -1] > 0, days, np.nan)


def joined(parts: list[Kept]) -> Kept:
    """Parts put together, in order of replication."""
    whole = {f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Kept)}
    order = np.argsort(whole["replication"], kind="stable")
    return Kept(**{name: table[order] for name, table in whole.items()})
