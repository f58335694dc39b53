# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three roles of Fingerpost and its databases: who owns, who serves the pages, who reads without signing in."""

import psycopg
from psycopg import sql

from fingerpost.postgres.address import OWNER, PUBLIC, WEB, Address
from fingerpost.postgres.errors import ClusterError

_FORBIDDEN = sql.SQL("NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS")
# The web login inherits nothing; it puts on `fingerpost_public` by SET ROLE, which a plain grant allows on 15 and on 18.
_ROLES = {
    OWNER: sql.SQL("LOGIN CREATEDB INHERIT"),
    WEB: sql.SQL("LOGIN NOCREATEDB NOINHERIT"),
    PUBLIC: sql.SQL("NOLOGIN NOCREATEDB NOINHERIT"),
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


def _is_member(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    question = "SELECT 1 FROM pg_auth_members WHERE roleid = %s::text::regrole AND member = %s::text::regrole"
    return connection.execute(question, [PUBLIC, WEB]).fetchone() is not None


def _superuser(address: Address) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(
            address.url(role=address.superuser, database="postgres"), autocommit=True, connect_timeout=10
        )
    except psycopg.OperationalError as problem:
        raise ClusterError(
            f"the database at {address.host} runs but does not let this user in: {problem}. "
            "Only the user who made the database folder may use it."
        ) from problem


def _format(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))  # type: ignore[arg-type]
