# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the placements room with Django."""

from django.apps import AppConfig


class PlacementsRoom(AppConfig):
    name = "fingerpost.records.placements"
    default_auto_field = "django.db.models.BigAutoField"
