# SPDX-License-Identifier: AGPL-3.0-or-later
"""About six hundred made-up settings, of every published placement kind, with plain names and numbers never issued."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fingerpost.demo import identities, postcodes
from fingerpost.demo.names import WORDS
from fingerpost.demo.postcodes import DISTRICTS, District
from fingerpost.demo.quotas import shares, shuffled, stream


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of setting: the published column it counts in, the register's type, ages, last words of its name."""

    column: str
    phase: str
    type_code: int
    type_name: str
    ages: tuple[int, int]
    count: int
    ending: str

    @property
    def sort(self) -> str:
        return "college" if self.phase == "Post-16" else "school"


KINDS = (
    Kind(
        "mainstream_la_maintained",
        "Nursery",
        15,
        "Local authority nursery school",
        (2, 4),
        24,
        "Nursery School",
    ),
    Kind("mainstream_la_maintained", "Primary", 1, "Community school", (4, 11), 190, "Primary"),
    Kind("mainstream_la_maintained", "Primary", 2, "Voluntary aided school", (4, 11), 60, "Church Primary"),
    Kind("mainstream_academy", "Primary", 34, "Academy converter", (4, 11), 62, "Primary Academy"),
    Kind("mainstream_free_school", "Primary", 35, "Free schools", (4, 11), 4, "Free Primary"),
    Kind("mainstream_la_maintained", "Secondary", 1, "Community school", (11, 18), 42, "High School"),
    Kind("mainstream_academy", "Secondary", 34, "Academy converter", (11, 18), 40, "Academy"),
    Kind("mainstream_free_school", "Secondary", 35, "Free schools", (11, 18), 5, "Free School"),
    Kind(
        "mainstream_independent",
        "All-through",
        11,
        "Other independent school",
        (4, 18),
        36,
        "Independent School",
    ),
    Kind("special_la_maintained", "Special", 7, "Community special school", (2, 19), 30, "Special School"),
    Kind("special_academy_free", "Special", 44, "Academy special converter", (3, 19), 5, "Special Academy"),
    Kind(
        "special_independent", "Special", 10, "Other independent special school", (5, 19), 46, "House School"
    ),
    Kind("special_non_maintained", "Special", 8, "Non-maintained special school", (5, 19), 2, "Trust School"),
    Kind("ap_pru_la_maintained", "Alternative", 14, "Pupil referral unit", (5, 16), 9, "Short Stay School"),
    Kind(
        "ap_pru_academy",
        "Alternative",
        42,
        "Academy alternative provision converter",
        (11, 16),
        2,
        "AP Academy",
    ),
    Kind("general_fe_tertiary_colleges", "Post-16", 18, "Further education", (16, 25), 14, "College"),
    Kind(
        "general_fe_tertiary_colleges", "Post-16", 31, "Sixth form centres", (16, 19), 4, "Sixth Form College"
    ),
    Kind(
        "specialist_post_16_institutions",
        "Post-16",
        32,
        "Special post 16 institution",
        (16, 25),
        9,
        "Specialist College",
    ),
    Kind("online_provider", "Online", 49, "Online provider", (5, 18), 1, "Online School"),
)
COLLEGES = ("general_fe_tertiary_colleges", "specialist_post_16_institutions")

NAMES = [f"{first} {place}" for place in WORDS["school_places"] for first in WORDS["school_words"]]


@dataclass(frozen=True, slots=True)
class School:
    urn: str
    ukprn: str
    name: str
    kind: Kind
    district: District
    postcode: str
    has_unit: bool


def build(seed: int) -> tuple[School, ...]:
    """The same schools at every scale, so that small areas and tests know them."""
    rng = stream(seed, "schools")
    names = shuffled(rng, NAMES)
    schools: list[School] = []
    for kind in KINDS:
        weights = {number: district.weight for number, district in enumerate(DISTRICTS)}
        for number, count in shares(kind.count, weights).items():
            for turn in range(count):
                schools.append(_school(rng, len(schools), names, kind, number=number, turn=turn))
    return tuple(schools)


def _school(
    rng: np.random.Generator, place: int, names: Sequence[str], kind: Kind, *, number: int, turn: int
) -> School:
    block = postcodes.BLOCKS[number]
    return School(
        urn=str(identities.FIRST_URN + place),
        ukprn=str(identities.FIRST_UKPRN + place),
        name=f"{names[place % len(names)]} {kind.ending}",
        kind=kind,
        district=DISTRICTS[number],
        postcode=block[int(rng.integers(len(block)))].text,
        has_unit=kind.phase in ("Primary", "Secondary") and turn % 12 == 0,
    )


class Places:
    """Finds a setting of a kind, for an age, near a home."""

    def __init__(self, schools: tuple[School, ...]) -> None:
        self._open: dict[tuple[str, int, bool, str | None], list[School]] = {}
        for school in schools:
            first, last = school.kind.ages
            for age in range(first, last + 1):
                for unit in {False, school.has_unit}:
                    for district in (school.district.code, None):
                        self._open.setdefault((school.kind.column, age, unit, district), []).append(school)

    def find(self, rng: np.random.Generator, column: str, age: int, district: District) -> School:
        """Near home for most; any district where none is near. Units are in schools that have one."""
        unit = column.endswith(("_senunit", "_resourced_provision"))
        column = column.removesuffix("_senunit").removesuffix("_resourced_provision")
        age = max(2, min(age, 25))
        found = self._open.get((column, age, unit, district.code))
        if not found or rng.random() < 0.06:
            found = self._open.get((column, age, unit, None)) or self._any(column, unit)
        return found[int(rng.integers(len(found)))]

    def _any(self, column: str, unit: bool) -> list[School]:
        return next(schools for key, schools in self._open.items() if key[0] == column and key[2] == unit)
