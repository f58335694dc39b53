# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a return brings to this room, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fingerpost.records.cases.differing import Question
from fingerpost.rules.returns.facts import StatutoryFact


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request of a return. `is_new`: the case does not stand yet; its id was given by the caller."""

    case_id: str
    person_id: str
    team_id: str
    is_new: bool
    request_received_on: date | None
    facts: Sequence[StatutoryFact]
    officer_id: str | None = None
    census_on: date | None = None  # of the newest return that held the case before


@dataclass(frozen=True, slots=True)
class Source:
    """The file that rows come from."""

    fingerprint: str
    census_on: date
    again: bool  # this year was loaded before


@dataclass(slots=True)
class Loaded:
    """What a bulk verb did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    taken_back: int = 0
    questions: list[tuple[Incoming, Question]] = field(default_factory=list)
