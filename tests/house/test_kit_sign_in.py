# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign-in pages with allauth's own forms: our look, our words, nothing of allauth's page left."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context as allauth_context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import include, path

from fingerpost.records.accounts.models import User

urlpatterns = [
    path("", include("fingerpost.desks.doors.urls")),
    path("account/", include("fingerpost.config.sign_in")),
]
pytestmark = pytest.mark.urls(__name__)

Draw = Callable[..., str]

PAGES: dict[str, Callable[[], forms.Form | None]] = {
    "account/login": LoginForm,
    "account/logout": lambda: None,
    "account/reauthenticate": lambda: ReauthenticateForm(user=User()),
    "account/password_change": lambda: ChangePasswordForm(user=User()),
    "mfa/authenticate": lambda: AuthenticateForm(user=User()),
    "mfa/reauthenticate": lambda: AuthenticateForm(user=User()),
    "mfa/index": lambda: None,
    "mfa/totp/activate_form": lambda: ActivateTOTPForm(user=User()),
    "mfa/totp/deactivate_form": forms.Form,
    "mfa/recovery_codes/index": lambda: None,
    "mfa/recovery_codes/generate": forms.Form,
}


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    def drawn(name: str, form: Callable[[], forms.Form | None], **more: Any) -> str:
        request: HttpRequest = rf.get("/")
        request.session = {}  # type: ignore[assignment]
        told = {"authenticators": {}, "unused_codes": ["12345678"], "total_count": 10, **more}
        with allauth_context.request_context(request):
            return get_template(f"{name}.html").render({**told, "form": form()}, request)

    return drawn


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_ours_with_one_heading(name: str, draw: Draw) -> None:
    html = draw(name, PAGES[name])

    assert len(re.findall(r"<h1\b", html)) == 1
    assert "kit/kit.css" in html
    assert "&lt;" not in html.split("<main", 1)[1], "markup shown as text"


@pytest.mark.parametrize("name", PAGES)
def test_no_form_without_its_mark_and_no_browser_bubbles(name: str, draw: Draw) -> None:
    html = draw(name, PAGES[name])

    sent = re.findall(r'<form method="post".*?</form>', html, re.S)
    assert all("csrfmiddlewaretoken" in one for one in sent)
    assert " required" not in html
    assert "placeholder" not in html


def test_passwords_can_be_pasted_and_remembered(draw: Draw) -> None:
    html = draw("account/login", PAGES["account/login"])

    assert 'autocomplete="current-password"' in html
    assert 'autocomplete="email"' in html
    assert (
        draw("account/password_change", PAGES["account/password_change"]).count('autocomplete="new-password"')
        == 2
    )


def test_a_wrong_entry_is_named_in_the_summary_and_at_the_box(draw: Draw) -> None:
    html = draw("account/login", lambda: LoginForm({"login": "", "password": ""}))

    assert "<title>Error: Sign in" in html
    assert html.count("Enter password") == 2
    assert 'href="#id_password"' in html


@pytest.mark.parametrize("name", PAGES)
def test_no_link_leads_to_a_reset_that_is_closed(name: str, draw: Draw) -> None:
    assert "password/reset" not in draw(name, PAGES[name])


def test_the_key_can_be_typed_by_who_cannot_scan(draw: Draw) -> None:
    svg = "data:image/svg+xml;base64,PHN2Zy8+"
    html = draw("mfa/totp/activate_form", PAGES["mfa/totp/activate_form"], totp_svg_data_uri=svg)

    assert re.search(r'class="kit-codes">[A-Z2-7]{16,}<', html)
    assert f'src="{svg}"' in html


def test_codes_that_may_not_be_seen_are_not_shown(draw: Draw) -> None:
    shown = draw("mfa/recovery_codes/index", lambda: None, can_view_codes=True)
    hidden = draw("mfa/recovery_codes/index", lambda: None, can_view_codes=False)

    assert "12345678" in shown
    assert "12345678" not in hidden
