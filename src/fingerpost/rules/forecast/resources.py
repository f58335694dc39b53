# SPDX-License-Identifier: Apache-2.0
"""Who works: pools of hours, dated extra hours, dated losses, and the order in which a pool takes cases."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from fingerpost.rules.forecast.figures import ONE, Figure

Rule = Literal["first_joined", "oldest_first", "earliest_due", "weighted_due"]
RULES: tuple[str, ...] = get_args(Rule)
Split = Literal["area", "locality", "district"]
SPLITS: tuple[str, ...] = get_args(Split)
DELIVERED = Figure("uniform", (0.6, 1.05), "assumed", "share of bought hours that arrives")


@dataclass(frozen=True, slots=True)
class Pool:
    """Hours a year that can be worked, and how they are spread over the year and the area."""

    name: str
    hours: Figure
    growth: Figure = ONE
    holiday_factor: float = 1.0
    by: Split = "area"
    rule: Rule | None = None
    cost_an_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class Injection:
    """Extra hours for a pool between two days (both included), and the share of them that is delivered."""

    name: str
    pool: str
    first_on: date
    last_on: date
    hours: Figure
    delivery: Figure = DELIVERED
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Loss:
    """A share of a pool's ordinary hours that is lost between two days (both included)."""

    name: str
    pool: str
    first_on: date
    last_on: date
    share: Figure
