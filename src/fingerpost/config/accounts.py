# SPDX-License-Identifier: AGPL-3.0-or-later
"""How allauth is used here: nobody signs up, and nobody is told which addresses exist."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
