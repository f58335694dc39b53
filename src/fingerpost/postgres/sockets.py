# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the socket lies: in the cluster's folder, or under a short private path when that is too long."""

import hashlib
import os
import re
import stat
from pathlib import Path

from fingerpost.postgres.address import PORT
from fingerpost.postgres.errors import ClusterError

LONGEST = 107  # bytes the kernel keeps for the path of a socket
# Each step below is owner-checked. XDG_RUNTIME_DIR would be emptied at logout, which the server outlives.
SHORT = Path("/tmp")  # noqa: S108


def place(folder: Path, *, owner: int) -> Path:
    """The socket folder of a cluster, always the same one for the same folder and owner."""
    near = folder / "socket"
    name = os.fsencode(near / f".s.PGSQL.{PORT}")
    # libpq splits a host at commas and the server unquotes its own list: odd letters take the short path too.
    if len(name) <= LONGEST and re.fullmatch(rb"[\w./+ -]+", name):
        return near
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return SHORT / f"fingerpost-{owner}" / digest


def prepare(place: Path, *, owner: int, group: int) -> None:
    """Make the socket folder private, and refuse one that somebody else put there first."""
    steps = [place.parent, place] if place.parent.parent == SHORT else [place]
    for step in steps:
        _private(step, owner, group)


def _private(step: Path, owner: int, group: int) -> None:
    try:
        step.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(step, owner, group)
    except FileExistsError:
        pass
    found = step.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise ClusterError(
            f"{step} belongs to another user (id {found.st_uid}), "
            "so the database socket would not be safe there. "
            "Ask that user or the administrator to remove it, or use a shorter folder path."
        )
    step.chmod(0o700)
