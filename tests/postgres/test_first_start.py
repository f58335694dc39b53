# SPDX-License-Identifier: AGPL-3.0-or-later
"""A first start makes a private cluster with the three roles, the same on every version of PostgreSQL we carry."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fingerpost.postgres import choose, cluster, roles
from fingerpost.postgres.address import LOADER, OWNER, PUBLIC, WEB, Address
from tests.postgres.conftest import sets_of_programs

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module", params=sets_of_programs(), ids=lambda each: f"{each.version}")
def address(request: pytest.FixtureRequest, shared_home: Path) -> Iterator[Address]:
    programs: choose.Binaries = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINGERPOST_PG_BIN", str(programs.folder))
        found = cluster.ensure(shared_home / str(programs.version), durable=False)
        roles.ensure_database(found, "fingerpost")
        yield found


def ask(
    address: Address, role: str, question: str, *, database: str = "fingerpost"
) -> list[tuple[object, ...]]:
    with psycopg.connect(address.url(role=role, database=database), autocommit=True) as connection:
        answer = connection.execute(question.encode())
        return answer.fetchall() if answer.description else []


def test_the_roles_have_the_rights_of_the_design_and_no_other(address: Address) -> None:
    rights = ask(
        address,
        WEB,
        "SELECT rolname, rolcanlogin, rolinherit, rolcreatedb, "
        "rolbypassrls, rolsuper OR rolcreaterole OR rolreplication "
        "FROM pg_roles WHERE rolname LIKE 'fingerpost%' ORDER BY 1",
    )
    assert rights == [
        (LOADER, True, False, False, True, False),
        (OWNER, True, True, True, False, False),
        (PUBLIC, False, False, False, False, False),
        (WEB, True, False, False, False, False),
    ]


def test_the_web_role_can_put_on_the_public_role_but_does_not_inherit_it(address: Address) -> None:
    ask(address, OWNER, f"CREATE TABLE notice (); GRANT SELECT ON notice TO {PUBLIC}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(address, WEB, "SELECT * FROM notice")
    assert ask(address, WEB, f"SET ROLE {PUBLIC}; SELECT * FROM notice") == []


@pytest.mark.parametrize(
    "verb", ["CREATE TABLE x ()", "CREATE SCHEMA x", "CREATE TEMP TABLE x ()", "CREATE DATABASE x"]
)
def test_the_web_role_can_make_nothing(address: Address, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(address, WEB, verb)


def test_the_owner_can_make_and_drop_a_test_database(address: Address) -> None:
    ask(address, OWNER, "CREATE DATABASE test_fingerpost", database="postgres")
    ask(address, OWNER, "DROP DATABASE test_fingerpost", database="postgres")


def test_the_public_role_cannot_sign_in_and_the_web_role_stays_in_its_database(address: Address) -> None:
    for role, database in ((PUBLIC, "fingerpost"), (WEB, "postgres"), ("stranger", "fingerpost")):
        with pytest.raises(psycopg.OperationalError):
            ask(address, role, "SELECT 1", database=database)


def test_text_sorts_by_bytes_and_letters_are_unicode_on_every_version(address: Address) -> None:
    words = "SELECT lower('ÉVA'), string_agg(w, ' ' ORDER BY w) FROM unnest(ARRAY['b', 'É', 'A', 'a']) w"
    assert ask(address, OWNER, words) == [("éva", "A a b É")]


def test_the_server_listens_to_nothing_but_its_private_socket(address: Address) -> None:
    assert ask(address, WEB, "SHOW listen_addresses") == [("",)]
    assert ask(address, WEB, "SHOW timezone") == [("UTC",)]
    folder = Path(address.host).parent
    for private in (folder, folder / "socket", folder / "data"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_nobody_is_ever_trusted(address: Address) -> None:
    rules = (Path(address.host).parent / "data" / "pg_hba.conf").read_text()
    assert re.findall(r"^[^#\n].*", rules, re.MULTILINE) == ["local all all peer map=fingerpost"]


def test_a_second_start_changes_nothing(address: Address) -> None:
    folder = Path(address.host).parent
    before = cluster.status(folder)
    assert cluster.ensure(folder, durable=False) == address
    assert cluster.status(folder) == before
    assert before.state == "running"


def test_settings_that_changed_reach_a_running_server(address: Address) -> None:
    assert ask(address, WEB, "SHOW fsync") == [("off",)]
    cluster.ensure(Path(address.host).parent, durable=True)
    assert ask(address, WEB, "SHOW synchronous_commit") == [("on",)]


def test_a_row_that_is_refused_does_not_leak_into_the_log(address: Address) -> None:
    ask(address, OWNER, "CREATE TABLE child (name text PRIMARY KEY)")
    ask(address, OWNER, "INSERT INTO child VALUES ('Marigold')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(address, OWNER, "INSERT INTO child VALUES ('Marigold')")
    said = (Path(address.host).parent / "server.log").read_text()
    assert "duplicate key" in said
    assert "Marigold" not in said
