# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which server processes work in a data folder, from /proc: a pid file may name a dead or foreign process."""

import os
import signal
import time
from pathlib import Path


def of(data: Path) -> set[int]:
    """Every living PostgreSQL process that works in this data folder, the postmaster and its children."""
    try:
        here = data.stat()
    except OSError:
        return set()
    entries = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {pid for pid in entries if _works_in(pid, here)}


def _works_in(pid: int, here: os.stat_result) -> bool:
    process = Path("/proc", str(pid))
    try:
        # A zombie has no working folder any more, so it counts as dead without a further question.
        return (process / "comm").read_text().strip() == "postgres" and os.path.samestat(
            (process / "cwd").stat(), here
        )
    except OSError:
        return False


def postmaster(data: Path) -> int | None:
    """The living postmaster of this folder; a stale or recycled number in postmaster.pid is nobody."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        here = data.stat()
    except (OSError, ValueError):
        return None
    return pid if _works_in(pid, here) else None


def end(data: Path, *, seconds: float) -> bool:
    """Stop the cluster, cleanly if it can be (if not, the log is replayed later); True when all are gone."""
    head = postmaster(data)
    if head is not None:
        _signal({head}, signal.SIGINT)
        if _gone(data, seconds):
            return True
    for last in (signal.SIGQUIT, signal.SIGKILL):
        _signal(of(data), last)
        if _gone(data, 5):
            return True
    return False


def hang_up(pid: int) -> None:
    """Make the postmaster read its settings again."""
    _signal({pid}, signal.SIGHUP)


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            continue


def _gone(data: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while of(data):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
