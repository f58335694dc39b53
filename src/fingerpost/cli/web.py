# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the database ready for a verb that needs it, and only then wakes Django."""

import os
import sys
from pathlib import Path

import django

from fingerpost.cli.errors import Unusable
from fingerpost.postgres import cluster, roles
from fingerpost.postgres.errors import ClusterError


def home() -> Path:
    """Where this installation keeps its data, keys and database."""
    return Path(os.environ.get("FINGERPOST_HOME", ".fingerpost")).absolute()


def start(*, role: str) -> None:
    """Start the zero set-up database unless an address is given, and work as `web`, `owner` or `loader`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fingerpost.config.settings")
    os.environ["FINGERPOST_DATABASE_ROLE"] = role
    if not os.environ.get("DATABASE_URL"):
        _start_own()
    django.setup()
    _require_connection()


def _start_own() -> None:
    try:
        address = cluster.ensure(home() / "postgres", log=_say)
        roles.ensure_database(address, os.environ.get("FINGERPOST_DATABASE", "fingerpost"))
    except ClusterError as problem:
        raise Unusable(str(problem)) from problem


def _require_connection() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as problem:
        raise Unusable(
            f"the database does not let this command in: {problem}. Check DATABASE_URL, DATABASE_OWNER_URL and "
            "DATABASE_LOADER_URL, or unset all three to use the zero set-up database."
        ) from problem


def require_schema() -> None:
    """Refuse to work on a database that this version has not been brought to."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unusable(
            "the database is not of this version. Run `fingerpost migrate` first; it loses nothing."
        )


def _say(text: str) -> None:
    print(text, file=sys.stderr)
