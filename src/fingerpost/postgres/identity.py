# SPDX-License-Identifier: AGPL-3.0-or-later
"""As whom the server runs: an ordinary user as itself; root, which PostgreSQL refuses, under another name."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fingerpost.postgres.errors import ClusterError

ACCOUNT = "postgres"
# A bare environment: no PG* variable redirects the programs, and no secret of ours stays in the server.
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who owns the files, how a program is started as that owner, and which peers the server will see."""

    owner: int
    group: int
    peers: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    switch: bool = False

    def run(
        self, command: Sequence[str | Path], *, keep: Sequence[int] = (), seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run one program as this identity and hear what it says."""
        return subprocess.run(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=ENVIRONMENT,
            cwd="/",
            timeout=seconds,
            check=False,
            start_new_session=True,  # Ctrl-C here must not reach it
            pass_fds=keep,
            user=self.owner if self.switch else None,
            group=self.group if self.switch else None,
            extra_groups=[] if self.switch else None,
        )


def of(data: Path) -> Identity:
    """The identity for a data folder: an existing one keeps its owner, a new one gets whatever works here."""
    owner = data.stat().st_uid if data.exists() else None
    me = os.geteuid()
    if owner not in (None, me, _account_id() if me == 0 else me):
        raise ClusterError(
            f"the data folder {data} belongs to {_name(owner or 0) or owner}, and you are {_name(me) or me}. "
            "Run the command as that user, or choose another folder."
        )
    if me != 0 and (name := _name(me)):
        return Identity(owner=me, group=os.getegid(), peers=(name,))
    return _for_root(owner) if me == 0 else _without_name(me)


def _for_root(owner: int | None) -> Identity:
    borrowed = _namespace(os.geteuid())
    if borrowed and owner in (None, 0):
        return borrowed
    if owner != 0 and (account := _account()):
        return account
    raise ClusterError(
        "PostgreSQL does not run as root; this machine allows root no user namespace (unshare --user) "
        f"and {'the data folder belongs to root' if owner == 0 else f'has no {ACCOUNT} account'}. "
        "Run the command as an ordinary user, or set DATABASE_URL to a database that runs already."
    )


def _without_name(me: int) -> Identity:
    borrowed = _namespace(os.geteuid())
    if borrowed:
        return borrowed
    raise ClusterError(
        f"user id {me} has no account name on this machine, and PostgreSQL needs one. "
        "Add the user to /etc/passwd, or run the command as a user with a name."
    )


@cache
def _namespace(me: int) -> Identity | None:
    """The caller under another account's number, inside a user namespace of its own."""
    lent = _lent(me)
    if lent is None:
        return None
    prefix = ("unshare", "--user", f"--map-user={lent.pw_uid}", f"--map-group={lent.pw_gid}", "--")
    found = Identity(me, os.getegid(), peers=(lent.pw_name,), prefix=prefix)
    try:
        return found if found.run(["true"], seconds=20).returncode == 0 else None
    except (OSError, subprocess.SubprocessError):
        return None


def _lent(me: int) -> pwd.struct_passwd | None:
    # Inside the namespace every stranger bears the overflow number, so that one may never be the lent one.
    overflow = int(Path("/proc/sys/kernel/overflowuid").read_text())
    named = [each for each in pwd.getpwall() if each.pw_uid not in (0, overflow, me)]
    return next((each for each in named if each.pw_name == ACCOUNT), named[0] if named else None)


def _account() -> Identity | None:
    """The machine's own postgres account, for root without a user namespace."""
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None
    found = Identity(entry.pw_uid, entry.pw_gid, peers=("root", ACCOUNT), switch=True)
    try:
        return found if found.run(["true"], seconds=20).returncode == 0 else None
    except (OSError, subprocess.SubprocessError):
        return None


def _account_id() -> int:
    try:
        return pwd.getpwnam(ACCOUNT).pw_uid
    except KeyError:
        return 0


def _name(number: int) -> str | None:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return None


def hand_over(folder: Path, identity: Identity) -> None:
    """Make the folder private to whoever runs the server."""
    found = folder.stat()
    if found.st_uid not in (os.geteuid(), identity.owner):
        raise ClusterError(
            f"the database folder {folder} belongs to {_name(found.st_uid) or found.st_uid}. "
            "Run the command as that user, or choose another folder."
        )
    if found.st_uid != identity.owner:
        os.chown(folder, identity.owner, identity.group)
    if found.st_mode & 0o077:
        folder.chmod(0o700)
