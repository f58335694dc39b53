# SPDX-License-Identifier: Apache-2.0
"""The plan as data: sentences, needs, outcomes, provision lines with their slots, and listed advice, each
with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.parts.dispatch import Dispatch

SLOTS = (
    "what",
    "need",
    "outcome",
    "who",
    "training",
    "how_long",
    "how_often",
    "until",
    "group",
    "where",
    "checked",
)
PROVISION = ("F", "G", "H1", "H2")
BEFORE_ADVICE = ("A", "B", "C", "D", "E", *PROVISION, "I", "J")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence with its place, section, and the block it stands in."""

    start: int
    end: int
    section: str
    block: int
    text: str
    lower: str
    kind: str = "paragraph"
    row: tuple[int, int, str] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """One need of Section B, C or D."""

    label: str
    section: str
    place: Place
    topics: frozenset[str]
    stems: frozenset[str]
    row: tuple[int, int] | None = None
    area: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One outcome of Section E."""

    label: str
    place: Place
    topics: frozenset[str]
    stems: frozenset[str]
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Provision:
    """One line of provision, its filled slots, and the sentences it is made of."""

    section: str
    place: Place
    sentences: tuple[Sentence, ...]
    slots: Mapping[str, Place]
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    topics: frozenset[str]
    stems: frozenset[str]
    row: tuple[int, int] | None = None
    area: str = ""
    kind: str = "line"

    @property
    def empty(self) -> tuple[str, ...]:
        """The slots that nothing fills."""
        return tuple(slot for slot in SLOTS if slot not in self.slots)


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of advice listed in Section K."""

    place: Place
    role: str | None
    on: date | None


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
