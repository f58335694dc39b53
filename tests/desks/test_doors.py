# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming in: password, second step, the demo's one-click door, what a browser may keep, and how a session ends."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client

from fingerpost.config import sign_in
from fingerpost.desks.doors import menu
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Role, User
from fingerpost.records.foundation.models import Area
from tests.database import connected
from tests.desks.cast import AT, World

PASSWORD = "heron kettle marsh 41"
STAFF, PARENT = "fern.reed@council.example", "may.brook@home.example"
Newcomer = Callable[[str, str], User]


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> None:
    cache.clear()  # allauth counts failed attempts and used codes there


@pytest.fixture
def newcomer(everybody: World) -> Newcomer:
    """Somebody with a password and a role, as the operator's command makes them."""

    def made(email: str, role: str) -> User:
        with connected(everybody.name, "loader"):
            by = accounts.first_service_user(name="Operator").pk
            user = accounts.enrol(email=email, name="Fern Reed", password=PASSWORD, by=by, at=AT)
            area = Area.objects.get(la_number="888")
            team = area.teams.get(code="E") if role == "case-officer" else None
            kind = Role.objects.get(code=role)
            accounts.give_role(user=user, role=kind, area=area, team=team, from_on=AT.date(), by=by, at=AT)
        return user

    return made


def _sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


def _code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def _set_up_second_step(client: Client) -> str:
    page = client.get("/account/2fa/totp/activate/").content.decode()
    found = re.search(r'class="kit-codes">([A-Z2-7]+)<', page)
    assert found, "the key can be typed by hand"
    reply = client.post("/account/2fa/totp/activate/", {"code": _code(found[1])})
    assert reply.status_code == 302, "the code was right"
    cache.clear()  # the next sign-in comes within the same half minute, in which a code counts once
    return found[1]


# -- password and second step ---------------------------------------------------------------------------------------


