# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roles and databases of Fingerpost: who owns, who serves the pages, who reads without signing in."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from fingerpost.postgres.address import LOADER, OWNER, PUBLIC, WEB, Address
from fingerpost.postgres.errors import ClusterError

_TURN = 0x46696E676572  # "Finger" in letters: the advisory lock of these verbs
_FORBIDDEN = sql.SQL("NOSUPERUSER NOCREATEROLE NOREPLICATION")
# The web login inherits nothing and puts on `fingerpost_public` by SET ROLE; a plain grant does on 15 and 18.
_ROLES = {
    OWNER: sql.SQL("LOGIN CREATEDB INHERIT NOBYPASSRLS"),
    WEB: sql.SQL("LOGIN NOCREATEDB NOINHERIT NOBYPASSRLS"),
    PUBLIC: sql.SQL("NOLOGIN NOCREATEDB NOINHERIT NOBYPASSRLS"),
    # COPY cannot write through row-level security, so bulk verbs have a login that no page ever uses.
    LOADER: sql.SQL("LOGIN NOCREATEDB NOINHERIT BYPASSRLS"),
}


def ensure(address: Address) -> None:
    """Create the roles where they are missing and take back any power they should not have."""
    with _superuser(address) as connection:
        there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for name, rights in _ROLES.items():
            verb = sql.SQL("ALTER" if name in there else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} WITH {} {}").format(verb, sql.Identifier(name), rights, _FORBIDDEN)
            )
        if not _is_member(connection):
            connection.execute(_format("GRANT {} TO {}", PUBLIC, WEB))
        connection.execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC")
        connection.execute(_format("GRANT CONNECT ON DATABASE postgres TO {}", OWNER))


def ensure_database(address: Address, name: str) -> None:
    """Create a database that the owner role owns and only the web role may enter besides."""
    with _superuser(address) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(
                _format(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                    "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
                    name,
                    OWNER,
                )
            )
        connection.execute(_format("REVOKE ALL ON DATABASE {} FROM PUBLIC", name))
        connection.execute(_format("GRANT CONNECT ON DATABASE {} TO {}", name, WEB))
        connection.execute(_format("GRANT CONNECT ON DATABASE {} TO {}", name, LOADER))


def _is_member(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    question = "SELECT 1 FROM pg_auth_members WHERE roleid = %s::text::regrole AND member = %s::text::regrole"
    return connection.execute(question, [PUBLIC, WEB]).fetchone() is not None


@contextmanager
def _superuser(address: Address) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    url = address.url(role=address.superuser, database="postgres")
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            # Two commands that start at once must not grant at once: PostgreSQL refuses the second.
            connection.execute("SELECT pg_advisory_lock(%s)", [_TURN])
            yield connection
    except psycopg.Error as problem:
        raise ClusterError(
            f"the database at {address.host} runs but could not be made ready: {' '.join(str(problem).split())}. "
            "Only the user who made the database folder may use it; the log beside it may say more."
        ) from problem


def _format(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
