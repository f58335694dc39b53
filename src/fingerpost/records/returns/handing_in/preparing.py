# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verbs about the return that goes out: prepare it, sign it off, send it again, show it again byte for byte.

A draft may be made as often as one likes; the serial number rises only once the return before it was signed off.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fingerpost.records.foundation import copying, journal
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.handing_in import export, packing
from fingerpost.records.returns.handing_in.export import Officers, Watch, Written
from fingerpost.records.returns.models import FileState, PreparedFile, PreparedReturn, ReturnFile, SignOff
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.rules.returns import check, layout, rule_book
from fingerpost.rules.returns.check import Finding, Summary

IN_MEMORY = 8 << 20  # a bigger file waits on the disk, under no name
LAST_SERIAL = 999


def _ignore(_finding: Finding) -> None:
    """For callers who need the count of findings only."""


@dataclass(frozen=True, slots=True)
class Making:
    """How a return is to be made, and who looks on. `serial`: None takes the next one."""

    year: int
    on: date
    officers: Officers | None = None
    spelling: str = export.SPELLING
    serial: str | None = None
    report: Callable[[Finding], None] = _ignore
    watch: Watch = export.unwatched


# -- prepare --------------------------------------------------------------------------------------------------------


@transaction.atomic
def prepare_return(*, area_id: UUID, making: Making, by: Sight, at: datetime) -> PreparedReturn:
    """Make a draft and check it. The draft before it, if nobody signed it, is replaced and its file let go."""
    _require(by, access.PREPARE, area_id, by.write_areas)
    _alone(area_id)
    newest = _draft_to_replace(area_id, making.year)
    return _Maker(area_id, making, by, at).make(newest, newest.because if newest else "")


@transaction.atomic
def resubmit_return(
    *, area_id: UUID, making: Making, because: str, by: Sight, at: datetime
) -> PreparedReturn:
    """Make a draft that is to take the place of a return that was signed off, with the next serial number."""
    _require(by, access.PREPARE, area_id, by.write_areas)
    _alone(area_id)
    newest = _signed_to_replace(area_id, making.year, because)
    return _Maker(area_id, making, by, at).make(newest, because.strip())


def check_possible(*, area_id: UUID, making: Making, because: str | None, by: Sight) -> None:
    """Refuse now what would be refused later. `because`: None for a draft, else why the return is sent again."""
    _require(by, access.PREPARE, area_id, by.write_areas)
    if because is None:
        _draft_to_replace(area_id, making.year)
    else:
        _signed_to_replace(area_id, making.year, because)
    _officers(area_id, making)
    _serial(area_id, making)


def _draft_to_replace(area_id: UUID, year: int) -> PreparedReturn | None:
    newest = newest_of(area_id, year)
    if newest is not None and hasattr(newest, "sign_off"):
        raise NotPossible(
            f"the return of {year} is signed off with serial {newest.serial}. "
            "To send another, send it again and say why."
        )
    return newest


def _signed_to_replace(area_id: UUID, year: int, because: str) -> PreparedReturn:
    newest = newest_of(area_id, year)
    if newest is None or not hasattr(newest, "sign_off"):
        raise NotPossible(f"no return of {year} is signed off, so there is none to send again. Prepare it.")
    if not because.strip():
        raise NotPossible("say why the return is sent again: the reason stays with it.")
    return newest


@dataclass(frozen=True, slots=True)
class _Maker:
    """One return in the making."""

    area_id: UUID
    making: Making
    by: Sight
    at: datetime

    def make(self, newest: PreparedReturn | None, because: str) -> PreparedReturn:
        """`newest` gives way to it."""
        making = self.making
        officers, serial = _officers(self.area_id, making), _serial(self.area_id, making)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
            written = self._write(out, officers, serial)
            found = _found(written, _checked(out, making))
            prepared = PreparedReturn.objects.create(
                area_id=self.area_id,
                serial=serial,
                supersedes=newest,
                because=because,
                by_id=self.by.user_id,
                made_at=self.at,
                **_said(making),
                **found,
            )
            _keep(prepared, newest, out)
        detail: dict[str, object] = {"fingerprint": written.fingerprint, "serial": serial}
        _note("return.prepared", prepared, self.by, self.at, detail)
        return prepared

    def _write(self, out: IO[bytes], officers: Officers, serial: str) -> Written:
        making = self.making
        return export.write(
            out,
            area_id=self.area_id,
            year=making.year,
            on=making.on,
            serial=serial,
            at=self.at,
            officers=officers,
            spelling=making.spelling,
            watch=making.watch,
        )


def _checked(out: IO[bytes], making: Making) -> Summary:
    """What was written is read again and asked every rule, like any other file."""
    out.seek(0)
    summary = check.check(out, making.report)  # type: ignore[arg-type]
    if not summary.records:
        raise NotPossible(f"the record holds nobody whom the return of {making.year} has a place for.")
    return summary


def _said(making: Making) -> dict[str, object]:
    census_on = layout.of(making.year).census_on
    as_at_on = min(making.on, census_on)
    return {"year": making.year, "census_on": census_on, "as_at_on": as_at_on, "spelling": making.spelling}


def _found(written: Written, summary: Summary) -> dict[str, object]:
    return {
        "fingerprint": written.fingerprint,
        "bytes": written.bytes,
        "persons": written.persons,
        "errors": summary.errors,
        "queries": summary.queries,
        "broken": {f"{number} {level}": n for (number, level), n in sorted(summary.counts.items())},
        "rule_book": rule_book.version(),
    }


def _keep(prepared: PreparedReturn, newest: PreparedReturn | None, out: IO[bytes]) -> None:
    PreparedFile.objects.create(prepared=prepared, area_id=prepared.area_id, packed=packing.pack(out))
    if newest is not None and not hasattr(newest, "sign_off"):
        PreparedFile.objects.filter(prepared=newest).delete()


