# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost database` from start to stop, as typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost.cli import main

pytestmark = pytest.mark.cluster


def test_a_day_with_the_database(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--folder", str(home / "db")]
    assert main.main(["database", "status", *place]) == 0
    assert capsys.readouterr().out.startswith("absent:")
    assert main.main(["database", "start", *place]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("postgresql://fingerpost_web@/fingerpost?host=%2Ftmp")
    assert "starting PostgreSQL" in said.err
    assert main.main(["database", "status", *place]) == 0
    assert "running:" in capsys.readouterr().out
    assert _psql(place, "web") == "fingerpost_web"
    assert _psql(place, "owner") == "fingerpost_owner"
    assert main.main(["database", "stop", *place]) == 0
    assert main.main(["database", "psql", *place]) == 2
    assert "no database runs" in capsys.readouterr().err


def _psql(place: list[str], role: str) -> str:
    code = "import sys; from fingerpost.cli.main import main; sys.exit(main())"
    said = subprocess.run(
        [sys.executable, "-c", code, "database", "psql", "--role", role, *place],
        input="\\pset tuples_only on\n\\pset format unaligned\nSELECT current_user;\n",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip().splitlines()[-1]


def test_the_home_may_be_named_by_the_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FINGERPOST_HOME", str(home))
    assert main.main(["database", "status"]) == 0
    assert str(home / "postgres") in capsys.readouterr().out


def test_a_database_of_somebody_else_is_left_alone_and_its_password_unsaid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web:hush@db.internal/fingerpost")
    assert main.main(["database", "stop"]) == 2
    said = capsys.readouterr().err
    assert "not ours to stop" in said
    assert "hush" not in said
