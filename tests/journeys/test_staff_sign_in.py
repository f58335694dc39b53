# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new officer is enrolled by the operator, signs in, sets up the second step, and comes back with a code."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.database import run
from tests.journeys import looks
from tests.journeys.conftest import Door, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
EMAIL = "fern.reed@council.example"


def test_a_new_officer_signs_in(door: Door, site: Site) -> None:
    # Given an officer whom the operator has enrolled
    password = _enrolled(site)

    # When she signs in with a slip
    officer = door()
    officer.goto("/casework/")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Sign in")
    looks.right(officer)
    _sign_in(officer, "not the password")
    # Then she is told so in plain words
    expect(officer.get_by_role("alert")).to_contain_text("not correct")
    looks.right(officer)

    # When she signs in with the first password
    _sign_in(officer, password)
    # Then the second step comes before any page
    expect(officer.get_by_role("heading", level=1)).to_have_text("Switch on your authenticator app")
    looks.right(officer)
    officer.goto("/casework/")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Switch on your authenticator app")

    # When she cannot scan the square and types the key by hand, first with a wrong number
    officer.get_by_text("I cannot scan the square").click()
    codes = officer.locator(".kit-codes")
    expect(codes).to_be_visible()
    key = codes.inner_text().strip()
    _enter(officer, "000000", "Switch on")
    expect(officer.get_by_role("alert")).to_contain_text("Incorrect code")
    looks.right(officer)
    _enter(officer, _code(key), "Switch on")
    # Then she gets recovery codes, and the caseload
    expect(officer.locator("main")).to_contain_text(re.compile("recovery code", re.I))
    looks.right(officer)
    officer.goto("/start")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Caseload")

    # When she changes the first password
    officer.goto("/account/")
    looks.right(officer)
    officer.get_by_role("link", name="Change your password").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Change your password")
    looks.right(officer)
    new = "heron kettle marsh 41"
    for name, typed in (("oldpassword", password), ("password1", new), ("password2", new)):
        officer.fill(f"[name={name}]", typed)
    officer.get_by_role("button", name="Change password").click()
    expect(officer.locator("body")).to_contain_text("Password successfully changed")
    looks.right(officer)

    # Then she signs out, and comes back with the new one and a code
    officer.goto("/account/logout/")
    looks.right(officer)
    officer.get_by_role("button", name="Sign out").click()
    expect(officer).not_to_have_url(re.compile("/account/logout/$"))
    tomorrow = door()
    tomorrow.goto("/casework/")
    _sign_in(tomorrow, new)
    expect(tomorrow.get_by_role("heading", level=1)).to_have_text("Enter your code")
    looks.right(tomorrow)
    _enter(tomorrow, _code(key), "Sign in")
    expect(tomorrow.get_by_role("heading", level=1)).to_have_text("Caseload")


def _enrolled(site: Site) -> str:
    words = ("account", "enrol", EMAIL, "--name", "Fern Reed", "--role", "case-officer")
    done = run(*words, "--area", "888", "--team", "E", database=site.database)
    assert done.returncode == 0, done.stderr.decode()
    found = re.search(r"once: (\S+)", done.stdout.decode())
    assert found
    return found[1]


def _sign_in(page: Page, password: str) -> None:
    page.get_by_label("Email").fill(EMAIL)
    page.locator("[name=password]").fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()


def _enter(page: Page, code: str, button: str) -> None:
    page.fill("[name=code]", code)
    page.get_by_role("button", name=button, exact=True).click()


def _code(key: str) -> str:
    """What the app would show, with a third of its half minute left to type it in."""
    left = 30 - time.time() % 30
    if left < 10:
        time.sleep(left + 0.1)
    return str(totp.format_hotp_value(totp.hotp_value(key, int(time.time()) // 30)))
