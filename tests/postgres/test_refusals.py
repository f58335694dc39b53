# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the launcher refuses, leaves untouched, and says in words that tell what to do."""

from pathlib import Path

import pytest

from fingerpost.postgres import choose, cluster, errors
from fingerpost.postgres.errors import ClusterError
from tests.postgres.conftest import as_root, as_user, made

pytestmark = pytest.mark.cluster


def picture(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(at.relative_to(folder)): (at.read_bytes() if at.is_file() else b"", at.stat().st_mode)
        for at in [folder, *folder.rglob("*")]
    }


def test_a_data_folder_of_another_major_version_names_both(home: Path) -> None:
    folder = home / "db"
    (folder / "data").mkdir(parents=True)
    (folder / "fingerpost.lock").touch()
    here = next(choose.candidates()).version
    (folder / "data" / "PG_VERSION").write_text("13\n")
    with pytest.raises(
        ClusterError, match=rf"made by PostgreSQL 13, but this machine has PostgreSQL {here}.*Install"
    ):
        cluster.ensure(folder)


def test_a_foreign_folder_is_refused_and_untouched(home: Path) -> None:
    (home / "photos").mkdir()
    (home / "photos" / "cat.jpg").write_bytes(b"cat")
    before = picture(home)
    with pytest.raises(ClusterError, match="was not made by Fingerpost"):
        cluster.ensure(home / "photos")
    assert picture(home) == before
    assert cluster.status(home / "photos").state == "absent"


def test_somebody_elses_cluster_is_refused_and_untouched(home: Path) -> None:
    (home / "other" / "base").mkdir(parents=True)
    (home / "other" / "PG_VERSION").write_text("15\n")
    before = picture(home / "other")
    with pytest.raises(ClusterError, match="was not made by Fingerpost"):
        cluster.ensure(home / "other")
    assert picture(home / "other") == before


def test_rubbish_where_the_data_should_be_is_left_as_it_is(home: Path) -> None:
    folder = home / "db"
    (folder / "data").mkdir(parents=True)
    (folder / "fingerpost.lock").touch()
    (folder / "data" / "letter.txt").write_text("Dear")
    with pytest.raises(ClusterError, match="not a PostgreSQL cluster"):
        cluster.ensure(folder)
    assert (folder / "data" / "letter.txt").read_text() == "Dear"


def test_a_file_in_the_place_of_the_folder_is_named(home: Path) -> None:
    (home / "db").write_text("")
    with pytest.raises(ClusterError, match="cannot be used: File exists"):
        cluster.ensure(home / "db")


@as_root
def test_a_place_without_the_right_to_write_is_named(home: Path) -> None:
    with pytest.raises(ClusterError, match=r"cannot be used: Permission denied.*choose another folder"):
        as_user("nobody", lambda: cluster.ensure(home / "db"))


def test_a_server_that_does_not_start_shows_the_end_of_its_log(home: Path) -> None:
    folder = made(home / "db")
    (folder / "data" / "local.conf").write_text("max_connections = plenty\n")
    with pytest.raises(ClusterError, match=r"did not start.*invalid value.*max_connections.*server\.log"):
        cluster.ensure(folder)
    (folder / "data" / "local.conf").write_text("max_connections = 61\n")
    cluster.ensure(folder)


def test_a_first_start_that_fails_leaves_nothing_half_made(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = _programs_with_an_initdb_that_fails(home / "bin")
    monkeypatch.setenv("FINGERPOST_PG_BIN", str(programs))
    with pytest.raises(
        ClusterError, match=r"could not make a cluster.*said: No space left on device.*Check free space"
    ):
        cluster.ensure(home / "db")
    monkeypatch.delenv("FINGERPOST_PG_BIN")
    assert sorted(at.name for at in (home / "db").iterdir()) == ["fingerpost.lock"]
    cluster.ensure(home / "db", durable=False)


def _programs_with_an_initdb_that_fails(folder: Path) -> Path:
    folder.mkdir()
    real = choose.binaries().folder
    for name in choose.NEEDED:
        (folder / name).symlink_to(real / name)
    (folder / "initdb").unlink()
    (folder / "initdb").write_text("#!/bin/sh\necho 'No space left on device' >&2; echo done; exit 1\n")
    (folder / "initdb").chmod(0o755)
    return folder


def test_the_telling_lines_of_a_long_answer_are_the_ones_shown() -> None:
    assert errors.gist("creating files\nFATAL: No space left\nremoving contents\n") == "FATAL: No space left"
    assert errors.gist("one\ntwo\n\nthree\nfour") == "two / three / four"
    assert errors.gist("") == "(nothing)"
