# SPDX-License-Identifier: Apache-2.0
"""What one SEN2 return holds, record by record, the same in every year's shape.

`line` is where the record starts in the file; it is ignored when two records are compared.
Sex is `M` or `F` in every year (0 and 9 are kept as written in a 2023 return).
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Header:
    """Who sends the return, for which census day, and how often it has been sent."""

    collection: str
    year: int
    census_on: date
    la: str
    serial: str
    made_at: datetime | None = None
    software: str | None = None
    dmo: str | None = None
    dco: str | None = None
    dsco: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class SettingRecord:
    """A setting that a plan names (PlanDetail) or that is attended (PlacementDetail)."""

    line: int = field(compare=False, default=0)
    urn: str | None = None
    ukprn: str | None = None
    setting: str | None = None
    setting_other: str | None = None
    rank: int | None = None
    sen_unit: bool | None = None
    resourced: bool | None = None
    entered_on: date | None = None
    left_on: date | None = None
    attendance: str | None = None
    res: str | None = None
    wbp: str | None = None


@dataclass(frozen=True, slots=True)
class NeedRecord:
    """One type of need of an active plan."""

    line: int = field(compare=False, default=0)
    kind: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class NamedPlanRecord:
    """A plan: its current date, the settings it names, its budget, and its end."""

    line: int = field(compare=False, default=0)
    started_on: date | None = None
    settings: tuple[SettingRecord, ...] = ()
    res: str | None = None
    wbp: str | None = None
    pb: bool | None = None
    oa: bool | None = None
    dp: str | None = None
    ceased_on: date | None = None
    cease_reason: str | None = None


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """The assessment that followed a request, and the first decision on a plan."""

    line: int = field(compare=False, default=0)
    outcome: str = ""
    outcome_on: date | None = None
    mediation: bool | None = None
    tribunal: bool | None = None
    other_mediation: bool | None = None
    other_tribunal: bool | None = None
    week20: bool | None = None
    plan: NamedPlanRecord | None = None


@dataclass(frozen=True, slots=True)
class ActivePlanRecord:
    """The picture of a plan on census day: placements, needs, reviews."""

    line: int = field(compare=False, default=0)
    transfer_la: str | None = None
    placements: tuple[SettingRecord, ...] = ()
    needs: tuple[NeedRecord, ...] = ()
    review_meeting_on: date | None = None
    last_review_on: date | None = None
    review_outcome: str | None = None
    review_draft_on: date | None = None
    phase_due_on: date | None = None
    phase_final_on: date | None = None
    res: str | None = None
    wbp: str | None = None


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request for an assessment and everything that followed from it."""

    line: int = field(compare=False, default=0)
    received_on: date | None = None
    source: str | None = None
    rya: bool | None = None
    outcome: str = ""
    outcome_on: date | None = None
    mediation: bool | None = None
    tribunal: bool | None = None
    exported: str | None = None
    assessment: AssessmentRecord | None = None
    active: ActivePlanRecord | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One child or young person. A strict reading never yields one without names and birth date."""

    ordinal: int = field(compare=False)
    line: int = field(compare=False)
    surname: str
    forename: str
    birth_on: date
    sex: str | None = None
    ethnicity: str | None = None
    postcode: str | None = None
    upn: str | None = None
    uln: str | None = None
    upn_unknown: str | None = None
    requests: tuple[RequestRecord, ...] = ()
