# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts findings behind the second wall; a run holds counts of a whole area and tells of no child."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("returns", "0005_readiness"), ("people", "0002_walls")]
    operations = [
        walls.protect("returns_finding"),
        walls.follow_team("returns_finding"),
        walls.open_to_web("returns_readinessrun", "SELECT, INSERT"),
    ]
