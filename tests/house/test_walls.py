# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second wall stands round every table about a child, and the web login cannot climb it."""

import pytest
from django.apps import apps
from django.db import connection, models

from fingerpost.records.foundation.privacy import Privacy
from tests.database import Raw

pytestmark = pytest.mark.django_db

# Outside the policies by design: the table that the access functions read. No web login has any grant on it.
BEHIND_NO_POLICY = {"people_reach"}
LOGS = {"foundation_journalentry", "foundation_accesslogentry"}


def _ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("fingerpost.records.")]


def _child_tables() -> list[str]:
    """Every table with a person in it, history tables included; found in the database, not in a list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND (column_name IN ('person_id', 'upn', 'case_id', 'plan_id') OR table_name = 'people_person')"
        )
        return sorted(name for (name,) in cursor.fetchall())


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_there_are_child_tables() -> None:
    assert {"people_person", "cases_case", "cases_fact", "plans_plan", "placements_placement"} <= set(
        _child_tables()
    )


def test_row_level_security_is_forced_on_every_child_table() -> None:
    held = _rows("SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relkind = 'r'")
    forced = {str(name): bool(yes) for name, yes in held}
    open_ones = [t for t in _child_tables() if t not in BEHIND_NO_POLICY and not forced[t]]
    assert open_ones == []


def test_every_child_table_has_area_and_team() -> None:
    columns = {(t, c) for t, c in _rows("SELECT table_name, column_name FROM information_schema.columns")}
    for table in _child_tables():
        assert (table, "area_id") in columns, table
        if table not in BEHIND_NO_POLICY | LOGS | {"people_personevent"}:
            assert (table, "team_id") in columns, table


def test_every_team_column_follows_the_child() -> None:
    followed = {
        name
        for (name,) in _rows(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname LIKE '%_follows_team'"
        )
    }
    for table in _child_tables():
        if table not in BEHIND_NO_POLICY | LOGS | {"people_personevent", "people_person"}:
            assert table in followed, table


def test_the_public_role_has_no_grant_on_a_child_table() -> None:
    for table in _child_tables():
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            held = _rows(f"SELECT has_table_privilege('fingerpost_public', '{table}', '{right}')")[0][0]
            assert held is False, f"{right} on {table}"


def test_nobody_on_the_web_may_delete_or_read_reach() -> None:
    for table in _child_tables():
        assert _rows(f"SELECT has_table_privilege('fingerpost_web', '{table}', 'DELETE')") == [(False,)], (
            table
        )
    for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        assert _rows(f"SELECT has_table_privilege('fingerpost_web', 'people_reach', '{right}')") == [(False,)]


def test_facts_and_journal_are_append_only_by_grant() -> None:
    for table in ("cases_fact", *LOGS):
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            assert _rows(f"SELECT has_table_privilege('fingerpost_web', '{table}', '{right}')") == [
                (False,)
            ], table


def test_the_web_login_is_neither_owner_nor_superuser_nor_above_the_policies(raw_as: Raw) -> None:
    with raw_as("web") as web:
        said = web.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owned = web.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
        member = web.execute("SELECT pg_has_role(current_user, 'fingerpost_owner', 'MEMBER')").fetchone()
    assert said == (False, False, False, False)
    assert owned == (0,)
    assert member == (False,)


def test_without_a_signed_actor_every_child_table_is_empty(raw_as: Raw) -> None:
    with raw_as("web") as web:
        for table in _child_tables():
            if table in BEHIND_NO_POLICY | {"foundation_accesslogentry"}:
                continue
            assert web.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_every_field_has_a_privacy_class() -> None:
    for model in _ours():
        if model.__name__.endswith("Event"):  # history made by pghistory repeats the classes of its model
            continue
        said: dict[str, Privacy] = getattr(model, "PRIVACY", {})
        fields = {f.name for f in model._meta.local_concrete_fields} | {
            f.attname for f in model._meta.local_concrete_fields
        }
        named = set(said)
        missing = {f.name for f in model._meta.local_concrete_fields if not {f.name, f.attname} & named}
        assert not missing, f"{model.__name__} does not say how private {sorted(missing)} are"
        assert named - {"salt"} <= fields, (
            f"{model.__name__} classes fields it does not have: {named - fields}"
        )
