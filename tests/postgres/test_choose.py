# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which PostgreSQL is taken: the operator's, then Debian's newest, then the wheel's; and what is said when none is."""

from pathlib import Path

import pytest

from fingerpost.postgres import choose
from fingerpost.postgres.choose import Binaries
from fingerpost.postgres.errors import ClusterError


def programs(folder: Path, says: str) -> Path:
    """A set of programs that only tells its version."""
    folder.mkdir(parents=True)
    for name in choose.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of our own making: no Debian packages, no wheel."""
    monkeypatch.setattr(choose, "DEBIAN", tmp_path / "postgresql")
    monkeypatch.setattr(choose, "_wheel", lambda: [(tmp_path / "wheel" / "bin", "wheel")])
    return tmp_path


def test_debians_newest_comes_before_the_wheel(machine: Path) -> None:
    programs(machine / "wheel" / "bin", "postgres (PostgreSQL) 18.1")
    for version in (9, 15, 17, 14):
        programs(machine / "postgresql" / str(version) / "bin", f"postgres (PostgreSQL) {version}.2 (Debian)")
    assert [each.version for each in choose.candidates({})] == [17, 15, 18]


def test_a_cluster_is_served_by_its_own_version(machine: Path) -> None:
    newest = programs(machine / "postgresql" / "17" / "bin", "postgres (PostgreSQL) 17.0")
    wheel = programs(machine / "wheel" / "bin", "postgres (PostgreSQL) 18beta1")
    assert choose.binaries(cluster_version=18, environ={}) == Binaries(wheel, 18, "wheel")
    assert choose.binaries(environ={}).folder == newest
    with pytest.raises(
        ClusterError, match=r"made by PostgreSQL 16.*has PostgreSQL 17 \(Debian\), 18 \(wheel\)"
    ):
        choose.binaries(cluster_version=16, environ={})


def test_the_operators_choice_is_the_only_one_looked_at(machine: Path) -> None:
    programs(machine / "wheel" / "bin", "postgres (PostgreSQL) 18.1")
    own = programs(machine / "own", "postgres (PostgreSQL) 16.0")
    chosen = {"FINGERPOST_PG_BIN": str(own)}
    assert [each.folder for each in choose.candidates(chosen)] == [own]
    with pytest.raises(ClusterError, match="made by PostgreSQL 18"):
        choose.binaries(cluster_version=18, environ=chosen)


@pytest.mark.parametrize(
    ("says", "expected"), [("postgres (PostgreSQL) 14.9", "15 or newer is needed"), ("hello", "do not run")]
)
def test_a_choice_that_cannot_serve_is_refused(machine: Path, says: str, expected: str) -> None:
    own = programs(machine / "own", says)
    with pytest.raises(ClusterError, match=expected):
        choose.binaries(environ={"FINGERPOST_PG_BIN": str(own)})


def test_half_an_installation_is_passed_over(machine: Path) -> None:
    programs(machine / "postgresql" / "17" / "bin", "postgres (PostgreSQL) 17.0")
    (machine / "postgresql" / "17" / "bin" / "initdb").unlink()
    with pytest.raises(ClusterError, match=r"apt install postgresql.*FINGERPOST_PG_BIN.*DATABASE_URL"):
        choose.binaries(environ={})


def test_a_database_of_somebody_else_needs_no_launcher() -> None:
    assert choose.outside_url({"DATABASE_URL": "postgresql://db/x"}) == "postgresql://db/x"
    assert choose.outside_url({"DATABASE_URL": ""}) is None
    assert choose.outside_url({}) is None
