# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of `fingerpost forecast`: scenarios, histories, returns and draws in; parts, tables and pictures out."""

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl

from fingerpost.cli.errors import Unusable
from fingerpost.rules.forecast import from_return
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.kept import Kept
from fingerpost.rules.forecast.running import Job
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.returns import reader


def day(found: str | None, from_file: object) -> date:
    """The last day of the forecast: the option, else the file's `until`."""
    if found is None:
        if not isinstance(from_file, date) or isinstance(from_file, datetime):
            raise Unusable("until: the file has no such day; add `until = 2028-03-31` to it, or give --until")
        return from_file
    try:
        return date.fromisoformat(found)
    except ValueError:
        raise Unusable(f"--until: write a day like 2028-03-31, not {found!r}") from None


def started(scenario: Scenario, name: str | None) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario, started from the open cases of a return if there is one; and what that had to guess."""
    if name is None:
        return scenario, ()
    try:
        with Path(name).open("rb") as stream:
            header, persons = reader.read(stream)
            steps = scenario.pathway.names
            found = from_return.caseload(header, persons, starts_on=scenario.starts_on, steps=steps)
    except OSError as problem:
        raise Unusable(f"{name}: cannot be read ({problem.strerror}); check the path") from None
    except reader.Unreadable as problem:
        raise Unusable(f"{name}: {problem}") from None
    counted = f"measured: {found.undecided:,} undecided requests, {found.assessed:,} open assessments, "
    counted += f"{found.in_force:,} plans in force, from the return of {header.census_on}"
    begun, words = from_return.started_from(scenario, found)
    return begun, (counted, *words)


def posterior(name: str, scenario: Scenario) -> Draws:
    """Draws that `calibrate --out` has written for this scenario."""
    try:
        frame = pl.read_parquet(name)
        values = frame.cast(pl.Float64).to_numpy()
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise Unusable(f"{name}: no posterior can be read from it ({problem})") from None
    strangers = set(frame.columns) - {path for path, _ in scenario.figures()}
    if strangers:
        raise Unusable(f'{name}: "{min(strangers)}" is no figure of {scenario.name}; calibrate this scenario')
    if not (values.size and np.isfinite(values).all() and (values >= 0).all()):
        raise Unusable(
            f"{name}: holds no draws, or some that are no number or below nothing; calibrate again"
        )
    return Draws(tuple(frame.columns), values, "posterior")


def write_draws(draws: Draws, name: str) -> None:
    """Posterior draws, one column a figure."""
    with writing(name) as path:
        pl.DataFrame(draws.values, schema=list(draws.paths), orient="row").write_parquet(path)


@contextmanager
def writing(name: str) -> Iterator[Path]:
    """A path to write to, whose folder is there; what the disk refuses is one line."""
    path = Path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path
    except OSError as problem:
        raise Unusable(f"{name}: cannot be written ({problem.strerror or problem}); check the path") from None


def ready(folders: Iterable[str | None], files: Iterable[str | None]) -> None:
    """Make sure before the work, not after it, that answers can be written."""
    for folder in filter(None, folders):
        with writing(f"{folder}/x") as path:
            if not os.access(path.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    for name in filter(None, files):
        with writing(name) as path:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not os.access(path.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


class Parts:
    """Finished parts of one ensemble in a folder; the name of a part says what it is of."""

    def __init__(self, folder: str, work: Job) -> None:
        self.folder = Path(folder)
        words = [work.digest, work.until.isoformat(), work.seed, work.reps_per_draw, list(work.draws.paths)]
        content = json.dumps(words).encode() + work.draws.values.tobytes()
        self.name = hashlib.sha256(content).hexdigest()[:16]

    def known(self) -> dict[tuple[int, int], Kept]:
        """What an earlier run has finished; a broken file counts as not finished."""
        found: dict[tuple[int, int], Kept] = {}
        for path in sorted(self.folder.glob(f"{self.name}-*.npz")):
            try:
                with np.load(path, allow_pickle=False) as stored:
                    part = Kept(**{name: stored[name] for name in stored.files})
            except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile):
                continue
            first, last = int(part.replication[0]), int(part.replication[-1]) + 1
            if all(last <= low or first >= high for low, high in found):
                found[first, last] = part
        return found

    def keep(self, first: int, last: int, part: Kept) -> None:
        """Write one part, whole or not at all."""
        path = self.folder / f"{self.name}-{first:07}-{last:07}.npz"
        with writing(str(path)), path.with_suffix(".part").open("wb") as stream:
            np.savez(stream, **part.tables())  # type: ignore[arg-type]
        path.with_suffix(".part").replace(path)
