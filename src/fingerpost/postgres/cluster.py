# SPDX-License-Identifier: AGPL-3.0-or-later
"""The launcher's front door: make sure a private PostgreSQL runs in a folder, stop it, or look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fingerpost.postgres import birth, choose, processes, roles, server, settings, sockets
from fingerpost.postgres import folder as places
from fingerpost.postgres import identity as identities
from fingerpost.postgres.address import Address
from fingerpost.postgres.choose import Binaries
from fingerpost.postgres.errors import ClusterError
from fingerpost.postgres.identity import Identity


@dataclass(frozen=True, slots=True)
class Status:
    """What stands in a folder: `absent`, `stopped`, `starting` or `running`."""

    state: str
    version: int | None
    pid: int | None
    address: Address | None


def _silent(_: str) -> None:
    return None


def ensure(folder: Path, *, log: Callable[[str], None] = _silent, durable: bool = True) -> Address:
    """Make what is missing (cluster, server, roles) and say where the database is; safe to call at any time.

    `durable=False` is for tests: faster, and a power cut may lose the data.
    """
    folder = _resolved(folder)
    with places.claimed(folder, log=log) as lock:
        made_by = places.version(folder)
        programs = choose.binaries(cluster_version=made_by)
        identity = identities.of(places.data(folder))
        _prepare(folder, programs, identity)
        if made_by is None:
            log(f"making a PostgreSQL {programs.version} cluster in {folder} ({programs.origin})")
            birth.make(
                folder, places.data(folder), programs=programs, identity=identity, lock=lock, durable=durable
            )
        address = _running(folder, programs, identity, durable=durable, log=log)
        roles.ensure(address)
        return address


def stop(folder: Path, *, log: Callable[[str], None] = _silent) -> None:
    """Stop the server of a folder and wait until it is gone; nothing to do when none runs."""
    folder = _resolved(folder)
    if not places.ours(folder):
        return
    with places.claimed(folder, log=log):
        data = places.data(folder)
        identity = identities.of(data)
        if not processes.end(data, identity, seconds=60):
            raise ClusterError(
                f"the database in {folder} does not stop: processes {sorted(processes.of(data, identity))} "
                "still run. Ask the user who started it, or an administrator, to end them."
            )
        with places.reserved(folder):
            pass  # nobody holds it, so no server out of our sight works on


def status(folder: Path) -> Status:
    """What stands in the folder now; changes nothing and waits for nobody."""
    folder = _resolved(folder)
    made_by = places.version(folder) if places.ours(folder) else None
    if made_by is None:
        return Status("absent", None, None, None)
    identity = identities.of(places.data(folder))
    address = _address(folder, identity)
    said = server.answer(choose.binaries(cluster_version=made_by), address)
    pid = processes.postmaster(places.data(folder), identity)
    if said == server.ACCEPTS:
        return Status("running", made_by, pid, address)
    return Status("starting" if pid else "stopped", made_by, pid, None)


def _running(
    folder: Path, programs: Binaries, identity: Identity, *, durable: bool, log: Callable[[str], None]
) -> Address:
    data, address = places.data(folder), _address(folder, identity)
    changed = settings.write(
        data, _texts(address, identity, durable=durable), owner=identity.owner, group=identity.group
    )
    sockets.prepare(Path(address.host), owner=identity.owner, group=identity.group)
    if not server.settled(data, programs=programs, identity=identity, address=address):
        log(f"starting PostgreSQL {programs.version} in {folder}")
        server.start(data, places.server_log(folder), programs=programs, identity=identity, address=address)
    elif changed:
        processes.hang_up(data, identity)
    return address


def _texts(address: Address, identity: Identity, *, durable: bool) -> dict[str, str]:
    return {
        "postgresql.conf": settings.server(socket=Path(address.host), durable=durable),
        "pg_hba.conf": settings.HBA,
        "pg_ident.conf": settings.ident(identity.peers),
    }


def _prepare(folder: Path, programs: Binaries, identity: Identity) -> None:
    """Give the folder to whoever runs the server, who must reach it and the programs."""
    identities.hand_over(folder, identity)
    for test, path in (("-w", folder), ("-x", Path(programs.program("postgres")))):
        if identity.run(["test", test, path], seconds=20).returncode != 0:
            raise ClusterError(
                f"PostgreSQL would run as {identity.peers[-1]}, which cannot reach {path}. "
                "Choose a folder (and an installation) that other users can reach, such as one under /srv "
                "or /var/lib, or run the command as an ordinary user."
            )


def _address(folder: Path, identity: Identity) -> Address:
    return Address(host=str(sockets.place(folder, owner=identity.owner)))


def _resolved(folder: Path) -> Path:
    return folder.expanduser().resolve()
