# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts placements behind the second wall."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial"), ("people", "0002_walls")]
    operations = [
        walls.protect("placements_placement"),
        walls.follow_team("placements_placement"),
        # A resubmission replaces the picture of its own census day.
        migrations.RunSQL(
            "GRANT DELETE ON placements_placement TO fingerpost_loader", migrations.RunSQL.noop
        ),
    ]
