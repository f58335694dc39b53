# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make a new cluster beside its final place, then rename it: an interrupted start leaves no half cluster."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from fingerpost.postgres.address import SUPERUSER
from fingerpost.postgres.choose import Binaries
from fingerpost.postgres.errors import ClusterError, gist
from fingerpost.postgres.identity import Identity

HALF = "data.making-"
# Byte order for sorting and Unicode for letters: the same answers from every version and every machine.
_LOCALE = ("--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C")


def make(
    folder: Path, data: Path, *, programs: Binaries, identity: Identity, lock: int, durable: bool
) -> None:
    """Run initdb as the identity; it holds the lock too, so that an orphaned one keeps others waiting."""
    clear(folder)
    half = Path(tempfile.mkdtemp(prefix=HALF, dir=folder))
    if identity.switch:
        os.chown(half, identity.owner, identity.group)
    command: list[str | Path] = [
        programs.program("initdb"),
        "-D",
        half,
        "-U",
        SUPERUSER,
        "--auth=peer",
        *_LOCALE,
    ]
    command += ["--locale=C", "--data-checksums", *([] if durable else ["--no-sync"])]
    try:
        said = identity.run(command, keep=[lock])
    except (OSError, subprocess.SubprocessError) as problem:
        raise ClusterError(_why(folder, programs, str(problem))) from problem
    if said.returncode != 0:
        shutil.rmtree(half, ignore_errors=True)
        raise ClusterError(_why(folder, programs, said.stderr or said.stdout))
    half.rename(data)


def clear(folder: Path) -> None:
    """Remove what an interrupted initdb left."""
    for half in folder.glob(f"{HALF}*"):
        shutil.rmtree(half, ignore_errors=True)


def _why(folder: Path, programs: Binaries, said: str) -> str:
    return (
        f"PostgreSQL {programs.version} could not make a cluster in {folder}. It said: {gist(said)}. "
        "Check free space and rights there, then run the command again."
    )
