# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stays the same through one import, and one record of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.cases.incoming import Source
from fingerpost.records.returns.loading.children import PlaceOf
from fingerpost.rules.returns import doubts
from fingerpost.rules.returns.records import Header, PersonRecord


@dataclass(slots=True)
class Job:
    """What stays the same through one import."""

    area_id: UUID
    file_id: UUID
    by: UUID
    at: datetime
    header: Header
    source: Source
    newest: bool  # no newer year has been loaded
    earlier_census_on: date | None  # of the year before, if it was loaded
    place_of: PlaceOf
    schools: Mapping[str, str]
    together: doubts.Together
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class One:
    """A record with its child and what the whole file makes doubtful about it."""

    record: PersonRecord
    doubts: tuple[doubts.Doubt, ...]
