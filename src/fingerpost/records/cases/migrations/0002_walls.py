# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts requests, facts and clocks behind the second wall."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0002_walls")]
    operations = [
        walls.protect("cases_case"),
        walls.follow_team("cases_case"),
        walls.protect("cases_fact", append_only=True),
        walls.follow_team("cases_fact"),
        walls.protect("cases_clock"),
        walls.follow_team("cases_clock"),
        # What is read from the facts is replaced whole, by bulk loads; pages overwrite it row by row.
        migrations.RunSQL("GRANT DELETE ON cases_clock TO fingerpost_loader", migrations.RunSQL.noop),
    ]
