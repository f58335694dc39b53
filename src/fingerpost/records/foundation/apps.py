# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the foundation room with Django."""

from django.apps import AppConfig


class FoundationRoom(AppConfig):
    name = "fingerpost.records.foundation"
    default_auto_field = "django.db.models.BigAutoField"
