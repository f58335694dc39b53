# SPDX-License-Identifier: AGPL-3.0-or-later
"""Start the server so that it outlives us, tell whether it answers, and clear what a killed one left."""

import subprocess
import time
from pathlib import Path

from fingerpost.postgres import folder as places
from fingerpost.postgres import processes
from fingerpost.postgres.address import PORT, SUPERUSER, Address
from fingerpost.postgres.choose import Binaries
from fingerpost.postgres.errors import ClusterError, gist
from fingerpost.postgres.identity import ENVIRONMENT, Identity

ACCEPTS, REFUSES = 0, 1  # what pg_isready answers; anything else is silence
# Not pg_ctl: it pastes the folder's name into a shell line, so that a quote or a dollar in it would be obeyed.
_DETACHED = '"$0" -D "$1" </dev/null >>"$2" 2>&1 & echo $!'
LARGEST_LOG = 10_000_000
PATIENCE = 600.0


def answer(programs: Binaries, address: Address) -> int:
    """What `pg_isready` says of the server at this address."""
    command = [programs.program("pg_isready"), "-q", "-t", "3", "-h", address.host, "-p", str(PORT)]
    asked = subprocess.run([*command, "-U", SUPERUSER], env=ENVIRONMENT, check=False, capture_output=True)
    return asked.returncode


def settled(data: Path, *, programs: Binaries, identity: Identity, address: Address) -> bool:
    """Whether a server already answers; one that is still starting, replaying or stopping is waited for."""
    until, silent = time.monotonic() + PATIENCE, 0
    while (said := answer(programs, address)) != ACCEPTS:
        silent = 0 if said == REFUSES else silent + 1
        if silent > 20 or processes.postmaster(data, identity) is None:
            return False
        _pause(until, data)
    return True


def start(data: Path, log_file: Path, *, programs: Binaries, identity: Identity, address: Address) -> None:
    """Start a server on a folder where none runs; what a killed one left is cleared first."""
    _end_earlier(data, identity)
    before = _ready(log_file, identity)
    command: list[str | Path] = ["sh", "-c", _DETACHED, programs.program("postgres"), data, log_file]
    try:
        with places.reserved(data.parent) as lock:
            _clear(data, Path(address.host))
            said = identity.run(command, keep=[lock])
    except subprocess.SubprocessError as problem:
        raise ClusterError(_why(data, programs, str(problem))) from problem
    if said.returncode != 0 or not _came_up(int(said.stdout), data, programs, address):
        raise ClusterError(_why(data, programs, said.stderr + _tail(log_file, before)))


def _came_up(pid: int, data: Path, programs: Binaries, address: Address) -> bool:
    until = time.monotonic() + PATIENCE
    while answer(programs, address) != ACCEPTS:
        if not processes.lives(pid):
            return False
        _pause(until, data)
    return True


def _pause(until: float, data: Path) -> None:
    # Never ended for being slow: a server that replays a long log would have to begin it again.
    if time.monotonic() > until:
        raise ClusterError(
            f"the server on {data} has been starting for {PATIENCE // 60:.0f} minutes, perhaps replaying its "
            f"log after a crash. Leave it to finish and run the command again; see {data.parent / 'server.log'}."
        )
    time.sleep(0.05)


def _end_earlier(data: Path, identity: Identity) -> None:
    if not processes.end(data, identity, seconds=10):
        raise ClusterError(
            f"processes of an earlier server still work on {data}: {sorted(processes.of(data, identity))}. "
            "End them, then run the command again."
        )


def _clear(data: Path, socket: Path) -> None:
    (data / "postmaster.pid").unlink(missing_ok=True)
    for remnant in socket.glob(f".s.PGSQL.{PORT}*"):
        remnant.unlink(missing_ok=True)


def _ready(log_file: Path, identity: Identity) -> int:
    if log_file.exists() and log_file.stat().st_size > LARGEST_LOG:
        log_file.replace(log_file.with_suffix(".log.1"))
    if not log_file.exists():
        places.new_file(log_file, "", owner=identity.owner, group=identity.group)
    return log_file.stat().st_size


def _tail(log_file: Path, before: int) -> str:
    with log_file.open("rb") as log:
        log.seek(before)
        return log.read()[-4000:].decode(errors="replace")


def _why(data: Path, programs: Binaries, said: str) -> str:
    return (
        f"PostgreSQL {programs.version} did not start on {data}. Its log says: {gist(said)}. "
        "Mend what it names (space, rights), then run the command again; "
        f"the whole log is {data.parent / 'server.log'}."
    )
