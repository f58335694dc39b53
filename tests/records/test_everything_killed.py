# SPDX-License-Identifier: AGPL-3.0-or-later
"""In the middle of an import everything is killed: the web server, PostgreSQL itself. The next command heals it."""

import os
import signal
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest

from fingerpost.postgres import cluster, place
from tests.database import command

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("everything_killed")]
PATIENCE = 300  # seconds for what takes some when the machine has nothing else to do
CHILDREN = "SELECT coalesce(max(persons_done), 0), coalesce(max(persons_total), 0) FROM returns_returnfile"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An installation of its own, with the made-up area's ground and no return yet."""
    said = {
        "FINGERPOST_HOME": str(tmp_path / "home"),
        "FINGERPOST_DATABASE": "fingerpost",
        "FINGERPOST_DEMO": "1",
    }
    environment = {**os.environ, **said, "PYTHONWARNINGS": "default"}
    _ok("migrate", "--quiet", env=environment)
    _ok("demo", "returns", str(tmp_path / "returns"), "--scale", "0.2", env=environment)
    _ok("account", "open-area", "888", "Made-up area", env=environment)
    return environment


def _ok(*words: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        command(*words), env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _ask(home: dict[str, str], sql: str) -> tuple[int, ...]:
    address = place.where(Path(home["FINGERPOST_HOME"]) / "postgres")
    with psycopg.connect(address.url(role=address.superuser, database="fingerpost")) as root:
        return tuple(int(str(cell)) for cell in root.execute(sql).fetchone() or ())


def _port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(home: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    serving = subprocess.Popen(
        command("serve", "--port", str(port), "--workers", "1"), env=home, start_new_session=True
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and serving.poll() is None:
        if _answers(port):
            return serving
        time.sleep(0.1)
    raise AssertionError("the web server does not answer")


def _kill(serving: subprocess.Popen[bytes]) -> None:
    if serving.poll() is None:
        os.killpg(serving.pid, signal.SIGKILL)
    serving.wait(timeout=PATIENCE)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=PATIENCE) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False


def _half_way(home: dict[str, str], importing: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and importing.poll() is None:
        done, total = _ask(home, CHILDREN)
        if 0 < done < total:
            return
        time.sleep(0.01)
    raise AssertionError("the import never was half-way")


def test_everything_is_killed_and_nothing_is_lost(home: dict[str, str], tmp_path: Path) -> None:
    file, port = str(tmp_path / "returns" / "sen2-2025.xml"), _port()
    folder = Path(home["FINGERPOST_HOME"]) / "postgres"
    serving = _serve(home, port)
    importing = subprocess.Popen(
        command("sen2", "import", file), env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        # When the web server and PostgreSQL are killed in mid-import
        _half_way(home, importing)
        _kill(serving)
        postmaster = cluster.status(folder).pid
        assert postmaster
        os.kill(postmaster, signal.SIGKILL)
        # Then the import says so in one line
        _, said = importing.communicate(timeout=PATIENCE)
        assert importing.returncode == 2, said
        assert [line for line in said.splitlines() if line.startswith("fingerpost: ")], said
        assert "Traceback" not in said
        # And the same command starts the database again and goes on where it stopped
        again = _ok("sen2", "import", file, env=home)
        assert "went on where it had stopped" in again
        done, total = _ask(home, CHILDREN)
        assert done == total > 0
        people, distinct = _ask(home, "SELECT count(*), count(DISTINCT person_id) FROM returns_sourcerecord")
        assert people == total
        assert distinct <= _ask(home, "SELECT count(*) FROM people_person")[0]
        assert _ask(
            home,
            "SELECT count(*) FROM (SELECT case_id, duty FROM cases_clock GROUP BY 1, 2 HAVING count(*) > 1) t",
        ) == (0,)
        assert "as they were written" in _verified(home)
        # And the pages are served again
        serving = _serve(home, port)
        # And once more changes nothing
        assert "nothing new" in _ok("sen2", "import", file, env=home)
    finally:
        _kill(serving)
        cluster.stop(folder)


def _verified(home: dict[str, str]) -> str:
    _ok("log", "seal", env=home)
    return _ok("log", "verify", env=home)
