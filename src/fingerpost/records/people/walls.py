# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second wall, for migrations of every room above: one call puts a table about children behind it."""

from collections.abc import Sequence
from importlib import resources

from django.db import migrations

# Each sub-select runs once a query, not once a row; nested IN (select ...) would be 150 times slower.
_AREA = "area_id = ANY((SELECT fingerpost.held_areas({writing}))::uuid[])"
_TEAM = "team_id = ANY((SELECT fingerpost.held_teams({writing}))::uuid[])"
_REACH = "{person} = ANY((SELECT fingerpost.reached())::uuid[])"


def functions() -> migrations.RunSQL:
    """The access functions themselves; people's own migration runs this before any table is protected."""
    text = resources.files("fingerpost.records.people").joinpath("sql/actor.sql").read_text()
    return migrations.RunSQL(text, migrations.RunSQL.noop)


def protect(table: str, *, person: str = "person_id", append_only: bool = False) -> migrations.RunSQL:
    """Row-level security, forced, with the policies by scope; grants for the web login; no delete for anybody."""
    return _run(
        [
            *_policies(table, person),
            *_grants(table, append_only),
            *(_append_only(table) if append_only else []),
        ]
    )


def follow_team(table: str) -> migrations.RunSQL:
    """The composite key that keeps `team_id` of a child's row the same as the child's own, whatever happens."""
    return _run(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_follows_team FOREIGN KEY (person_id, team_id)"
            " REFERENCES people_person (id, team_id) ON UPDATE CASCADE"
        ]
    )


def protect_area(table: str, *, by_readers: bool = False) -> migrations.RunSQL:
    """An append-only table of a whole area, many children in a row: whole-area readers only.

    `by_readers`: those who may see it may add to it, as somebody does who signs and changes no record.
    """
    see, change = _AREA.format(writing="false"), _AREA.format(writing="true")
    policies = _three(table, see, see if by_readers else change)
    return _run([*policies, *_grants(table, append_only=True), *_append_only(table)])


def open_to_web(table: str, privileges: str) -> migrations.RunSQL:
    """A table that is not about one child: plain grants to the web login, nothing to the public one."""
    return _run(
        [
            f"GRANT {privileges} ON {table} TO fingerpost_web",
            f"GRANT {privileges}, DELETE ON {table} TO fingerpost_loader",
        ]
    )


def _policies(table: str, person: str) -> list[str]:
    # In this order: most readers are of a team, and an arm that holds spares the ones after it.
    see = " OR ".join(
        [_TEAM.format(writing="false"), _AREA.format(writing="false"), _REACH.format(person=person)]
    )
    change = " OR ".join([_TEAM.format(writing="true"), _AREA.format(writing="true")])
    return _three(table, see, change)


def _three(table: str, see: str, change: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY see ON {table} FOR SELECT USING ({see})",
        f"CREATE POLICY add ON {table} FOR INSERT WITH CHECK ({change})",
        f"CREATE POLICY change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})",
    ]


def _grants(table: str, append_only: bool) -> list[str]:
    verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE"
    return [f"GRANT {verbs} ON {table} TO fingerpost_web", f"GRANT {verbs} ON {table} TO fingerpost_loader"]


def _append_only(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER append_only BEFORE UPDATE ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION fingerpost.refuse_change_but_team()",
        f"CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION fingerpost.refuse_change()",
    ]


def _run(statements: Sequence[str]) -> migrations.RunSQL:
    return migrations.RunSQL(";\n".join(statements), migrations.RunSQL.noop)
