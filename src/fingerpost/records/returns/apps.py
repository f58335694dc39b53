# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the returns room with Django."""

from django.apps import AppConfig


class ReturnsRoom(AppConfig):
    name = "fingerpost.records.returns"
    default_auto_field = "django.db.models.BigAutoField"
