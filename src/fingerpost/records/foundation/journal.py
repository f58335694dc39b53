# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal: one entry for each thing done, sealed in runs so that a changed or missing entry is found and named."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from fingerpost.records.foundation.models import JournalEntry, JournalSalt, JournalSeal, Origin

GENESIS = bytes(32)
SEAL_OF = 4096  # entries a seal covers at most; keeps the work of one seal, and of one check, bounded


def record(
    kind: str,
    *,
    by: UUID,
    at: datetime,
    area_id: UUID | None = None,
    person_id: UUID | None = None,
    subject: tuple[str, UUID | None] = ("", None),
    origin: str = Origin.ENTERED,
    detail: Mapping[str, object] | None = None,
) -> int:
    """Write one entry in the caller's transaction; `detail` leaves only its salted digest here."""
    salt = secrets.token_bytes(16)
    entry = JournalEntry.objects.create(
        kind=kind,
        by_id=by,
        at=at,
        area_id=area_id,
        person_id=person_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        origin=origin,
        digest=digest_of(detail or {}, salt),
    )
    _keep_salt(entry.pk, salt)
    return int(entry.pk)


def _keep_salt(entry_id: int, salt: bytes) -> None:
    # Plain SQL: the web login may add a salt but never read one, and the ORM would ask for the row back.
    table = JournalSalt._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (entry_id, salt) VALUES (%s, %s)", [entry_id, salt])  # noqa: S608


def digest_of(detail: Mapping[str, object], salt: bytes) -> bytes:
    """SHA-256 over the salt and the detail in canonical JSON: 32 bytes."""
    text = json.dumps(detail, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(salt + text.encode()).digest()


def leaf(entry: JournalEntry) -> bytes:
    """The 32-byte leaf of an entry: every stored column counts."""
    said = (
        entry.pk,
        entry.at.isoformat(),
        entry.recorded_at.isoformat(),
        entry.kind,
        entry.by_id,
        entry.area_id,
        entry.person_id,
        entry.subject_kind,
        entry.subject_id,
        entry.origin,
        bytes(entry.digest).hex(),
    )
    return hashlib.sha256(b"\x00" + json.dumps(said, default=str).encode()).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Merkle root in the manner of RFC 6962: leaves and inner nodes are hashed apart, an odd node rises."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0] if level else GENESIS


@transaction.atomic
def seal(*, at: datetime) -> int:
    """Seal every entry not sealed yet and say how many. The lock waits for entries still being written,
    so that no entry can slip in below a number that is sealed already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE foundation_journalentry, foundation_journalseal IN SHARE ROW EXCLUSIVE MODE"
        )
    sealed = 0
    while run := _unsealed():
        _seal_run(run, at=at)
        sealed += len(run)
    return sealed


def _unsealed() -> list[JournalEntry]:
    last = JournalSeal.objects.order_by("-last_id").first()
    return list(JournalEntry.objects.filter(pk__gt=last.last_id if last else 0).order_by("pk")[:SEAL_OF])


def _seal_run(run: list[JournalEntry], *, at: datetime) -> None:
    last = JournalSeal.objects.order_by("-last_id").first()
    previous = bytes(last.root) if last else GENESIS
    leaves = [leaf(entry) for entry in run]
    JournalSeal.objects.create(
        sealed_at=at,
        first_id=run[0].pk,
        last_id=run[-1].pk,
        count=len(run),
        leaves=b"".join(leaves),
        root=root_of([previous, *leaves]),
        previous_root=previous,
    )


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the journal is not what was sealed."""

    entry_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the journal found."""

    entries: int
    seals: int
    unsealed: int
    last_root: str
    broken: Broken | None


def verify() -> Verified:
    """Check every seal against the entries it covers; stop at the first that does not fit."""
    previous, entries, seals = GENESIS, 0, 0
    for stamp in JournalSeal.objects.order_by("pk").iterator(chunk_size=16):
        broken = _fault(stamp, previous)
        if broken:
            return Verified(entries, seals, _count_unsealed(), previous.hex(), broken)
        previous, entries, seals = bytes(stamp.root), entries + stamp.count, seals + 1
    return Verified(entries, seals, _count_unsealed(), previous.hex(), None)


def _count_unsealed() -> int:
    last = JournalSeal.objects.order_by("-last_id").first()
    return JournalEntry.objects.filter(pk__gt=last.last_id if last else 0).count()


def _fault(stamp: JournalSeal, previous: bytes) -> Broken | None:
    kept = list(_leaves(bytes(stamp.leaves)))
    if bytes(stamp.previous_root) != previous or root_of([previous, *kept]) != bytes(stamp.root):
        return Broken(
            stamp.first_id, f"the seal over entries {stamp.first_id} to {stamp.last_id} was changed"
        )
    held = JournalEntry.objects.filter(pk__gte=stamp.first_id, pk__lte=stamp.last_id).order_by("pk")
    return _first_difference(list(held), kept)


def _leaves(joined: bytes) -> Iterator[bytes]:
    return (joined[at : at + 32] for at in range(0, len(joined), 32))


def _first_difference(held: list[JournalEntry], kept: list[bytes]) -> Broken | None:
    known = set(kept)
    for entry, sealed in zip(held, kept, strict=False):
        if leaf(entry) != sealed:
            if leaf(entry) in known:
                return Broken(entry.pk, "an entry just before this one is missing")
            return Broken(entry.pk, "the entry is not what was sealed")
    if len(held) < len(kept):
        return Broken(held[-1].pk + 1 if held else 0, "an entry that was sealed is missing")
    return None
