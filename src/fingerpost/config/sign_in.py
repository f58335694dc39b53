# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of signing in: those of allauth that are used here, and a plain answer for those that are not."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fingerpost.desks.doors.page import PUBLIC, page


@page(allow=PUBLIC)
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up or resets a password here: an administrator makes accounts and sends the first password."""
    return redirect("account_login")


# Guarded by allauth itself, each for what it does; the house test names them one by one.
ALLAUTH = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
# allauth asks for these addresses by name, even where they are not used.
CLOSED = [
    path("signup/", closed, name="account_signup"),
    path("password/reset/", closed, name="account_reset_password"),
    path("password/set/", closed, name="account_set_password"),
    path("email/", closed, name="account_email"),
    path("inactive/", closed, name="account_inactive"),
]
urlpatterns = [*ALLAUTH, *CLOSED]
