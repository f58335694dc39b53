# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of coming in: where to go after signing in, one's own account, and the demo's one-click door."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fingerpost.desks.doors import menu
from fingerpost.desks.doors.page import PUBLIC, SIGNED_IN, ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.accounts import queries
from fingerpost.records.accounts.queries import DemoUser

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class DoorsPage:
    """The demo's doors, by the part people play."""

    staff: tuple[DemoUser, ...]
    families: tuple[DemoUser, ...]


@page(allow=SIGNED_IN)
def start(request: ReaderRequest) -> HttpResponse:
    """Take each reader to the first page of their own."""
    return redirect(menu.first(request.sight))


@page(allow=SIGNED_IN)
def account(request: ReaderRequest) -> HttpResponse:
    """One's own account: name, roles, second step."""
    return render(
        request,
        "doors/account.html",
        {
            "name": request.sight.name,
            "roles": request.sight.roles,
            "second_step": is_mfa_enabled(request.user),
        },
    )


@page(allow=PUBLIC)
def demo_doors(request: HttpRequest) -> HttpResponse:
    """In demo mode only: everybody of the made-up cast, one click each."""
    _demo_only()
    people = queries.demo_users()
    families = tuple(p for p in people if not p.is_staff)
    return render(
        request, "doors/demo.html", {"doors": DoorsPage(tuple(p for p in people if p.is_staff), families)}
    )


@require_POST
@page(allow=PUBLIC)
def demo_sign_in(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as one of the made-up cast. Works for them alone, and in demo mode alone."""
    _demo_only()
    user = queries.demo_user(user_id)
    if user is None:
        raise Http404("Nobody of that number plays a part in the demo.")
    login(request, user, backend=BACKEND)
    request.session["demo_sign_in"] = True
    return redirect("start")


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404("There is no demo here.")
