# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the made-up area to a folder: returns, settings, postcodes, the caseload list and what was planted."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fingerpost.demo import caseload, doubts, pictures, population, postcodes
from fingerpost.demo.figures import BANNER, CENSUS_DAYS
from fingerpost.demo.population import Population
from fingerpost.rules.returns import writer
from fingerpost.rules.returns.records import PersonRecord

README = f"""{BANNER}

sen2-2023.xml, sen2-2024.xml and sen2-2025.xml have the shape of the SEN2 returns of those years. No child in
them exists: pupil numbers name a school that was never opened, postcodes begin with ZZ99, settings have
numbers never issued.
planted.json lists the doubtful records that were put in on purpose.
Shaped on figures of the Department for Education, used under the Open Government Licence v3.0.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where."""

    folder: Path
    returns: dict[int, Path]
    persons: dict[int, int]
    establishments: int
    planted: int
    moved_in: dict[int, int]


def _quiet(_: str) -> None:
    return None


def write_returns(
    folder: Path, *, seed: int = 888, scale: float = 1.0, progress: Callable[[str], None] = _quiet
) -> Written:
    """The same seed and scale give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    progress("making children")
    made = population.build(seed, scale)
    plants = doubts.choose(seed, made)
    years: dict[int, list[PersonRecord]] = {}
    paths: dict[int, Path] = {}
    for year in CENSUS_DAYS:
        progress(f"writing the return of {year}")
        years[year] = doubts.plant(plants, year, pictures.persons(made.children, year))
        paths[year] = folder / f"sen2-{year}.xml"
        with paths[year].open("wb") as out:
            writer.write(out, pictures.header(year), years[year])
    _write_settings(folder / "establishments.csv", made)
    _write_postcodes(folder / "postcodes.csv")
    _write_rows(folder / "caseload.csv", caseload.COLUMNS, caseload.rows(seed, made, years))
    listed = doubts.listed(plants, years)
    (folder / "planted.json").write_text(
        json.dumps({"note": BANNER, "planted": listed}, indent=1) + "\n", "utf-8"
    )
    (folder / "README.txt").write_text(README, "utf-8")
    return Written(
        folder=folder,
        returns=paths,
        persons={year: len(found) for year, found in years.items()},
        establishments=len(made.schools),
        planted=len(listed),
        moved_in=made.moved_in,
    )


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"# {BANNER}\n")
        writing = csv.writer(out, lineterminator="\n")
        writing.writerow(columns)
        writing.writerows(rows)


def _write_settings(path: Path, made: Population) -> None:
    columns = (
        "urn", "ukprn", "name", "kind", "phase", "type_code", "type_name", "placement_column",
        "lowest_age", "highest_age", "district_code", "district", "postcode",
    )  # fmt: skip
    rows = (
        (s.urn, s.ukprn, s.name, s.kind.sort, s.kind.phase, s.kind.type_code, s.kind.type_name,
         s.kind.column, *s.kind.ages, s.district.code, s.district.name, s.postcode)
        for s in made.schools
    )  # fmt: skip
    _write_rows(path, columns, rows)


def _write_postcodes(path: Path) -> None:
    columns = ("postcode", "district_code", "district", "ward_like_area", "latitude", "longitude")
    rows = (
        (p.text, p.district.code, p.district.name, p.patch, p.latitude, p.longitude)
        for block in postcodes.BLOCKS
        for p in block
    )
    _write_rows(path, columns, rows)
