# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the plans room with Django."""

from django.apps import AppConfig


class PlansRoom(AppConfig):
    name = "fingerpost.records.plans"
    default_auto_field = "django.db.models.BigAutoField"
