# SPDX-License-Identifier: Apache-2.0
"""The measures of a forecast: shares, counts, days and hours by month and district."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast import sums
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.kept import Kept

Series = NDArray[np.float64]  # replication, month, district; the whole area comes last
Subjects = Literal["milestones", "pools", "streams", "outcomes"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is of, its unit, and how it is read from the sums."""

    title: str
    unit: str
    of: Subjects
    make: Callable[[Kept, int], Series]
    target_only: bool = False


def _whole(table: NDArray[np.int32]) -> Series:
    """The districts, and their sum."""
    numbers = table.astype(np.float64)
    return np.concatenate([numbers, numbers.sum(axis=-1, keepdims=True)], axis=-1)


def _area(table: NDArray[np.generic]) -> Series:
    return np.asarray(table, dtype=np.float64)[..., None]


def _ratio(above: NDArray[np.int32], below: NDArray[np.int32], factor: float = 1.0) -> Series:
    upper, lower = _whole(above), _whole(below)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(lower > 0, factor * upper / lower, np.nan)


def _mark(column: int, under: int | None = None) -> Callable[[Kept, int], Series]:
    if under is None:
        return lambda kept, at: _whole(kept.marks[:, at, :, :, column])
    return lambda kept, at: _ratio(kept.marks[:, at, :, :, column], kept.marks[:, at, :, :, under])


def _open_share(kept: Kept, at: int) -> Series:
    return _ratio(kept.open[:, at, :, :, sums.OPEN_LATE], kept.open[:, at, :, :, sums.OPEN])


def _waiting(column: int) -> Callable[[Kept, int], Series]:
    return lambda kept, at: _whole(kept.waiting[:, at, :, :, column])


def _waited(kept: Kept, at: int) -> Series:
    return _ratio(kept.waiting[:, at, :, :, sums.WAITED], kept.waiting[:, at, :, :, sums.WAITING])


def _hours(column: int) -> Callable[[Kept, int], Series]:
    return lambda kept, at: _area(kept.minutes[:, at, :, column] / 60)


MEASURES: dict[str, Measure] = {
    "timeliness": Measure(
        "within the legal time, of those issued in the month, less exceptions", "share", "milestones",
        _mark(sums.PLAIN_IN_TIME, sums.PLAIN), True,
    ),
    "timeliness_all": Measure(
        "within the legal time, of all issued in the month", "share", "milestones",
        _mark(sums.IN_TIME, sums.ALL), True,
    ),
    "issued": Measure("reached in the month", "cases", "milestones", _mark(sums.ALL)),
    "mean_days": Measure("mean days from the clock start", "days", "milestones", _mark(sums.DAYS, sums.ALL)),
    "taken_tenth": Measure(
        "days that the longest-waiting tenth of those issued took at least", "days", "milestones",
        lambda kept, at: _area(kept.mark_tenth[:, at]),
    ),
    "open": Measure(
        "open at the end of the month", "cases", "milestones",
        lambda kept, at: _whole(kept.open[:, at, :, :, sums.OPEN]), True,
    ),
    "open_late": Measure(
        "open and past the legal time at the end of the month", "cases", "milestones",
        lambda kept, at: _whole(kept.open[:, at, :, :, sums.OPEN_LATE]), True,
    ),
    "open_late_share": Measure(
        "past the legal time, of those open at the end of the month", "share", "milestones", _open_share, True
    ),
    "open_tenth": Measure(
        "days that the longest-waiting tenth of those open has been open at least", "days", "milestones",
        lambda kept, at: _area(kept.open_tenth[:, at]), True,
    ),
    "waiting": Measure("waiting at the end of the month", "cases", "pools", _waiting(sums.WAITING)),
    "waiting_late": Measure("waiting past the due day", "cases", "pools", _waiting(sums.WAITING_LATE)),
    "waited_days": Measure("mean days waited by those waiting", "days", "pools", _waited),
    "waiting_tenth": Measure(
        "days that the longest-waiting tenth of those waiting has waited at least", "days", "pools",
        lambda kept, at: _area(kept.waiting_tenth[:, at]),
    ),
    "hours_offered": Measure("hours there were", "hours", "pools", _hours(sums.OFFERED)),
    "hours_used": Measure("hours worked", "hours", "pools", _hours(sums.USED)),
    "hours_idle": Measure("hours nobody needed on their day", "hours", "pools", _hours(sums.LOST)),
    "requests": Measure("received in the month", "cases", "streams", lambda kept, at: _whole(kept.arrived[:, at])),
    "ended": Measure("left in the month", "cases", "outcomes", lambda kept, at: _area(kept.ended[:, at])),
}  # fmt: skip


def subjects(forecast: Forecast, measure: str) -> tuple[str, ...]:
    """What this measure can be taken of in this forecast."""
    found = MEASURES.get(measure)
    if found is None:
        raise Unsuitable("measure", f'there is no measure "{measure}"; there are {", ".join(MEASURES)}')
    names: tuple[str, ...] = getattr(forecast.names, found.of)
    if not found.target_only:
        return names
    timed = {name for name, days in zip(names, forecast.names.targets, strict=True) if days}
    wanted = timed & _watched(forecast) if measure.startswith("open") else timed
    return tuple(name for name in names if name in wanted)


def _watched(forecast: Forecast) -> set[str]:
    """The milestones that cases can be open for."""
    plan = forecast.template.middle
    clocks = plan.steps[plan.steps[:, table.OP] == table.CLOCK, table.MILESTONE]
    numbers = {
        *clocks.tolist(),
        *plan.stream_milestone.tolist(),
        *plan.live[:, table.LIVE_MILESTONE].tolist(),
    }
    return {name for at, name in enumerate(forecast.names.milestones) if at in numbers}


def series(forecast: Forecast, measure: str, subject: str) -> Series:
    """One measure of one subject in every replication."""
    if subject not in subjects(forecast, measure):
        known = ", ".join(subjects(forecast, measure)) or "nothing in this scenario"
        raise Unsuitable("subject", f'"{measure}" can be taken of {known}; not of "{subject}"')
    found = MEASURES[measure]
    return found.make(forecast.kept, getattr(forecast.names, found.of).index(subject))


def quantiles(values: Series, at: tuple[float, ...]) -> NDArray[np.float64]:
    """Quantiles over the first axis, leaving out what is not a number; quantile first."""
    order = np.sort(values, axis=0)  # not-a-number goes last
    counts = np.isfinite(order).sum(axis=0)
    found = []
    for quantile in at:
        place = quantile * np.maximum(counts - 1, 0)
        low = np.floor(place).astype(np.int64)
        high = np.minimum(low + 1, np.maximum(counts - 1, 0))
        below = np.take_along_axis(order, low[None], axis=0)[0]
        above = np.take_along_axis(order, high[None], axis=0)[0]
        found.append(np.where(counts > 0, below + (above - below) * (place - low), np.nan))
    return np.stack(found)
