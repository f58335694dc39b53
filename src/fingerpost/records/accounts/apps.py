# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the accounts room with Django."""

from django.apps import AppConfig


class AccountsRoom(AppConfig):
    name = "fingerpost.records.accounts"
    default_auto_field = "django.db.models.BigAutoField"
