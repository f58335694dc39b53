# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database of the tests: the real PostgreSQL, the real roles, and one made-up world that every test starts from.

Loaded with `-p tests.database`, before Django reads its settings. The world is built once into a template database
and cloned for each worker; a test works in a transaction as the real web login, or asks for a database of its own.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from fingerpost.postgres import cluster, roles
from fingerpost.postgres.address import Address

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
HOME = Path(os.environ.get("FINGERPOST_TEST_HOME", ROOT / ".fingerpost" / "test"))
SCALE = "0.02"

os.environ.update(
    FINGERPOST_HOME=str(HOME),
    FINGERPOST_DATABASE=f"test_{WORKER}",
    FINGERPOST_DATABASE_ROLE="web",
    FINGERPOST_DEMO="1",
    DJANGO_SETTINGS_MODULE="fingerpost.config.settings",
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright keeps an event loop in the thread of the tests; nothing here is async
)
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_LOADER_URL"):
    os.environ.pop(_name, None)


@pytest.fixture(scope="session")
def server() -> Address:
    """The zero set-up PostgreSQL, left running for the next run; it survives nothing and need not."""
    return cluster.ensure(HOME / "postgres", durable=False)


@pytest.fixture(scope="session")
def world(server: Address) -> str:
    """Name of the template database with the made-up world in it."""
    name = (
        os.environ.get("FINGERPOST_TEST_WORLD") or f"world_{_fingerprint()}"
    )  # the variable keeps an older world
    with _locked(), _superuser(server) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _build(server, connection, name)
    return name


@pytest.fixture
def own_database(server: Address, world: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database that this test may commit to, with Django connected to it as the loader."""
    name = f"own_{WORKER}_{uuid4().hex[:8]}"
    clone(server, world, name)
    with django_db_blocker.unblock(), connected(name, "loader"):  # type: ignore[attr-defined]
        yield name
    drop(server, name)


@contextmanager
def connected(name: str, role: str) -> Iterator[None]:
    """Point Django's one connection at a database and a role for a while."""
    from django.conf import settings
    from django.db import connection

    assert not connection.in_atomic_block, (
        "a test of its own database must not carry the django_db mark as well"
    )
    said = connection.settings_dict
    before = (said["NAME"], said["USER"], settings.DATABASE_ROLE)
    connection.close()
    said["NAME"], said["USER"], settings.DATABASE_ROLE = name, f"fingerpost_{role}", role
    try:
        yield
    finally:
        connection.close()
        said["NAME"], said["USER"], settings.DATABASE_ROLE = before


def clone(server: Address, template: str, name: str) -> None:
    drop(server, name)
    with _locked(), _superuser(server) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER fingerpost_owner')
    roles.ensure_database(server, name)


def drop(server: Address, name: str) -> None:
    with _superuser(server) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def raw(server: Address, name: str, role: str) -> psycopg.Connection[tuple[object, ...]]:
    """A plain connection as one of the real logins, for tests that go round the application."""
    return psycopg.connect(**server.keywords(role=f"fingerpost_{role}", database=name))  # type: ignore[arg-type]


def run(
    *words: str, database: str, stdin: bytes | None = None, wait: float = 600
) -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own."""
    return subprocess.run(
        command(*words),
        env=environment(database),
        input=stdin,
        capture_output=True,
        timeout=wait,
        check=False,
    )


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "fingerpost.cli", *words]


def environment(database: str) -> dict[str, str]:
    return {**os.environ, "FINGERPOST_DATABASE": database, "PYTHONWARNINGS": "default"}


def _build(server: Address, connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    _forget_old_worlds(connection)
    draft = f"draft_{name}"
    drop(server, draft)
    roles.ensure_database(server, draft)
    for words in (("migrate", "--quiet"), ("demo", "build", "--scale", SCALE)):
        done = run(*words, database=draft)
        if done.returncode:
            raise RuntimeError(f"fingerpost {' '.join(words)}: {done.stderr.decode()[-2000:]}")
    connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def _forget_old_worlds(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    old = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^(draft_)?world_|^own_|^journey_'"
    ).fetchall()
    for (name,) in old:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _fingerprint() -> str:
    """Of everything that can change the world: the package without its pages."""
    files = sorted((ROOT / "src" / "fingerpost").rglob("*"))
    kinds = (".py", ".sql", ".toml", ".csv", ".json", ".txt")
    rooms = (
        "records",
        "demo",
        "rules/returns",
        "rules/duties",
        "rules/calendars",
        "rules/identifiers",
        "config",
    )
    wanted = [
        f for f in files if f.suffix in kinds and any(f"fingerpost/{room}/" in f.as_posix() for room in rooms)
    ]
    digest = hashlib.sha256()
    for file in wanted:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _locked() -> Iterator[None]:
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _superuser(server: Address) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        server.url(role=server.superuser, database="postgres"), autocommit=True, connect_timeout=60
    )


Raw = Callable[[str], psycopg.Connection[tuple[object, ...]]]


@pytest.fixture
def raw_as(server: Address, django_db_setup: None) -> Raw:
    """Plain SQL as one of the logins, in the worker's world."""
    return lambda role: raw(server, f"test_{WORKER}", role)
