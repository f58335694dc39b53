# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the people room with Django."""

from django.apps import AppConfig


class PeopleRoom(AppConfig):
    name = "fingerpost.records.people"
    default_auto_field = "django.db.models.BigAutoField"
