# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page has a door: it names who may open it, and a house test walks all addresses for one without."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fingerpost.records.people.sight import Sight

PUBLIC: Final = "public"  # anybody, signed in or not
SIGNED_IN: Final = "signed-in"  # any user, whatever their role

View = Callable[..., HttpResponse]


class ReaderRequest(HttpRequest):
    """A request whose reader is known: `sight` says what they may see."""

    sight: Sight


@dataclass(frozen=True, slots=True)
class Door:
    """Who may open a page."""

    allow: tuple[str, ...]


def page(*, allow: str | tuple[str, ...]) -> Callable[[View], View]:
    """Guard a view. `allow` is PUBLIC, SIGNED_IN, or permissions of which the reader must hold one."""
    door = Door((allow,) if isinstance(allow, str) else allow)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _turned_away(request, door) or view(request, *args, **kwargs)

        guarded.door = door  # type: ignore[attr-defined]
        return guarded

    return guard


def _turned_away(request: HttpRequest, door: Door) -> HttpResponse | None:
    if PUBLIC in door.allow:
        return None
    sight: Sight | None = getattr(request, "sight", None)
    if sight is None:
        return redirect_to_login(request.get_full_path())
    if sight.is_staff and not _second_step_done(request):
        return redirect("mfa_activate_totp")
    if SIGNED_IN not in door.allow and not any(sight.may(name) for name in door.allow):
        raise PermissionDenied("Your role does not include this page.")
    return None


def _second_step_done(request: HttpRequest) -> bool:
    """Staff need a second step. A one-click demo session counts as one while the demo lasts, and no longer."""
    by_one_click = settings.DEMO and bool(request.session.get("demo_sign_in"))
    return by_one_click or is_mfa_enabled(request.user)
