# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every journey stands on: the real server on a database of its own, and a real browser."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.request import urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from fingerpost.postgres.address import Address
from tests.database import WORKER, clone, command, drop, environment


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
    words = command("serve", "--port", str(port), "--workers", "1")
    with subprocess.Popen(words, env=environment(name), stderr=subprocess.PIPE) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield Site(address, name)
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
        return page

    yield enter
    for context in opened:
        context.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError((process.stderr.read() if process.stderr else b"").decode()[-2000:])
        try:
            urlopen(f"{address}/account/login/", timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}")
