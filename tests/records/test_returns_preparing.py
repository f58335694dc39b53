# SPDX-License-Identifier: AGPL-3.0-or-later
"""A return is prepared, signed off by its fingerprint, sent again under the next number, and shown byte for byte."""

import errno
import hashlib
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from fingerpost.postgres.address import Address
from fingerpost.records.accounts import actions as accounts
from fingerpost.records.accounts.models import Role, Team
from fingerpost.records.foundation.models import Area, JournalEntry
from fingerpost.records.people import actor, sight
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.handing_in import packing, preparing, queries
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.records.returns.handing_in.preparing import Making
from fingerpost.records.returns.models import PreparedReturn
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.rules.returns.check import Finding
from tests.database import connected, raw, run
from tests.records.returns_kept import AT, sen2
from tests.records.test_returns_import import asked, blank, child, load, record, with_plan, write

FIXTURES = (blank, record)
MAKING = Making(2025, date(2025, 2, 3))
WITH_ERROR = asked(date(2024, 3, 1), "N", date(2024, 2, 1))  # decided before it was received


def person(role: str, name: str, *, team: str | None = None) -> Sight:
    """Somebody with this role in the area, or in a team of it."""
    area, builder = Area.objects.get(), accounts.first_service_user(name="Builder")
    user = accounts.enrol(email=f"{name}@example.org", name=name, password=None, by=builder.pk, at=AT)
    held = Team.objects.get(code=team) if team else None
    with transaction.atomic():
        accounts.give_role(
            user=user,
            role=Role.objects.get(code=role),
            area=area,
            team=held,
            from_on=date(2022, 1, 1),
            by=builder.pk,
            at=AT,
        )
    with actor.acting(user.pk):
        return sight.sight_of(user, on=AT.date())


@pytest.fixture
def officer(record: str, tmp_path: Path) -> Sight:
    """A data officer of an area with two children and no error."""
    issued = with_plan(asked(date(2024, 3, 1), "Y", date(2024, 4, 1)), date(2024, 7, 1))
    wren = child(1, issued, upn="W888299922417")
    ellis = child(2, asked(date(2024, 12, 2)), upn=None, upn_unknown="UN2")
    load(write(tmp_path, 2025, wren, ellis))
    return person("data-officer", "officer")


@pytest.fixture
def signatory(officer: Sight) -> Sight:
    return person("return-signatory", "signatory")


def prepare(by: Sight, making: Making = MAKING) -> PreparedReturn:
    with actor.acting(by.user_id):
        return preparing.prepare_return(area_id=Area.objects.get().pk, making=making, by=by, at=AT)


def sign(prepared: PreparedReturn, by: Sight, reason: str = "", fingerprint: str = "") -> None:
    with actor.acting(by.user_id):
        preparing.sign_off_return(
            prepared_id=prepared.pk,
            fingerprint=fingerprint or prepared.fingerprint,
            by=by,
            at=AT,
            reason=reason,
        )


def again(by: Sight, because: str, making: Making = MAKING) -> PreparedReturn:
    area_id = Area.objects.get().pk
    with actor.acting(by.user_id):
        return preparing.resubmit_return(area_id=area_id, making=making, because=because, by=by, at=AT)


def opened(prepared: PreparedReturn, by: Sight) -> bytes:
    with actor.acting(by.user_id):
        return b"".join(preparing.open_return(prepared_id=prepared.pk, by=by, at=AT).parts)


def told(by: Sight) -> list[tuple[str, str, bool]]:
    with actor.acting(by.user_id):
        return [(p.serial, p.standing, p.has_file) for p in queries.prepared(Area.objects.get().pk, by)]


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(NotPossible) as caught:
        work()
    return str(caught.value)


# -- prepare --------------------------------------------------------------------------------------------------------


