# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts source records and held items behind the second wall; the files themselves tell of no child."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("people", "0002_walls")]
    operations = [
        walls.protect("returns_sourcerecord", append_only=True),
        walls.follow_team("returns_sourcerecord"),
        walls.protect("returns_helditem"),
        walls.follow_team("returns_helditem"),
        walls.open_to_web("returns_returnfile", "SELECT"),
        migrations.RunSQL(
            "GRANT INSERT, UPDATE ON returns_returnfile TO fingerpost_loader", migrations.RunSQL.noop
        ),
    ]
