# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which server processes work in a data folder, from /proc: a pid file may name a dead or foreign process."""

import os
import signal
import time
from pathlib import Path

from fingerpost.postgres.identity import Identity

# Root without the right to trace (as in many containers) may not look at another account's processes:
# then the account looks itself, and this is all it needs for it.
_LOOK = """for at in /proc/[0-9]*; do
  [ "$at/cwd" -ef "$0" ] && read -r name <"$at/comm" && [ "$name" = postgres ] && echo "${at#/proc/}"
done 2>/dev/null"""


def of(data: Path, who: Identity) -> set[int]:
    """Every living PostgreSQL process that works in this data folder, the postmaster and its children."""
    if who.switch:
        return {int(pid) for pid in who.run(["sh", "-c", _LOOK, data]).stdout.split()}
    try:
        here = data.stat()
    except FileNotFoundError:
        return set()
    return {int(at.name) for at in Path("/proc").iterdir() if at.name.isdigit() and _works_in(at, here)}


def _works_in(at: Path, here: os.stat_result) -> bool:
    try:
        # A zombie has no working folder any more, so it counts as dead without a further question.
        return os.path.samestat((at / "cwd").stat(), here) and (at / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def postmaster(data: Path, who: Identity) -> int | None:
    """The living postmaster of this folder; a stale or recycled number in postmaster.pid is nobody."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if pid in of(data, who) else None


def lives(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be buried does not."""
    try:
        return Path("/proc", str(pid), "stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def hang_up(data: Path, who: Identity) -> None:
    """Make the running server read its settings again."""
    head = postmaster(data, who)
    _signal(set() if head is None else {head}, signal.SIGHUP)


def end(data: Path, who: Identity, *, seconds: float) -> bool:
    """Stop the cluster, cleanly if it can be (if not, the log is replayed later); True when all are gone."""
    head = postmaster(data, who)
    if head is not None:
        _signal({head}, signal.SIGINT)
        if _gone(data, who, seconds):
            return True
    for last in (signal.SIGQUIT, signal.SIGKILL):
        _signal(of(data, who), last)
        if _gone(data, who, 5):
            return True
    return False


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:  # it ended by itself; whether all are gone is looked at afterwards
            continue


def _gone(data: Path, who: Identity, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while of(data, who):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
