# SPDX-License-Identifier: Apache-2.0
"""The plan as data: sentences, needs, outcomes, provision lines with their slots, and listed advice, each
with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
