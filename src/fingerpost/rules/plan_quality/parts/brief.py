# SPDX-License-Identifier: Apache-2.0
"""What is known beside a plan: the child, other children, advice, letter, clocks, marks, findings set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.parts.dispatch import Dispatch


@dataclass(frozen=True, slots=True)
class Person:
    """The child as the office knows it: the known set."""

    first_name: str = ""
    last_name: str = ""
    known_as: tuple[str, ...] = ()
    born_on: date | None = None
    year_group: int | None = None
    upn: str = ""
    nhs_number: str = ""
    case_number: str = ""
    pronouns: str = ""
    family: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    local_authority: str = ""
    address: str = ""
    restricted_contact: bool = False
    icb_agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Another child: enough to know that its words do not belong here."""

    first_name: str = ""
    last_name: str = ""
    upn: str = ""
    nhs_number: str = ""
    case_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One piece of advice as read, beside its file name."""

    name: str
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Why a finding was set aside, by whom, on which day; a manager may also let a BLOCK pass, never a leak."""

    reason: str
    by: str
    on: str
    manager: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Where one legal duty of the case stands, as `fingerpost clocks` answers it."""

    duty: str
    title: str
    verdict: str
    due: str = ""
    days_late: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """A person's marks for every criterion, None where it does not apply, and the step of the voice ladder."""

    by: str
    on: str
    marks: Mapping[str, int | None]
    voice_ladder: int | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """What is known beside the plan itself; None means it was not given, which is never a pass."""

    today: date
    stage: str | None = None
    child: Person | None = None
    others: tuple[Other, ...] | None = None
    advice: tuple[Report, ...] | None = None
    dismissed: Mapping[str, Dismissal] = field(default_factory=dict)
    before: Document | None = None
    review: Report | None = None
    letter: str | None = None
    clocks: tuple[Clock, ...] | None = None
    dispatch: Dispatch | None = None
    shared: frozenset[str] | None = None
    marks: Marks | None = None
