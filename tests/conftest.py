# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a conftest must say rather than a plugin: it outranks pytest-django's own fixture. And the one browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from fingerpost.postgres.address import Address
from tests.database import WORKER, clone

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
# What a browser test waits for may take this long, because two busy cores are slow; a right page takes no time at all.
PATIENCE = 60_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def django_db_setup(server: Address, world: str) -> None:
    """The worker's database is a clone of the world."""
    clone(server, world, f"test_{WORKER}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without one the journeys are said to be not run, and CI fails."""
    if not CHROMIUM.exists() or not AXE.exists():
        if os.environ.get("CI"):
            pytest.fail("journeys: NOT RUN (chromium or node_modules/axe-core is missing)")
        pytest.skip("journeys: NOT RUN (chromium or node_modules/axe-core is missing)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
