# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts what is asked for behind the second wall, like the returns themselves: whole-area readers only."""

from django.db import migrations

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [("returns", "0008_asked"), ("people", "0002_walls")]
    operations = [
        walls.protect_area("returns_preparationasked"),
        walls.protect_area("returns_preparationended"),
    ]
