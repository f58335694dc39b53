# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brings the table of roles to what roles.toml says."""

import tomllib
from importlib import resources

from fingerpost.records.accounts.models import Role


def load() -> int:
    """Write every role of the file, changed or new; run as the owner after every migration."""
    text = resources.files("fingerpost.records.accounts").joinpath("roles.toml").read_text()
    roles = tomllib.loads(text)
    for code, said in roles.items():
        Role.objects.update_or_create(code=code, defaults=said)
    return len(roles)
