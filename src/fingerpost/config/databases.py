# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which database, and as whom: an address from the environment, or the zero set-up cluster of this home."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from psycopg.conninfo import conninfo_to_dict

from fingerpost.postgres import place

NAME = os.environ.get("FINGERPOST_DATABASE", "fingerpost")
# One variable for each login, so that the web server never holds the owner's.
VARIABLES = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "loader": "DATABASE_LOADER_URL"}

# A page asks the same questions again and again. Their plans, policies and all, are kept for the connection, which
# halves the second wall's cost. PostgreSQL plans anew when the role changes, and asks who the reader is each time.
KEPT_PLANS = {"server_side_binding": True, "prepare_threshold": 2}


def chosen(home: Path, role: str) -> dict[str, Any]:
    """Django's settings of the one connection."""
    url = os.environ.get(VARIABLES[role])
    return _settings(conninfo_to_dict(url) if url else _own(home, role), role)


def _own(home: Path, role: str) -> dict[str, Any]:
    # Where the cluster is does not depend on whether it runs; a command that needs it starts it first.
    return dict(place.where(home / "postgres").keywords(role=f"fingerpost_{role}", database=NAME))


def _settings(said: dict[str, Any], role: str) -> dict[str, Any]:
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    rest = {name: value for name, value in said.items() if name not in known}
    settings = {place: unquote(str(said.get(name, ""))) for name, place in known.items()}
    return {
        **settings,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {**rest, **(KEPT_PLANS if role == "web" else {}), "application_name": "fingerpost"},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # our own middleware opens the transaction, so that it covers middleware too
        "TEST": {"MIGRATE": False},
    }
