# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions about held items, each kept and behind the second wall; and what an item is about, as data."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fingerpost.records.people import walls


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_grants"),
        ("foundation", "0001_initial"),
        ("people", "0002_walls"),
        ("returns", "0006_readiness_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="helditem",
            name="about",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="HeldDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                ("choice", models.TextField(blank=True)),
                ("on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("wrote", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="returns.helditem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "person", "item", "turn"), name="returns_decision_turn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="returns_decision_has_reason"
                    ),
                ],
            },
        ),
        walls.protect("returns_helddecision", append_only=True),
        walls.follow_team("returns_helddecision"),
    ]
