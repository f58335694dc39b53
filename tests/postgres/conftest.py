# SPDX-License-Identifier: AGPL-3.0-or-later
"""Folders for throwaway clusters, whose servers are stopped whatever the test did, and ways to act as another user."""

import os
import pickle
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from fingerpost.postgres import choose, cluster, identity, processes, sockets

T = TypeVar("T")
STRANGER = "nobody"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("DATABASE_", "FINGERPOST_")):
            monkeypatch.delenv(name)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty place with a short path that every user can reach; all servers below it end with the test."""
    yield from _home()


@pytest.fixture(scope="module")
def shared_home() -> Iterator[Path]:
    """The same, for the tests of one file that only look."""
    yield from _home()


def _home() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="fp-", dir="/tmp"))
    place.chmod(0o755)
    yield place
    for data in place.rglob("data"):
        _end(data)
        shutil.rmtree(sockets.place(data.parent, owner=data.stat().st_uid), ignore_errors=True)
    shutil.rmtree(place)


def _end(data: Path) -> None:
    owner = data.stat()
    who = identity.Identity(owner.st_uid, owner.st_gid, (), switch=os.geteuid() == 0 and owner.st_uid != 0)
    assert processes.end(data, who, seconds=120), f"a server still works in {data}"


def as_user(user: str | int, work: Callable[[], T]) -> T:
    """Do the work in a child process that is another user for good; only root may."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(_answer(user, work, send))
    os.close(send)
    with os.fdopen(receive, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    outcome = pickle.loads(said)  # noqa: S301  # our own child wrote it
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome  # type: ignore[no-any-return]


def _answer(user: str | int, work: Callable[[], T], send: int) -> int:
    try:
        number = user if isinstance(user, int) else pwd.getpwnam(user).pw_uid
        os.chdir("/")
        os.environ["HOME"] = "/nonexistent"
        os.setgroups([])
        os.setgid(number)
        os.setuid(number)
        outcome: object = work()
    except BaseException as problem:  # the parent raises it again
        outcome = problem
    os.write(send, pickle.dumps(outcome))
    return 0


def given_to(user: str | int, folder: Path) -> Path:
    """A new folder that belongs to another user."""
    folder.mkdir()
    number = user if isinstance(user, int) else pwd.getpwnam(user).pw_uid
    os.chown(folder, number, number)
    return folder


def made(folder: Path) -> Path:
    """A cluster that was made once and stopped."""
    cluster.ensure(folder, durable=False)
    cluster.stop(folder)
    return folder


def sets_of_programs() -> list[choose.Binaries]:
    """Debian's PostgreSQL and the wheel's, as far as this machine has them."""
    return list(choose.candidates({}))


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
