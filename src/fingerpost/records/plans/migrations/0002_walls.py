# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts plans and needs behind the second wall."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("people", "0002_walls")]
    operations = [
        walls.protect("plans_plan"),
        walls.follow_team("plans_plan"),
        walls.protect("plans_need"),
        walls.follow_team("plans_need"),
        # A resubmission replaces the picture of its own census day.
        migrations.RunSQL("GRANT DELETE ON plans_need TO fingerpost_loader", migrations.RunSQL.noop),
    ]
