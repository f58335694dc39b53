# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database comes back by itself after kill -9, with stale files about, and when two processes start it at once."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from fingerpost.postgres import birth, cluster, identity, processes, roles, server
from fingerpost.postgres.address import OWNER, Address
from fingerpost.postgres.errors import ClusterError
from tests.postgres.conftest import made

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def folder(shared_home: Path) -> Path:
    """One cluster for the tests of this file; each asks for it to run again, so any order will do."""
    return shared_home / "db"


def connected(address: Address) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(address.url(role=OWNER, database="postgres"), autocommit=True)


def kill(folder: Path) -> int:
    pid = cluster.status(folder).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def working(folder: Path) -> set[int]:
    return processes.of(folder / "data", identity.of(folder / "data"))


def test_committed_rows_are_there_after_the_postmaster_was_killed(folder: Path) -> None:
    address = cluster.ensure(folder)
    with psycopg.connect(address.url(role=address.superuser, database="postgres"), autocommit=True) as root:
        root.execute("DROP TABLE IF EXISTS fact")
        root.execute("CREATE TABLE fact AS SELECT 1 AS n")
    killed = kill(folder)
    address = cluster.ensure(folder)
    with psycopg.connect(address.url(role=address.superuser, database="postgres")) as root:
        assert root.execute("SELECT n FROM fact").fetchone() == (1,)
    assert cluster.status(folder).pid != killed


def test_a_backend_that_outlives_the_postmaster_is_ended_before_a_new_start(folder: Path) -> None:
    address = cluster.ensure(folder, durable=False)
    with contextlib.closing(connected(address)) as connection:
        orphan = connection.info.backend_pid
        connection.pgconn.send_query(b"DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$")
        connection.pgconn.flush()
        kill(folder)
        time.sleep(0.3)
        assert orphan in working(folder)
        cluster.ensure(folder, durable=False)
    assert orphan not in working(folder)


@pytest.mark.parametrize("number", ["recycled", "zombie", "rubbish"])
def test_a_pid_file_that_names_no_server_is_no_hindrance(folder: Path, home: Path, number: str) -> None:
    made(folder)
    impostor = _zombie_called_postgres(home, folder / "data") if number == "zombie" else None
    pid = {"recycled": os.getpid(), "zombie": impostor.pid if impostor else 0, "rubbish": "rubbish"}[number]
    (folder / "data" / "postmaster.pid").write_text(
        f"{pid}\n{folder}/data\n1\n5432\n{folder}/socket\n\n  1 2\nready\n"
    )
    (folder / "socket" / ".s.PGSQL.5432.lock").write_text(f"{pid}\n{folder}/data\n1\n5432\n{folder}/socket\n")
    assert cluster.status(folder).state == "stopped"
    cluster.ensure(folder, durable=False)
    assert cluster.status(folder).state == "running"
    if impostor:
        impostor.wait()


def _zombie_called_postgres(home: Path, data: Path) -> subprocess.Popen[bytes]:
    program = home / "postgres"
    shutil.copy2("/usr/bin/sleep", program)
    child = subprocess.Popen([program, "60"], cwd=data)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    return child


def test_a_server_whose_socket_was_swept_away_is_started_again(folder: Path) -> None:
    cluster.ensure(folder, durable=False)
    shutil.rmtree(folder / "socket")
    address = cluster.ensure(folder, durable=False)
    with connected(address) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_two_processes_that_start_at_once_share_one_server(home: Path) -> None:
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()

    def start() -> None:
        answers.put(cluster.ensure(home / "db", durable=False))

    both = [fork.Process(target=start) for _ in range(3)]
    for each in both:
        each.start()
    addresses = {answers.get(timeout=300) for _ in both}
    for each in both:
        each.join()
    assert len(addresses) == 1
    heads = [pid for pid in working(home / "db") if pid == cluster.status(home / "db").pid]
    assert len(heads) == 1


def test_a_first_start_that_was_killed_half_way_is_begun_again(home: Path) -> None:
    code = (
        "import sys, pathlib; from fingerpost.postgres import cluster; "
        "cluster.ensure(pathlib.Path(sys.argv[1]), durable=False)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, home / "db"], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    while not list((home / "db").glob(f"{birth.HALF}*/base")):
        assert first.poll() is None, "it ended by itself"
        time.sleep(0.01)
    first.kill()
    first.wait()
    assert not (home / "db" / "data").exists()
    cluster.ensure(home / "db", durable=False)
    assert cluster.status(home / "db").state == "running"
    assert not list((home / "db").glob(f"{birth.HALF}*"))


def test_the_server_outlives_its_starter_and_an_interrupt_in_the_terminal(folder: Path) -> None:
    cluster.ensure(folder, durable=False)
    pid = cluster.status(folder).pid
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)
    assert os.getpgid(pid) != os.getpgid(0)


def test_stop_waits_until_the_server_is_gone_and_may_be_said_twice(folder: Path) -> None:
    cluster.ensure(folder, durable=False)
    cluster.stop(folder)
    assert working(folder) == set()
    cluster.stop(folder)
    assert cluster.status(folder).state == "stopped"
    assert cluster.status(folder / "elsewhere").state == "absent"


def test_a_server_out_of_sight_keeps_a_second_one_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.ensure(folder, durable=False)
    with monkeypatch.context() as elsewhere:  # as in another container that shares the folder only
        elsewhere.setattr(processes, "of", lambda data, who: set())
        elsewhere.setattr(server, "answer", lambda programs, address: 2)
        with pytest.raises(ClusterError, match="cannot be seen from here"):
            cluster.ensure(folder, durable=False)
    assert cluster.status(folder).state == "running"
    cluster.stop(folder)
    cluster.ensure(folder, durable=False)


def test_a_server_that_replays_its_log_is_not_ended_for_being_slow(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.ensure(folder, durable=False)
    pid = cluster.status(folder).pid
    with monkeypatch.context() as slow:
        slow.setattr(server, "answer", lambda programs, address: server.REFUSES)
        slow.setattr(server, "PATIENCE", 0.2)
        with pytest.raises(ClusterError, match="Leave it to finish"):
            cluster.ensure(folder, durable=False)
    assert cluster.status(folder).pid == pid


def test_commands_that_make_the_same_database_at_once_all_succeed(folder: Path) -> None:
    address = cluster.ensure(folder, durable=False)
    with ThreadPoolExecutor(6) as several:
        for name in ("one", "two"):
            list(several.map(lambda _, name=name: roles.ensure_database(address, name), range(6)))
    with connected(address) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_database WHERE datname IN ('one', 'two')"
        ).fetchone()
    assert found == (2,)
