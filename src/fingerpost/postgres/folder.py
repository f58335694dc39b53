# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cluster's folder: `data`, `socket`, `server.log`, and the lock file that also marks it as ours."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fingerpost.postgres.errors import ClusterError

LOCK = "fingerpost.lock"
SERVER_LOCK = "server.lock"
PATIENCE = 180.0
PASSING = 1.0  # seconds of waiting that nobody needs to be told of


def data(folder: Path) -> Path:
    """Where the cluster itself lies."""
    return folder / "data"


def server_log(folder: Path) -> Path:
    """Where the server writes what it has to say."""
    return folder / "server.log"


def version(folder: Path) -> int | None:
    """The major version that made the cluster; None when there is no cluster yet."""
    if not data(folder).exists():
        return None
    try:
        return int((data(folder) / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise ClusterError(
            f"{data(folder)} holds something that is not a PostgreSQL cluster. It was left as it is. "
            "Look at it, move it away, and run the command again; or choose another folder."
        ) from None


def ours(folder: Path) -> bool:
    """Whether the launcher made this folder."""
    try:
        return (folder / LOCK).is_file()
    except OSError as problem:
        raise _unusable(folder, problem) from problem


@contextmanager
def claimed(folder: Path, *, log: Callable[[str], None]) -> Iterator[int]:
    """Hold the folder alone (made, private, ours) while others wait. Yields the number of the lock file."""
    try:
        _make(folder)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise _unusable(folder, problem) from problem
    try:
        _wait(lock, folder, log)
        yield lock
    except OSError as problem:
        raise _unusable(folder, problem) from problem
    finally:
        os.close(lock)


@contextmanager
def reserved(folder: Path) -> Iterator[int]:
    """A lock that the server inherits and holds as long as any process of it lives, seen from here or not."""
    lock = os.open(folder / SERVER_LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield lock
    except BlockingIOError:
        raise ClusterError(
            f"a server that cannot be seen from here works on {folder}, perhaps in another container. "
            "Stop it there first; two servers on one folder would destroy the data."
        ) from None
    finally:
        os.close(lock)


def new_file(path: Path, text: str, *, owner: int, group: int) -> None:
    """Write a private file that is not there yet; never through a link, as root may write where others own."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(number, "w") as file:
        if os.geteuid() == 0:
            os.fchown(number, owner, group)
        file.write(text)


def _unusable(folder: Path, problem: OSError) -> ClusterError:
    where = f" ({problem.filename})" if problem.filename else ""
    return ClusterError(
        f"the database folder {folder} cannot be used: {problem.strerror}{where}. "
        "See to its rights and free space, or choose another folder (--folder or FINGERPOST_HOME)."
    )


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if ours(folder):
        return
    if any(entry.name != LOCK for entry in folder.iterdir()):
        raise ClusterError(
            f"{folder} is not empty and was not made by Fingerpost. It was left as it is. "
            "Choose an empty or new folder for the database."
        )
    folder.chmod(0o700)


def _wait(lock: int, folder: Path, log: Callable[[str], None]) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            pass
        waited = time.monotonic() - began
        if waited > PATIENCE:
            raise ClusterError(
                f"another process has been working on {folder} for over {PATIENCE:.0f} seconds. "
                "Wait for it or end it, then run the command again."
            )
        if waited > PASSING and not told:
            log(f"waiting for another process that is working on {folder}")
            told = True
        time.sleep(0.05)