def _officers(area_id: UUID, making: Making) -> Officers:
    """As asked; where nothing is said, as the last return had it."""
    asked = making.officers or Officers()
    known = export.officers_known(area_id, making.year) or Officers()
    held = Officers(asked.dmo or known.dmo, asked.dco or known.dco, asked.dsco or known.dsco)
    if not (held.dmo and held.dco):
        raise NotPossible(
            "no return says yet whether the designated medical and clinical officers are in post. "
            "Say it for each: Y, N or R."
        )
    return held


@dataclass(frozen=True, slots=True)
class SerialsUsed:
    """The highest serial number of a year that was signed off here, and the highest that came in; 0 is none."""

    signed: int
    loaded: int

    @property
    def next(self) -> int:
        return max(self.signed, self.loaded) + 1


def serials_used(area_id: UUID, year: int) -> SerialsUsed:
    """Where the next serial number of a year begins."""
    signed = SignOff.objects.filter(area_id=area_id, prepared__year=year)
    loaded = ReturnFile.objects.filter(area_id=area_id, year=year)
    return SerialsUsed(
        max(map(int, signed.values_list("prepared__serial", flat=True)), default=0),
        max(map(int, loaded.values_list("serial", flat=True)), default=0),
    )


def _serial(area_id: UUID, making: Making) -> str:
    """One more than the highest used, or a higher one that is asked for."""
    least = serials_used(area_id, making.year).next
    wanted = int(making.serial) if making.serial is not None else least
    if not least <= wanted <= LAST_SERIAL:
        raise NotPossible(
            f"the serial number of this return must be between {least:03} and {LAST_SERIAL}: "
            "a lower one has been sent already."
        )
    return f"{wanted:03}"


# -- sign off -------------------------------------------------------------------------------------------------------


@transaction.atomic
def sign_off_return(
    *, prepared_id: UUID, fingerprint: str, by: Sight, at: datetime, reason: str = ""
) -> SignOff:
    """Answer for one file, named by its fingerprint; with errors in it, only with a reason."""
    prepared = _one(prepared_id, access.SIGN, by)
    _alone(prepared.area_id)
    _check_signable(prepared, fingerprint, reason)
    signed = SignOff.objects.create(
        prepared=prepared,
        area_id=prepared.area_id,
        fingerprint=fingerprint,
        reason=reason.strip(),
        by_id=by.user_id,
        at=at,
    )
    _note("return.signed-off", prepared, by, at, {"fingerprint": fingerprint, "reason": reason.strip()})
    return signed


def _check_signable(prepared: PreparedReturn, fingerprint: str, reason: str) -> None:
    if SignOff.objects.filter(prepared=prepared).exists():
        raise NotPossible("this return is signed off already.")
    if PreparedReturn.objects.filter(supersedes=prepared).exists():
        raise NotPossible("a newer draft has replaced this one. Look at that one first.")
    if prepared.as_at_on < prepared.census_on:
        raise NotPossible(
            "this draft was made before census day. Prepare the return again, then sign that one."
        )
    if fingerprint != prepared.fingerprint:
        raise NotPossible("the fingerprint is not that of this file. Look at the file again before you sign.")
    if prepared.errors and not reason.strip():
        raise NotPossible(
            f"the check finds {prepared.errors:,} errors. Have them corrected, or say why the return goes as it is."
        )


# -- show again -----------------------------------------------------------------------------------------------------


@transaction.atomic
def open_return(*, prepared_id: UUID, by: Sight, at: datetime) -> packing.Opened:
    """The kept file, byte for byte. That somebody opened it is in the journal: it holds every child of the area."""
    prepared = _one(prepared_id, access.READ, by)
    kept = PreparedFile.objects.filter(prepared=prepared).first()
    if kept is None:
        raise NotPossible("a newer draft has replaced this one, and its file was let go.")
    opened = packing.opened(prepared, bytes(kept.packed))
    _note("return.opened", prepared, by, at, {"fingerprint": prepared.fingerprint})
    return opened


# -- shared by the verbs --------------------------------------------------------------------------------------------


def newest_of(area_id: UUID, year: int) -> PreparedReturn | None:
    """The return of that year that nothing supersedes, signed or not."""
    held = PreparedReturn.objects.filter(area_id=area_id, year=year, newer=None)
    return held.select_related("sign_off").first()


def _one(prepared_id: UUID, permission: str, by: Sight) -> PreparedReturn:
    prepared = PreparedReturn.objects.filter(pk=prepared_id, area_id__in=by.areas).first()
    if prepared is None:
        raise NotPossible("there is no such return.")
    _require(by, permission, prepared.area_id, by.areas)
    return prepared


def _require(by: Sight, permission: str, area_id: UUID, areas: frozenset[UUID]) -> None:
    if not by.may(permission) or area_id not in areas:
        raise PermissionDenied(f"{by.name} may not do this: {permission} is needed for this area's returns.")


def _alone(area_id: UUID) -> None:
    """Neither two at once nor in the middle of an import; the lock ends with the transaction."""
    half = ReturnFile.objects.filter(area_id=area_id, state=FileState.IMPORTING).first()
    key = int.from_bytes(area_id.bytes[:7], "big")  # the importer's own
    if half is not None or not copying.ask("SELECT pg_try_advisory_xact_lock(%s)", [key])[0][0]:
        raise NotPossible("a return of this area is being loaded or made. Wait until that has finished.")


def _note(kind: str, prepared: PreparedReturn, by: Sight, at: datetime, detail: dict[str, object]) -> None:
    subject = ("return", prepared.pk)
    journal.record(kind, by=by.user_id, at=at, area_id=prepared.area_id, subject=subject, detail=detail)