def test_a_draft_is_checked_kept_and_shown_again(officer: Sight) -> None:
    found: list[Finding] = []
    seen: list[int] = []
    prepared = prepare(
        officer, replace(MAKING, report=found.append, watch=lambda one: seen.append(one.record.ordinal))
    )
    assert (prepared.serial, prepared.persons, prepared.errors) == ("002", 2, 0)
    assert prepared.as_at_on == date(2025, 1, 16)
    assert len(found) == prepared.queries == sum(prepared.broken.values())
    assert seen == [1, 2]
    file = opened(prepared, officer)
    assert hashlib.sha256(file).hexdigest() == prepared.fingerprint
    assert len(file) == prepared.bytes
    kinds = list(
        JournalEntry.objects.filter(subject_id=prepared.pk).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["return.prepared", "return.opened"]


def test_the_same_record_at_the_same_moment_gives_the_same_bytes(officer: Sight) -> None:
    assert prepare(officer).fingerprint == prepare(officer).fingerprint


def test_a_newer_draft_takes_the_place_of_the_older_and_its_file_goes(officer: Sight) -> None:
    first, second = prepare(officer), prepare(officer, replace(MAKING, spelling="SENsetting"))
    assert told(officer) == [("002", "draft", True), ("002", "replaced", False)]
    assert "let go" in refused(lambda: opened(first, officer))
    assert b"<SENSetting>" not in opened(second, officer)


def test_the_header_says_which_officers_are_in_post(officer: Sight) -> None:
    file = opened(prepare(officer, replace(MAKING, officers=Officers(dmo="N"))), officer)
    assert b"<DMO>N</DMO><DCO>Y</DCO><DSCO>Y</DSCO>" in b"".join(file.split())


def test_a_serial_number_that_was_sent_is_refused(officer: Sight) -> None:
    assert prepare(officer, replace(MAKING, serial="7")).serial == "007"
    assert "between 002 and 999" in refused(lambda: prepare(officer, replace(MAKING, serial="001")))


def test_only_a_data_officer_of_the_area_prepares(officer: Sight, signatory: Sight) -> None:
    with pytest.raises(PermissionDenied):
        prepare(signatory)
    elsewhere = replace(officer, areas=frozenset(), write_areas=frozenset())
    with pytest.raises(PermissionDenied):
        prepare(elsewhere)


# -- sign off, send again -------------------------------------------------------------------------------------------


def test_sign_off_and_send_again(officer: Sight, signatory: Sight) -> None:
    first = prepare(officer)
    sign(first, signatory)
    assert told(signatory) == [("002", "signed", True)]
    assert "send it again and say why" in refused(lambda: prepare(officer))
    assert "say why" in refused(lambda: again(officer, " "))
    second = again(officer, "three late decisions were missing")
    assert second.serial == "003"
    assert told(officer) == [("003", "draft", True), ("002", "signed", True)]
    sign(second, signatory)
    assert told(officer) == [("003", "signed", True), ("002", "replaced", True)]
    assert hashlib.sha256(opened(first, officer)).hexdigest() == first.fingerprint


def test_a_draft_of_a_resubmission_keeps_its_reason(officer: Sight, signatory: Sight) -> None:
    sign(prepare(officer), signatory)
    again(officer, "three late decisions were missing")
    assert prepare(officer).because == "three late decisions were missing"


def test_there_is_nothing_to_send_again_before_the_first(officer: Sight) -> None:
    assert "none to send again" in refused(lambda: again(officer, "because"))


def test_what_cannot_be_signed(officer: Sight, signatory: Sight) -> None:
    first = prepare(officer)
    assert "not that of this file" in refused(lambda: sign(first, signatory, fingerprint="0" * 64))
    with pytest.raises(PermissionDenied):
        sign(first, officer)
    second = prepare(officer)
    assert "newer draft" in refused(lambda: sign(first, signatory))
    sign(second, signatory)
    assert "already" in refused(lambda: sign(second, signatory))


def test_a_draft_from_before_census_day_is_not_signed(officer: Sight, signatory: Sight) -> None:
    early = prepare(officer, Making(2026, date(2025, 12, 1), Officers("Y", "Y", "Y")))
    assert "made before census day" in refused(lambda: sign(early, signatory, reason="Anything."))
    ready = prepare(officer, Making(2026, date(2026, 1, 15), Officers("Y", "Y", "Y")))
    sign(ready, signatory, reason="Anything.")


def test_errors_are_signed_only_with_a_reason(officer: Sight, signatory: Sight, tmp_path: Path) -> None:
    load(write(tmp_path, 2025, child(3, WITH_ERROR), serial="002"))
    prepared = prepare(officer)
    assert prepared.broken["L208 error"] == 1
    assert f"finds {prepared.errors} errors" in refused(lambda: sign(prepared, signatory))
    sign(prepared, signatory, reason="the Department knows of it")
    with actor.acting(signatory.user_id):
        (one, *_) = queries.prepared(Area.objects.get().pk, signatory)
    assert (one.reason, one.signed_by, one.made_by) == ("the Department knows of it", "signatory", "officer")
    assert ("L208", "error", 1) in one.broken


# -- the walls ------------------------------------------------------------------------------------------------------


def test_the_signed_file_can_neither_be_changed_nor_deleted(
    server: Address, record: str, officer: Sight, signatory: Sight
) -> None:
    sign(prepare(officer), signatory)
    for sql in ("DELETE FROM returns_preparedfile", "UPDATE returns_preparedfile SET packed = ''",
                "UPDATE returns_preparedreturn SET fingerprint = ''", "DELETE FROM returns_signoff"):  # fmt: skip
        with raw(server, record, "loader") as loader, pytest.raises(psycopg.errors.InsufficientPrivilege):
            loader.execute(sql)


def test_the_web_login_does_all_of_it_under_the_policies(
    record: str, officer: Sight, signatory: Sight
) -> None:
    as_loader = prepare(officer).fingerprint
    with connected(record, "web"):
        prepared = prepare(officer)
        assert prepared.fingerprint == as_loader
        sign(prepared, signatory)
        assert told(signatory) == [("002", "signed", True), ("002", "replaced", False)]
        assert hashlib.sha256(opened(prepared, signatory)).hexdigest() == prepared.fingerprint


def test_a_team_worker_makes_no_return_even_if_python_forgot_to_ask(record: str, officer: Sight) -> None:
    worker = person("case-officer", "worker", team="north")
    area = Area.objects.get().pk
    forgotten = replace(
        worker,
        permissions=worker.permissions | {"return.prepare"},
        areas=frozenset({area}),
        write_areas=frozenset({area}),
    )
    with connected(record, "web"):
        assert "holds nobody" in refused(lambda: prepare(forgotten))


def test_a_file_that_was_tampered_with_is_not_shown(officer: Sight) -> None:
    prepared = prepare(officer)
    with pytest.raises(packing.Damaged):
        packing.opened(prepared, packing.pack(io.BytesIO(b"another file")))


def test_the_database_shows_returns_to_whole_area_readers_only(
    server: Address, record: str, officer: Sight, signatory: Sight
) -> None:
    sign(prepare(officer), signatory)
    team_worker = person("case-officer", "worker", team="north")
    seen = {}
    for name, sight_of in (("officer", officer), ("signatory", signatory), ("team", team_worker)):
        with raw(server, record, "web") as web:
            pid = web.info.backend_pid
            token = actor.sign(sight_of.user_id, backend_pid=pid, epoch=int(time.time()))
            web.execute("SELECT set_config('fingerpost.actor', %s, true)", [token])
            seen[name] = [
                web.execute(f"SELECT count(*) FROM returns_{table}").fetchone()
                for table in ("preparedreturn", "preparedfile", "signoff")
            ]
    assert seen == {"officer": [(1,)] * 3, "signatory": [(1,)] * 3, "team": [(0,)] * 3}


# -- the command ----------------------------------------------------------------------------------------------------


def test_export_writes_a_file_that_the_check_passes(
    officer: Sight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = sen2("export", "--area", "888", "--year", "2025")
    assert done.code == 0, done.err
    file = tmp_path / "sen2-888-2025-002.xml"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"SHA-256 {digest}" in done.out
    assert file.stat().st_mode & 0o077 == 0
    assert sen2("check", str(file)).code == 0
    shown = sen2("export", "--area", "888", "--year", "2025", "--kept", "--output", "again.xml", "--json")
    assert json.loads(shown.out)["fingerprint"] == digest
    assert (tmp_path / "again.xml").read_bytes() == file.read_bytes()


def test_export_to_standard_output(record: str, officer: Sight) -> None:
    done = run("sen2", "export", "--area", "888", "--year", "2025", "--output", "-", database=record)
    assert done.returncode == 0, done.stderr
    digest = hashlib.sha256(done.stdout).hexdigest()
    assert f"SHA-256 {digest}" in done.stderr.decode()


def test_a_disk_that_is_full_leaves_nothing_behind(
    officer: Sight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(packing, "unpack", full)
    file = tmp_path / "there" / "out.xml"
    file.parent.mkdir()
    done = sen2("export", "--area", "888", "--year", "2025", "--output", str(file))
    assert done.code == 2
    assert "No space left" in done.err
    assert list(file.parent.iterdir()) == []


def test_export_ends_with_1_when_there_are_errors(record: str, tmp_path: Path) -> None:
    load(write(tmp_path, 2025, child(3, WITH_ERROR)))
    done = sen2("export", "--area", "888", "--year", "2025", "--output", str(tmp_path / "out.xml"))
    assert done.code == 1
    assert "error L208" in done.out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--area", "889", "--year", "2025"), "does not hold that authority"),
        (("--area", "888", "--year", "2019"), "not a return we know the shape of"),
        (("--area", "888", "--year", "2025", "--serial", "1x"), "not a number"),
        (("--area", "888", "--year", "2025", "--output", "/nowhere/at/all.xml"), "cannot be written"),
        (("--area", "888", "--year", "2025", "--output", "/tmp"), "is a folder"),
        (("--area", "888", "--year", "2025", "--because", "late"), "none to send again"),
        (("--area", "888", "--year", "2025", "--kept"), "no such return is kept"),
        (("--area", "888", "--year", "2025", "--dmo", "Y"), "officers are in post"),
        (("--area", "888", "--year", "2025", "--dmo", "Y", "--dco", "Y"), "holds nobody"),
    ],
)
def test_what_cannot_be_made_ends_with_2_and_one_line(
    words: tuple[str, ...], why: str, record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = sen2("export", *words)
    assert done.code == 2
    assert why in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
    assert not PreparedReturn.objects.exists()
