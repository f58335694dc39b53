# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings as a real machine would have them: nothing of the demo unless asked for, keys kept, logins apart."""

import json
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from fingerpost.config import databases, keys, logs

NAMES = (
    *(
        "DEMO",
        "COUNCIL",
        "PARTNERSHIP",
        "DEBUG",
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
    ),
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"),
    *(
        "X_FRAME_OPTIONS",
        "CONTENT_SECURITY_POLICY",
        "EMAIL_BACKEND",
        "PASSWORD_HASHERS",
        "DATABASES",
        "LOGGING",
    ),
)
PRINT = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES!r}}}, default=str))
"""


def _settings(home: Path, **variables: str) -> dict[str, Any]:
    """What a process of its own reads, with no other variable of ours."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("FINGERPOST", "DATABASE"))
    }
    said = {
        **plain,
        "FINGERPOST_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "fingerpost.config.settings",
        **variables,
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT], env=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _settings(tmp_path_factory.mktemp("plain"))


def test_without_a_word_nothing_is_a_demo_and_nothing_is_debugged(plain: dict[str, Any]) -> None:
    assert (plain["DEMO"], plain["DEBUG"]) == (False, False)
    assert "Lancashire" not in plain["COUNCIL"] + plain["PARTNERSHIP"], "the worked example stays in the demo"
    assert "*" not in plain["ALLOWED_HOSTS"]


@pytest.mark.parametrize("said", ["0", "true", "yes", ""])
def test_the_demo_is_asked_for_by_one_word_only(tmp_path: Path, said: str) -> None:
    assert _settings(tmp_path, FINGERPOST_DEMO=said)["DEMO"] is False


def test_behind_https_no_cookie_travels_in_the_clear(tmp_path: Path) -> None:
    said = _settings(tmp_path, FINGERPOST_HTTPS="1", FINGERPOST_HOSTS="send.council.example")
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert said[name] is True, name
    assert said["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert said["ALLOWED_HOSTS"] == ["send.council.example"]


def test_cookies_and_frames_are_shut_either_way(plain: dict[str, Any]) -> None:
    assert plain["SESSION_COOKIE_HTTPONLY"] is True
    assert plain["CSRF_COOKIE_HTTPONLY"] is True
    assert plain["X_FRAME_OPTIONS"] == "DENY"


def test_no_page_may_run_or_load_what_is_not_ours(plain: dict[str, Any]) -> None:
    policy = plain["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    for name, sources in policy.items():
        assert not any("unsafe" in source or source == "*" or "//" in source for source in sources), name
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]


def test_nothing_sends_a_letter(plain: dict[str, Any]) -> None:
    assert plain["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_passwords_are_kept_slowly(plain: dict[str, Any]) -> None:
    assert plain["PASSWORD_HASHERS"][0].endswith("ScryptPasswordHasher")
    rules: Any = settings.AUTH_PASSWORD_VALIDATORS
    shortest = next(rule["OPTIONS"]["min_length"] for rule in rules if "OPTIONS" in rule)
    assert shortest >= 12


def test_a_log_line_tells_of_no_child() -> None:
    """As Django writes them: the address that was not found, and a complaint of the database with its values."""
    logging_settings: Any = settings.LOGGING
    said: dict[str, Any] = logging_settings["formatters"]["line"]
    line = logs.Discreet(said["format"])
    case_id = uuid4()
    values = (f"Not Found: /casework/{case_id}?text=Hollybank",)
    written = line.format(logging.LogRecord("django.request", logging.WARNING, "x", 1, "%s", values, None))
    assert written.endswith("Not Found: /casework/<id>?...")
    try:
        raise ValueError(
            f"duplicate key\nDETAIL:  Key (upn, surname)=(A888, Hollybank) of {case_id} exists.\nmore"
        )
    except ValueError:
        fault = logging.LogRecord("django.request", logging.ERROR, "x", 1, "failed", None, sys.exc_info())
    written = line.format(fault)
    assert "Traceback" in written
    assert "duplicate key" in written
    assert "Hollybank" not in written
    assert str(case_id) not in written


def test_every_line_goes_through_the_discreet_one(plain: dict[str, Any]) -> None:
    said = plain["LOGGING"]
    assert said["formatters"]["line"]["()"] == "fingerpost.config.logs.Discreet"
    assert {one["formatter"] for one in said["handlers"].values()} == {"line"}
    assert said["root"] == {"handlers": ["stderr"], "level": "WARNING"}


# -- keys -----------------------------------------------------------------------------------------------------------


def test_keys_are_made_once_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FINGERPOST_SECRET_KEY", "FINGERPOST_ACTOR_KEY"):
        monkeypatch.delenv(name, raising=False)
    web, actor = keys.web_key(tmp_path), keys.actor_key(tmp_path)
    assert (keys.web_key(tmp_path), keys.actor_key(tmp_path)) == (web, actor)
    assert web != actor.decode()
    assert min(len(web), len(actor)) >= 48
    for file in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert keys.web_key(tmp_path / "another") != web


def test_keys_from_outside_are_taken_and_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_SECRET_KEY", "outside")
    monkeypatch.setenv("FINGERPOST_ACTOR_KEY", "elsewhere")
    assert (keys.web_key(tmp_path), keys.actor_key(tmp_path)) == ("outside", b"elsewhere")
    assert not (tmp_path / "keys").exists()


def test_two_that_start_at_once_hold_the_same_key(tmp_path: Path) -> None:
    script = "import pathlib, sys; from fingerpost.config import keys; print(keys.web_key(pathlib.Path(sys.argv[1])))"
    words = [sys.executable, "-c", script, str(tmp_path)]
    plain = {name: value for name, value in os.environ.items() if name != "FINGERPOST_SECRET_KEY"}
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, env=plain) for _ in range(4)]
    said = {one.communicate()[0] for one in started}
    assert len(said) == 1
    assert len(list((tmp_path / "keys").iterdir())) == 1


# -- which database, and as whom ------------------------------------------------------------------------------------


def test_each_login_has_an_address_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web server is given DATABASE_URL alone, and so never holds the owner's or the loader's."""
    for role, name in databases.VARIABLES.items():
        monkeypatch.setenv(name, f"postgresql://{role}:p%20w@db.example:5433/send?sslmode=require")
    for role in databases.VARIABLES:
        said = databases.chosen(tmp_path, role)
        assert (said["USER"], said["PASSWORD"], said["PORT"], said["NAME"]) == (role, "p w", "5433", "send")
        assert said["OPTIONS"]["sslmode"] == "require"
    assert len(set(databases.VARIABLES.values())) == 3


def test_without_an_address_it_is_our_own_socket_and_no_port(plain: dict[str, Any]) -> None:
    said = plain["DATABASES"]["default"]
    assert said["USER"] == "fingerpost_web"
    assert said["HOST"].startswith("/")
    assert said["PASSWORD"] == ""
    assert said["ATOMIC_REQUESTS"] is False


def test_the_one_switch_of_debug_is_nobodys() -> None:
    """Debug pages show rows; there is no variable that switches them on."""
    text = (settings.ROOT / "config" / "settings.py").read_text()
    assert "DEBUG = False" in text
    assert settings.DEBUG is False
