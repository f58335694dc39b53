# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal: what a seal covers, and how a changed, missing or added entry is named."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.postgres.address import Address
from fingerpost.records.foundation import journal
from fingerpost.records.foundation.models import JournalEntry
from tests.database import connected, raw, run

AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
WHO = UUID("00000000-0000-4000-8000-000000000001")


def _write(count: int) -> list[int]:
    return [
        journal.record("test.done", by=WHO, at=AT, subject=("thing", uuid4()), detail={"n": n})
        for n in range(count)
    ]


@pytest.fixture
def sealed(own_database: str) -> list[int]:
    ids = _write(5)
    with connected(own_database, "owner"):
        journal.seal(at=AT)
    return ids


def _tamper(server: Address, name: str, sql: str) -> None:
    """As somebody with the keys of the whole database, past grants and triggers."""
    with psycopg.connect(server.url(role=server.superuser, database=name), autocommit=True) as root:
        root.execute("SET session_replication_role = replica")
        root.execute(sql)


def test_a_sealed_journal_verifies(own_database: str, sealed: list[int]) -> None:
    with connected(own_database, "owner"):
        found = journal.verify()
    assert found.broken is None
    assert found.entries >= 5
    assert found.unsealed == 0


def test_new_entries_wait_for_the_next_seal(own_database: str, sealed: list[int]) -> None:
    _write(2)
    with connected(own_database, "owner"):
        assert journal.verify().unsealed == 2
        assert journal.seal(at=AT) == 2
        assert journal.verify().unsealed == 0


@pytest.mark.parametrize(
    "column",
    [
        "kind = 'other.done'",
        "by_id = gen_random_uuid()",
        "at = at + interval '1 second'",
        "digest = sha256('x')",
        "origin = 'system'",
        "person_id = gen_random_uuid()",
    ],
)
def test_a_changed_entry_is_named(server: Address, own_database: str, sealed: list[int], column: str) -> None:
    _tamper(server, own_database, f"UPDATE foundation_journalentry SET {column} WHERE id = {sealed[2]}")
    with connected(own_database, "owner"):
        broken = journal.verify().broken
    assert broken is not None
    assert broken.entry_id == sealed[2]


def test_a_missing_entry_is_found_where_it_was(server: Address, own_database: str, sealed: list[int]) -> None:
    _tamper(server, own_database, f"DELETE FROM foundation_journalentry WHERE id = {sealed[2]}")
    with connected(own_database, "owner"):
        broken = journal.verify().broken
    assert broken is not None
    assert broken.entry_id == sealed[3]
    assert "missing" in broken.why


def test_a_changed_seal_is_found(server: Address, own_database: str, sealed: list[int]) -> None:
    _tamper(server, own_database, "UPDATE foundation_journalseal SET leaves = leaves || leaves")
    with connected(own_database, "owner"):
        broken = journal.verify().broken
    assert broken is not None
    assert "seal" in broken.why


def test_the_command_ends_in_1_and_names_the_entry(
    server: Address, own_database: str, sealed: list[int]
) -> None:
    assert run("log", "verify", database=own_database).returncode == 0
    _tamper(server, own_database, f"UPDATE foundation_journalentry SET kind = 'x.y' WHERE id = {sealed[1]}")
    done = run("log", "verify", database=own_database)
    assert done.returncode == 1
    assert f"entry {sealed[1]}" in done.stdout.decode()


def test_not_even_the_owner_changes_an_entry(server: Address, own_database: str, sealed: list[int]) -> None:
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only")
    with raw(server, own_database, "owner") as owner, refused:
        owner.execute("UPDATE foundation_journalentry SET kind = 'x.y'")


def test_the_digest_hides_the_detail_and_the_salt_is_apart(own_database: str) -> None:
    entry = JournalEntry.objects.get(pk=_write(1)[0])
    again = JournalEntry.objects.get(pk=_write(1)[0])
    assert bytes(entry.digest) != bytes(again.digest), "the same detail must not be told by its digest"


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_every_leaf_counts_towards_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:at], bytes(b ^ 1 for b in leaves[at]), *leaves[at + 1 :]]
    assert journal.root_of(leaves) != journal.root_of(changed)
