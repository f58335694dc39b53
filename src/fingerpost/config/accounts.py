# SPDX-License-Identifier: AGPL-3.0-or-later
"""How allauth is used here: nobody signs up, and nobody is told which addresses exist."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Write the one column: the web login may change no other, so that no page can rename or revive a user."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **rest: object) -> bool:
        """Who has just signed in is not asked again, or a first sign-in would want the password three times."""
        request = context.request
        steps = get_authentication_records(request, request.user)
        signed_in_at = max((float(step["at"]) for step in steps), default=0.0)
        return bool(time.time() - signed_in_at > app_settings.REAUTHENTICATION_TIMEOUT)
