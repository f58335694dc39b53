# SPDX-License-Identifier: Apache-2.0
"""The first day of a plan: open cases in order, where each of them stands, and the tables of districts and bands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from fingerpost.rules.forecast import chance
from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast.demand import Backlog
from fingerpost.rules.forecast.plan import Ints, Words
from fingerpost.rules.forecast.plan_steps import Tables, watched_milestone
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import ENTRIES, Span, shape_table


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Tables of the first day."""

    district_ends: Ints
    band_ends: Ints
    band_order: Ints
    band_weight: Ints
    live: Ints
    live_uid: Words
    tokens: Ints
    first_bucket: int


@dataclass(frozen=True, slots=True)
class Open:
    """One open case with days counted from the first day (before it: negative)."""

    clock: int
    uid: int
    tokens: tuple[tuple[str, int, bool], ...]
    district: str | None
    band: str | None
    excepted: bool


def start_tables(scenario: Scenario, tables: Tables) -> Start:
    """The tables for a scenario's open cases."""
    cases = sorted([*_known(scenario), *_counted(scenario)], key=lambda case: (case.clock, case.uid))
    district_ends = _ends([d.share for d in sorted(scenario.districts, key=lambda d: d.name)], whole=True)
    bands = sorted(scenario.bands, key=lambda band: band.name)
    band_ends = _ends([band.share for band in bands], whole=False)
    orders = [band.order for band in bands] + [1]  # whoever is in no band comes last in the table
    ranks = sorted(set(orders))
    live = np.zeros((len(cases), table.LIVE_COLUMNS), dtype=np.int32)
    tokens: list[tuple[int, int, int, int, int]] = []
    watched: dict[str, int] = {}
    for at, case in enumerate(cases):
        first = case.tokens[0][0]
        watched.setdefault(first, watched_milestone(scenario, first))
        drawn = chance.block(chance.mix(case.uid), chance.salt("case"), 0)
        live[at] = [
            case.clock,
            _place(case.district, list(tables.names.districts), district_ends, chance.field(drawn, 0)),
            _place(case.band, [band.name for band in bands], band_ends, chance.field(drawn, 1))
            + table.EXCEPTED * case.excepted,
            watched[first],
            len(case.tokens),
        ]
        for slot, (step, joined, started) in enumerate(case.tokens):
            tokens.append((at, slot, tables.number(step), joined, int(started)))
    tokens.sort(key=lambda token: (token[3], token[0], token[1]))
    weights = [band.weight for band in bands] + [0]
    earliest = min([0, *(case.clock for case in cases), *(token[3] for token in tokens)])
    return Start(
        district_ends,
        band_ends,
        np.array([ranks.index(order) for order in orders], dtype=np.int32),
        np.array(weights, dtype=np.int32),
        live,
        np.array([case.uid for case in cases], dtype=np.uint64),
        np.array(tokens, dtype=np.int32).reshape(-1, table.TOKEN_COLUMNS),
        earliest - max(weights),
    )


def _ends(shares: list[float], *, whole: bool) -> Ints:
    """Upper thresholds of 16 bits for these shares; `whole` shares are of their own sum."""
    total = sum(shares) if whole else 1.0
    ends = np.rint(np.cumsum(np.array(shares, dtype=np.float64)) / total * chance.SHARES)
    if whole:
        ends[-1] = chance.SHARES
    return ends.astype(np.int32)


def _place(name: str | None, names: list[str], ends: Ints, drawn: int) -> int:
    if name is not None:
        return names.index(name)
    return int(np.searchsorted(ends, drawn, side="right"))


def _known(scenario: Scenario) -> Iterator[Open]:
    for case in scenario.live:
        yield Open(
            _day(scenario, case.clock_on),
            chance.salt("live", case.number),
            tuple((t.step, _day(scenario, t.joined_on), t.started) for t in case.tokens),
            case.district,
            case.band,
            case.excepted,
        )


def _day(scenario: Scenario, on: date) -> int:
    return (on - scenario.starts_on).days


def _counted(scenario: Scenario) -> Iterator[Open]:
    """Cases of which only the count is known: ages at even steps through the spread, none by luck."""
    for group in sorted(scenario.backlog, key=lambda group: group.name):
        for at in range(group.count):
            age = _quantile(group.age, (at + 0.5) / group.count)
            waited = age if group.waited is None else min(age, _waited(group, at))
            steps = (group.step, *group.others)
            yield Open(
                -age,
                chance.salt("backlog", group.name, at),
                tuple((step, -waited, group.started) for step in steps),
                None,
                None,
                False,
            )


def _waited(group: Backlog, at: int) -> int:
    """Whoever is older has waited longer, as far as counts can tell."""
    span = group.waited
    return 0 if span is None else _quantile(span, (at + 0.5) / group.count)


def _quantile(span: Span, share: float) -> int:
    table_of = shape_table(span.shape, span.numbers)
    return round(float(table_of[int(share * ENTRIES)]) * span.level.middle)