def test_staff_with_a_password_alone_open_no_page_but_the_second_step(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    assert _sign_in(client, STAFF)["Location"] == "/start"
    for address in ("/start", "/casework/", "/account/", f"/casework/{uuid4()}", "/family/"):
        assert client.get(address)["Location"] == "/account/2fa/totp/activate/", address
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    assert "Switch on your authenticator app" in page.content.decode()
    assert client.get("/glossary").status_code == 200, "public pages stay open"


def test_staff_get_in_with_password_and_code(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    _sign_in(client, STAFF)
    secret = _set_up_second_step(client)
    assert client.get("/start")["Location"] == "/casework/"
    assert client.get("/casework/").status_code == 200

    again = Client()
    assert _sign_in(again, STAFF)["Location"].startswith("/account/2fa/authenticate/")
    assert again.get("/casework/")["Location"].startswith("/account/login/"), (
        "half signed in is not signed in"
    )
    wrong = again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "Incorrect code" in wrong.content.decode()
    assert again.get("/casework/").status_code == 302
    assert again.post("/account/2fa/authenticate/", {"code": _code(secret)})["Location"] == "/start"
    assert again.get("/casework/").status_code == 200


def test_a_code_counts_once(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    _sign_in(client, STAFF)
    secret = _set_up_second_step(client)
    code = _code(secret)
    answers = []
    for _ in range(2):
        thief = Client()
        _sign_in(thief, STAFF)
        answers.append(thief.post("/account/2fa/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_who_switches_the_second_step_off_must_switch_it_on_again(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    _sign_in(client, STAFF)
    _set_up_second_step(client)
    assert client.get("/casework/").status_code == 200
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/casework/")["Location"] == "/account/2fa/totp/activate/"


def test_an_old_sign_in_is_confirmed_before_the_second_step_changes(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    _sign_in(client, STAFF)
    _set_up_second_step(client)
    session = client.session
    for step in (steps := session["account_authentication_methods"]):
        step["at"] -= 3600
    session["account_authentication_methods"] = steps
    session.save()
    reply = client.post("/account/2fa/totp/deactivate/")
    assert reply["Location"].startswith("/account/reauthenticate/")
    assert client.get("/casework/").status_code == 200, "still on"


def test_recovery_codes_are_shown_once_and_each_counts_once(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    _sign_in(client, STAFF)
    _set_up_second_step(client)
    page = client.get("/account/2fa/codes/").content.decode()
    code = re.findall(r"\b[0-9a-f]{8}\b", page.split("<main", 1)[1])[0]
    answers = []
    for _ in range(2):
        other = Client()
        _sign_in(other, STAFF)
        answers.append(other.post("/account/2fa/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_family_needs_no_second_step(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    client = Client()
    _sign_in(client, PARENT)
    assert client.get("/start")["Location"] == "/family/"
    page = client.get("/family/").content.decode()
    assert "No record is open to you yet." in page


@pytest.mark.parametrize(
    ("email", "password"),
    [(STAFF, "not this one"), ("nobody@council.example", PASSWORD), ("operator@service.invalid", "x")],
    ids=["wrong password", "unknown address", "a service user"],
)
def test_a_wrong_entry_is_told_in_the_same_plain_words(newcomer: Newcomer, email: str, password: str) -> None:
    """The same for an address that exists and one that does not: nobody learns who has an account."""
    newcomer(STAFF, "case-officer")
    client = Client()
    reply = _sign_in(client, email, password)
    assert reply.status_code == 200
    assert "The email address and/or password you specified are not correct." in reply.content.decode()
    assert "sessionid" not in client.cookies or client.get("/start")["Location"].startswith("/account/login/")


def test_capitals_of_the_address_do_not_matter(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    assert _sign_in(Client(), PARENT.upper())["Location"] == "/start"


def test_guessing_is_stopped(newcomer: Newcomer) -> None:
    newcomer(STAFF, "case-officer")
    client = Client()
    told = [_sign_in(client, STAFF, f"guess {n}").content.decode() for n in range(12)]
    assert "Too many failed login attempts" in told[-1]
    assert _sign_in(client, STAFF).status_code == 200, "even the right password waits now"


def test_nobody_is_sent_away_to_another_site(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    client = Client()
    said = {"login": PARENT, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/account/login/", said)["Location"] == "/start"


def test_a_reader_comes_back_to_the_page_they_asked_for(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    client = Client()
    to = client.get("/family/")["Location"]
    assert to == "/account/login/?next=/family/"
    said = {"login": PARENT, "password": PASSWORD, "next": "/family/"}
    assert client.post(to, said)["Location"] == "/family/"


# -- the demo's one-click door --------------------------------------------------------------------------------------


def test_one_click_signs_in_as_one_of_the_cast(everybody: World) -> None:
    client = Client()
    page = client.get("/demo").content.decode()
    assert "Sign in as Robin Carter" in page
    assert "Outsider" not in page
    reply = client.post(f"/demo/{everybody.user('Robin Carter').pk}")
    assert reply["Location"] == "/start"
    assert client.get("/casework/").status_code == 200


@pytest.mark.parametrize("name", ["Outsider", "Nextdoor officer", "Demo builder"])
def test_one_click_never_works_for_an_address_outside_the_demo(everybody: World, name: str) -> None:
    client = Client()
    assert client.post(f"/demo/{everybody.user(name).pk}").status_code == 404
    assert client.get("/start")["Location"].startswith("/account/login/")


def test_no_link_signs_anybody_in(everybody: World) -> None:
    client = Client()
    assert client.get(f"/demo/{everybody.user('Robin Carter').pk}").status_code == 405
    assert client.get("/start")["Location"].startswith("/account/login/")


def test_a_form_from_another_site_signs_nobody_in(everybody: World) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/demo/{everybody.user('Robin Carter').pk}").status_code == 403
    assert _sign_in(client, "robin.carter@demo.invalid").status_code == 403


def test_without_the_demo_there_is_no_such_door(everybody: World, settings: Any) -> None:
    inside = everybody.client("Robin Carter")
    assert inside.get("/casework/").status_code == 200
    settings.DEMO = False
    client = Client()
    assert client.get("/demo").status_code == 404
    assert client.post(f"/demo/{everybody.user('Robin Carter').pk}").status_code == 404
    assert client.post(f"/demo/{uuid4()}").status_code == 404
    page = client.get("/").content.decode()
    assert "Made-up children" not in page
    assert 'href="/demo"' not in page
    # A session that the door had opened is worth nothing to staff once the demo is over.
    assert inside.get("/casework/")["Location"] == "/account/2fa/totp/activate/"


def test_the_casts_accounts_have_no_password(everybody: World) -> None:
    for password in ("", "demo", "password", "!"):
        assert _sign_in(Client(), "robin.carter@demo.invalid", password).status_code == 200
    assert not everybody.user("Robin Carter").has_usable_password()


# -- what a browser may keep and run --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/casework/", "/account/", "/glossary", "/no-such-page", "/family/"])
def test_pages_of_a_signed_in_reader_are_kept_by_nobody(everybody: World, address: str) -> None:
    reply = everybody.client("Robin Carter").get(address)
    assert reply["Cache-Control"] == "no-store"


def test_a_childs_page_is_kept_by_nobody(everybody: World) -> None:
    case_id = everybody.children["East (Wren)"].case_id
    for name, address in (("Robin Carter", "casework"), ("Willow Hollybank", "family")):
        reply = everybody.client(name).get(f"/{address}/{case_id}")
        assert (reply.status_code, reply["Cache-Control"]) == (200, "no-store")


def test_no_page_runs_what_was_written_into_it(everybody: World) -> None:
    case_id = everybody.children["East (Wren)"].case_id
    client = everybody.client("Robin Carter")
    for address in ("/", "/demo", "/account/login/", "/casework/", f"/casework/{case_id}", "/nowhere"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_headers_that_every_answer_carries(everybody: World) -> None:
    for client in (Client(), everybody.client("Robin Carter")):
        reply = client.get("/glossary")
        assert reply["X-Frame-Options"] == "DENY"
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["Referrer-Policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    client = Client()
    _sign_in(client, PARENT)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"], "it ends with the browser"


# -- how a session ends ---------------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_for_good(everybody: World) -> None:
    client = everybody.client("Robin Carter")
    kept = client.cookies["sessionid"].value
    assert client.get("/account/logout/").status_code == 200, "a link only asks"
    assert client.get("/casework/").status_code == 200
    assert client.post("/account/logout/")["Location"] == "/"
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/casework/")["Location"].startswith("/account/login/")


def test_a_session_ends_by_itself(everybody: World) -> None:
    client = everybody.client("Robin Carter")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_session SET expire_date = now() - interval '1 second'")
    assert client.get("/casework/")["Location"].startswith("/account/login/")


def test_a_working_day_is_the_longest_session(everybody: World) -> None:
    session = everybody.client("Robin Carter").session
    assert session.get_expiry_date() - datetime.now(UTC) <= timedelta(hours=8)


@pytest.mark.parametrize("what", ["left", "no role any more"])
def test_who_leaves_is_out_at_the_next_click(everybody: World, what: str) -> None:
    client = everybody.client("Robin Carter")
    assert client.get("/casework/").status_code == 200
    with connected(everybody.name, "loader"):
        robin = everybody.user("Robin Carter")
        if what == "left":
            User.objects.filter(pk=robin.pk).update(is_active=False)
        else:
            robin.memberships.update(until_on="2026-01-01")
    reply = client.get("/casework/")
    assert (reply.status_code == 302) if what == "left" else (reply.status_code == 403)


def test_a_new_password_ends_every_other_session(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    here, there = Client(), Client()
    _sign_in(here, PARENT)
    _sign_in(there, PARENT)
    new = "otter lantern field 92"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", said).status_code == 302
    assert there.get("/family/")["Location"].startswith("/account/login/")
    assert _sign_in(Client(), PARENT).status_code == 200, "the old password is worth nothing"
    assert _sign_in(Client(), PARENT, new)["Location"] == "/start"


def test_a_session_gets_a_new_number_at_the_door(newcomer: Newcomer) -> None:
    newcomer(PARENT, "parent-or-carer")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    _sign_in(client, PARENT)
    assert client.cookies["sessionid"].value != planted


# -- in whose name the database works -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, "Robin Carter"])
def test_each_request_works_in_its_readers_name_alone(
    everybody: World, name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []

    def look(*_: object) -> tuple[()]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, nullif(current_setting('fingerpost.actor', true), '')")
            role, token = cursor.fetchone()
            seen.append((role, token and UUID(token.split("|")[0])))
        return ()

    client = everybody.client(name)
    monkeypatch.setattr(menu, "of", look)
    assert client.get("/glossary").status_code == 200
    who = everybody.user(name).pk if name else None
    assert seen == [("fingerpost_web" if name else "fingerpost_public", who)]
    with connection.cursor() as cursor:  # and nothing of it stays on the connection
        cursor.execute("SELECT current_user, nullif(current_setting('fingerpost.actor', true), '')")
        assert cursor.fetchone() == ("fingerpost_web", None)


def test_every_address_of_allauth_that_is_used_is_named_here() -> None:
    """Each guards itself: sign in, then one's own account only. A new one is read before it is added to this list."""
    assert {entry.name for entry in sign_in.ALLAUTH} == {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }


@pytest.mark.parametrize(
    "address", [f"/account/{entry.pattern}" for entry in sign_in.ALLAUTH if entry.name != "account_login"]
)
def test_ones_own_account_is_shut_to_everybody_else(everybody: World, address: str) -> None:
    reply = Client().get(address)
    assert reply.status_code == 302, address
    assert re.match(r"/account/login/|/$", reply["Location"]), address


@pytest.mark.parametrize("address", [f"/account/{entry.pattern}" for entry in sign_in.CLOSED])
def test_nobody_signs_up_or_resets_a_password_by_themselves(everybody: World, address: str) -> None:
    before = User.objects.count()
    said = {"email": "new@elsewhere.example", "password1": PASSWORD, "password2": PASSWORD}
    for reply in (Client().get(address), Client().post(address, said)):
        assert reply["Location"] == "/account/login/"
    assert User.objects.count() == before
