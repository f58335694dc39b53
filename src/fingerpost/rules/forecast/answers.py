# SPDX-License-Identifier: Apache-2.0
"""Answers people ask for: when a target is reached, where the bottleneck is, who waits longest, what it costs."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fingerpost.rules.forecast import measures, sums
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import quantiles
from fingerpost.rules.forecast.tables import FAN, area_series

Fan = NDArray[np.float64]  # quantile x district
STAYS = 3  # months in a row that count as reached
NOBODY = "none"
SHORT_WAIT = 14.0  # days of the longest-waiting tenth below which a pool holds nobody up


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """In which month each replication reached a target; -1: not within the horizon."""

    months: tuple[date, ...]
    first: NDArray[np.int64]

    @property
    def chance(self) -> float:
        """How likely it is to be reached within the horizon."""
        return float((self.first >= 0).mean())

    def chance_by(self, month: date) -> float:
        """How likely it is to be reached in this month or before."""
        limit = sum(1 for start in self.months if start <= month)
        return float(((self.first >= 0) & (self.first < limit)).mean())

    def month_at(self, quantile: float) -> date | None:
        """The month by which this share of all replications has reached it; nothing if fewer ever do."""
        places = np.sort(np.where(self.first < 0, len(self.months), self.first))
        place = int(places[min(int(np.ceil(quantile * places.size)) - 1, places.size - 1)])
        return self.months[place] if place < len(self.months) else None

    def said(self) -> dict[str, object]:
        """As data: chance, and the months of the fan."""
        named = {f"{round(q * 100)}%": self.month_at(q) for q in FAN}
        shown = {
            name: f"{month:%Y-%m}" if month else "not within the horizon" for name, month in named.items()
        }
        return {"chance": round(self.chance, 4), "month_by_which_this_share_has_reached_it": shown}


def first_month(
    forecast: Forecast,
    measure: str,
    *,
    subject: str | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    stays: int = STAYS,
) -> Reached:
    """The first month from which a target is kept for `stays` months in a row (or to the horizon)."""
    values = area_series(forecast, measure, subject or main_subject(forecast, measure))
    with np.errstate(invalid="ignore"):
        if at_least is not None and at_most is None:
            met = values >= at_least
        elif at_most is not None and at_least is None:
            met = values <= at_most
        else:
            raise Unsuitable("target", "give either at_least or at_most")
    met = met | (np.isnan(values) & (np.cumsum(np.isfinite(values), axis=1) > 0) & _before(met))
    return Reached(forecast.names.months, _first_run(met, stays))


def _before(met: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Was it met in the month before? A month in which nothing happened changes nothing."""
    return np.concatenate([np.zeros((met.shape[0], 1), dtype=bool), met[:, :-1]], axis=1)


def _first_run(met: NDArray[np.bool_], stays: int) -> NDArray[np.int64]:
    kept = met.copy()
    for ahead in range(1, stays):
        kept[:, : met.shape[1] - ahead] &= met[:, ahead:]
    return np.where(kept.any(axis=1), kept.argmax(axis=1), -1)


def main_subject(forecast: Forecast, measure: str) -> str:
    """What a measure is mostly asked of: the plans issued where there are any, else the first in the alphabet."""
    names = measures.subjects(forecast, measure)
    if not names:
        raise Unsuitable("subject", f'nothing in this scenario has the measure "{measure}"')
    return "issued" if "issued" in names else names[0]


def bottlenecks(forecast: Forecast) -> pl.DataFrame:
    """By month: how likely each pool is the one in which the longest-waiting tenth waits longest."""
    waits = np.nan_to_num(np.moveaxis(forecast.kept.waiting_tenth, 1, 0).astype(np.float64))
    calm = np.full((1, *waits.shape[1:]), SHORT_WAIT)
    longest = np.concatenate([calm, waits]).argmax(axis=0)  # replication x month
    names = (NOBODY, *forecast.names.pools)
    rows = [
        {
            "scenario": forecast.scenario.name,
            "month": month,
            "pool": name,
            "chance": float((longest[:, at] == which).mean()),
        }
        for at, month in enumerate(forecast.names.months)
        for which, name in enumerate(names)
    ]
    return pl.DataFrame(rows)


def equity(forecast: Forecast, milestone: str = "issued") -> pl.DataFrame:
    """By calendar year: timeliness and mean days of each district, and how far both lie from the whole area."""
    months = forecast.names.months
    marks = forecast.kept.marks[:, forecast.names.milestones.index(milestone)].astype(np.float64)
    rows: list[dict[str, object]] = []
    for year in sorted({month.year for month in months}):
        chosen = marks[:, [at for at, month in enumerate(months) if month.year == year]].sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = _against(chosen, sums.PLAIN_IN_TIME, sums.PLAIN)
            days = _against(chosen, sums.DAYS, sums.ALL)
        fans = dict(zip(("timeliness", "gap", "days", "days_gap"), (*share, *days), strict=True))
        for at, district in enumerate(forecast.names.districts):
            row: dict[str, object] = {"scenario": forecast.scenario.name, "year": year, "district": district}
            for word, fan in fans.items():
                row |= {f"{word}_{round(q * 100)}": float(fan[n, at]) for n, q in enumerate(FAN)}
            rows.append(row)
    return pl.DataFrame(rows)


def _against(marks: NDArray[np.float64], above: int, below: int) -> tuple[Fan, Fan]:
    """Fans of a ratio by district, and of its distance from that of the whole area."""
    districts = marks[..., above] / marks[..., below]
    area = marks[..., above].sum(axis=1) / marks[..., below].sum(axis=1)
    return quantiles(districts, FAN), quantiles(districts - area[:, None], FAN)


def hours(forecast: Forecast) -> pl.DataFrame:
    """By pool and calendar year: hours there were, hours worked, hours nobody needed, mean over replications."""
    months, rows = forecast.names.months, []
    for year in sorted({month.year for month in months}):
        inside = [at for at, month in enumerate(months) if month.year == year]
        minutes = forecast.kept.minutes[:, :, inside].sum(axis=2).mean(axis=0) / 60
        for at, pool in enumerate(forecast.names.pools):
            offered, used, idle = (round(float(minutes[at, column]), 1) for column in range(3))
            row = {"scenario": forecast.scenario.name, "year": year, "pool": pool}
            rows.append(row | {"offered": offered, "used": used, "idle": idle})
    return pl.DataFrame(rows)


Paid = Literal["ordinary hours", "extra hours"]


def cost(forecast: Forecast) -> pl.DataFrame:
    """What the horizon costs: hours of each pool at its price, and what was paid for extra hours."""
    rows: list[dict[str, object]] = []
    offered = forecast.kept.minutes[:, :, :, sums.OFFERED].sum(axis=2) / 60
    for at, name in enumerate(forecast.names.pools):
        price = forecast.scenario.pool(name).cost_an_hour
        rows.append(_cost_row(forecast, name, "hours offered", offered[:, at] * price))
    for injection in forecast.scenario.injections:
        rows.append(_cost_row(forecast, injection.name, "paid for extra hours", np.array([injection.cost])))
    return pl.DataFrame(rows)


def _cost_row(forecast: Forecast, name: str, what: str, values: NDArray[np.float64]) -> dict[str, object]:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    shown = {"low": round(float(low), 2), "middle": round(float(middle), 2), "high": round(float(high), 2)}
    return {"scenario": forecast.scenario.name, "for": name, "what": what, **shown}
