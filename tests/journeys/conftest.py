# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every journey stands on: the real server on a database of its own, and a real browser."""

import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO
from urllib.request import urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fingerpost.postgres.address import Address
from tests.database import WORKER, clone, command, drop, environment

PATIENCE = 120  # seconds; a server takes two, unless the machine is busy


@dataclass(frozen=True, slots=True)
class Site:
    """A running Fingerpost and the database behind it."""

    address: str
    database: str


@pytest.fixture
def site(server: Address, world: str) -> Iterator[Site]:
    """The real server as its user would start it, on a clone of the made-up world."""
    name = f"journey_{WORKER}_{uuid4().hex[:8]}"
    clone(server, world, name)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    words = command("serve", "--port", str(port), "--workers", "1")
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(words, env=environment(name), stderr=said) as process,
    ):
        try:
            _wait(address, process, said)
            yield Site(address, name)
        finally:
            process.terminate()
    drop(server, name)


Door = Callable[..., Page]


@pytest.fixture
def door(browser: Browser, site: Site) -> Iterator[Door]:
    """Open a browser of one's own, signed in as one of the cast by the demo's one-click door."""
    opened: list[BrowserContext] = []

    def enter(name: str | None = None, *, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        opened.append(context)
        page = context.new_page()
        if name:
            page.goto("/demo")
            page.get_by_role("button", name=f"Sign in as {name}").click()
            expect(page).not_to_have_url(re.compile("/demo$"))
        return page

    yield enter
    for context in opened:
        context.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{address}/account/login/", timeout=PATIENCE).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    said.seek(0)
    raise RuntimeError(f"no answer from {address}: {said.read().decode()[-2000:]}")
