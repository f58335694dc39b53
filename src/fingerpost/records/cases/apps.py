# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the cases room with Django."""

from django.apps import AppConfig


class CasesRoom(AppConfig):
    name = "fingerpost.records.cases"
    default_auto_field = "django.db.models.BigAutoField"
