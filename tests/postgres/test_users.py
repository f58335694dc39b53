# SPDX-License-Identifier: AGPL-3.0-or-later
"""Root, an ordinary user, a user without a name, and two users side by side; and nobody enters another's cluster."""

import itertools
import os
import pwd
import socket
from pathlib import Path

import psycopg
import pytest

from fingerpost.postgres import cluster, identity, sockets
from fingerpost.postgres.address import OWNER, SUPERUSER, WEB
from fingerpost.postgres.errors import ClusterError
from tests.postgres.conftest import STRANGER, as_root, as_user, given_to

pytestmark = pytest.mark.cluster
NAMELESS = 54321


def enter(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row is not None
    return str(row[0])


def life(folder: Path) -> str:
    """Start twice, look, enter and stop: what any user does."""
    address = cluster.ensure(folder, durable=False)
    assert cluster.ensure(folder, durable=False) == address
    assert cluster.status(folder).state == "running"
    entered = enter(address.url(role=OWNER, database="postgres"))
    cluster.stop(folder)
    assert cluster.status(folder).state == "stopped"
    return entered


@as_root
@pytest.mark.parametrize("user", [STRANGER, NAMELESS], ids=["with_a_name", "without_a_name"])
def test_an_ordinary_user_starts_and_stops_a_cluster(home: Path, user: str | int) -> None:
    folder = given_to(user, home / "theirs")
    assert as_user(user, lambda: life(folder / "db")) == OWNER


@as_root
def test_two_users_have_their_own_servers_and_cannot_enter_each_others(home: Path) -> None:
    folder = given_to(STRANGER, home / "theirs")
    mine = cluster.ensure(home / "db", durable=False)
    theirs = as_user(STRANGER, lambda: cluster.ensure(folder / "db", durable=False))
    assert mine.host != theirs.host
    for action in (cluster.ensure, cluster.stop, cluster.status):
        with pytest.raises(ClusterError, match="cannot be used: Permission denied"):
            as_user(STRANGER, lambda do=action: do(home / "db"))  # type: ignore[misc]
    with pytest.raises(ClusterError, match=f"belongs to {STRANGER}"):
        cluster.ensure(folder / "db")


@as_root
def test_a_stranger_at_the_open_socket_is_refused_by_the_server(home: Path) -> None:
    address = cluster.ensure(home / "db", durable=False)
    for step in (home / "db", Path(address.host), Path(address.host, ".s.PGSQL.5432")):
        step.chmod(0o777)
    users: list[str | int] = [STRANGER, NAMELESS, *_lent()]
    for user, role in itertools.product(users, (SUPERUSER, OWNER, WEB)):
        url = address.url(role=role, database="postgres")
        with pytest.raises(AssertionError, match="Peer authentication failed"):
            as_user(user, lambda url=url: _refused(url))  # type: ignore[misc]


def _refused(url: str) -> None:
    try:
        enter(url)
    except psycopg.OperationalError as problem:  # cannot cross the pipe itself
        raise AssertionError(str(problem)) from problem


def _lent() -> list[str]:
    """The account whose number root's server bears: the account itself must not pass for root."""
    return [each.pw_name for each in pwd.getpwall() if each.pw_name == identity.ACCOUNT]


@as_root
@pytest.mark.skipif(not _lent(), reason="this machine has no postgres account")
def test_root_without_user_namespaces_uses_the_postgres_account_and_stays_with_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(identity, "_namespace", lambda me: None)
        assert life(home / "db") == OWNER
        assert (home / "db" / "data").stat().st_uid == pwd.getpwnam(identity.ACCOUNT).pw_uid
        cluster.ensure(home / "db", durable=False)
    assert life(home / "db") == OWNER


@as_root
@pytest.mark.skipif(not _lent(), reason="this machine has no postgres account")
def test_a_folder_that_the_account_cannot_reach_is_said_to_be_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_namespace", lambda me: None)
    home.chmod(0o700)
    with pytest.raises(ClusterError, match="cannot reach"):
        cluster.ensure(home / "db")


@as_root
def test_root_with_neither_way_is_told_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_namespace", lambda me: None)
    monkeypatch.setattr(identity, "_account", lambda: None)
    with pytest.raises(ClusterError, match="Run the command as an ordinary user"):
        cluster.ensure(home / "db")


def test_a_deep_folder_gets_a_short_private_socket(home: Path) -> None:
    folder = home / ("deep-" * 12) / ("deeper-" * 12)
    address = cluster.ensure(folder, durable=False)
    assert not Path(address.host).is_relative_to(folder)
    assert Path(address.host).stat().st_mode & 0o077 == 0
    assert enter(address.url(role=WEB, database="template1")) == WEB


def test_a_folder_with_odd_letters_works(home: Path) -> None:
    folder = home / 'Ann\'s, "new" %20 folder é'
    address = cluster.ensure(folder, durable=False)
    assert enter(address.url(role=OWNER, database="postgres")) == OWNER


@as_root
def test_a_socket_place_that_another_user_took_first_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SHORT", home)
    given_to(STRANGER, home / f"fingerpost-{os.geteuid()}")
    with pytest.raises(ClusterError, match="belongs to another user"):
        cluster.ensure(home / ("deep-" * 24))


def test_a_socket_place_that_is_a_link_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SHORT", home)
    (home / "elsewhere").mkdir()
    (home / f"fingerpost-{os.geteuid()}").symlink_to(home / "elsewhere")
    with pytest.raises(ClusterError, match="would not be safe"):
        sockets.prepare(sockets.place(Path("/x" * 60), owner=os.geteuid()), owner=os.geteuid(), group=0)


@pytest.mark.parametrize("length", [80, 95, 96, 97, 98, 99, 120])
def test_every_socket_path_can_be_bound(home: Path, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SHORT", home)
    folder = home / ("x" * (length - len(str(home)) - len("/socket") - 1))
    folder.mkdir()
    place = sockets.place(folder, owner=os.geteuid())
    sockets.prepare(place, owner=os.geteuid(), group=os.getegid())
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(place / ".s.PGSQL.5432"))
