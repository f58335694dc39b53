# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a conftest must say rather than a plugin: it outranks pytest-django's own fixture of this name."""

import pytest

from fingerpost.postgres.address import Address
from tests.database import WORKER, clone


@pytest.fixture(scope="session")
def django_db_setup(server: Address, world: str) -> None:
    """The worker's database is a clone of the world."""
    clone(server, world, f"test_{WORKER}")
